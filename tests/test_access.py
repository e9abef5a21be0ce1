from bot.access import EVERYONE, WHO_MAY, Action, ChatKind, Role, allowed


def test_every_action_has_its_line_in_the_table() -> None:
    assert set(WHO_MAY) == set(Action)
    assert all(roles <= EVERYONE and places for roles, places in WHO_MAY.values())


def test_a_stranger_can_only_arrive() -> None:
    may = {action for action in Action if any(allowed(action, Role.STRANGER, place) for place in ChatKind)}
    assert may == {Action.START, Action.JOIN}


def test_teachers_do_not_see_what_organizers_see() -> None:
    for action in (Action.CARE, Action.ADMIT, Action.INVITE, Action.BROADCAST, Action.SEE_NUMBERS):
        assert not allowed(action, Role.TEACHER, ChatKind.PRIVATE)


def test_an_owner_may_do_all_that_an_organizer_and_a_coordinator_may() -> None:
    for action in Action:
        for place in ChatKind:
            for role in (Role.ORGANIZER, Role.COORDINATOR):
                assert not allowed(action, role, place) or allowed(action, Role.OWNER, place)


def test_nothing_is_done_before_a_group() -> None:
    assert not any(allowed(action, role, ChatKind.GROUP) for action in Action for role in Role)
