import pytest

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


# The table once more, as people would tell it: whoever changes one of them has thought about the other.
EVERYBODYS = {Action.START, Action.JOIN}
EACH_MEMBERS = EVERYBODYS | {Action.ASK, Action.SET_SELF, Action.SEE_PROGRAMME, Action.LEARN}
TEACHERS = EACH_MEMBERS | {Action.CHECK_IN, Action.BE_COUNTED, Action.RATE_SELF}
COORDINATORS = EACH_MEMBERS | {Action.SEE_NUMBERS, Action.SEE_CERTIFICATES, Action.SEE_SHEETS}
MAY = {
    Role.STRANGER: EVERYBODYS,
    Role.TEACHER: TEACHERS,
    Role.COORDINATOR: COORDINATORS,
    Role.ORGANIZER: set(Action) - {Action.CHECK_IN, Action.BE_COUNTED, Action.RATE_SELF},
    Role.OWNER: set(Action) - {Action.CHECK_IN, Action.BE_COUNTED, Action.RATE_SELF},
}


@pytest.mark.parametrize("place", ChatKind)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_this_in_each_kind_of_chat_and_nothing_else(role: Role, place: ChatKind) -> None:
    among_staff = {Action.OWN_ALERTS} if place is ChatKind.STAFF_GROUP else set()
    expected = MAY[role] if place is ChatKind.PRIVATE else MAY[role] & among_staff
    assert {action for action in Action if allowed(action, role, place)} == expected
