"""Members get another role by an invitation, once and only if they want it; organizers hear of it and take it back."""

from bot.access import Role
from bot.store import invite as invite_store
from tests.kit import System


async def test_a_staff_link_raises_a_member_after_one_confirmation(system: System) -> None:
    teacher = await system.teacher("Ann")
    code = await system.invitation(Role.ORGANIZER)
    await teacher.starts(code)
    assert system.value("SELECT role FROM person") == "teacher"
    await teacher.presses("Accept")
    assert system.value("SELECT role FROM person") == "organizer"
    assert teacher.shows("You organize")
    assert "invite" in [name for name, _what in teacher.commands]
    other = await system.teacher("Bob")
    await other.starts(code)
    assert other.shows("has been used already")
    assert "Day 1 of" in other.chat[-1].words


async def test_declining_a_role_changes_nothing_and_a_used_one_says_so(system: System) -> None:
    teacher, other = await system.teacher("Ann"), await system.teacher("Bob")
    code = await system.invitation(Role.COORDINATOR)
    await teacher.starts(code)
    await other.starts(code)
    await teacher.presses("No, thank you")
    assert teacher.shows("everything stays as it is")
    await other.presses("Accept")
    await teacher.starts(code)
    assert teacher.shows("has been used already")
    assert [row["role"] for row in system.rows("SELECT role FROM person ORDER BY id")] == ["teacher", "coordinator"]


async def test_two_who_accept_one_staff_link_at_once_are_not_both_raised(system: System) -> None:
    teacher, other = await system.teacher("Ann"), await system.teacher("Bob")
    code = await system.invitation(Role.ORGANIZER)
    await teacher.starts(code)
    await other.starts(code)
    async with system.without_waiting():
        await teacher.presses("Accept")
        await other.presses("Accept")
    assert system.value("SELECT count(*) FROM person WHERE role = 'organizer'") == 1
    assert teacher.shows("has been used already") != other.shows("has been used already")


async def test_staff_who_try_the_teachers_link_stay_staff(system: System) -> None:
    organizer = await system.organizer()
    await organizer.starts(await system.invitation())
    assert organizer.shows("This invitation is for teachers")
    assert system.value("SELECT role FROM person") == "organizer"


async def test_who_opened_a_teachers_link_first_can_still_come_in_as_staff(system: System) -> None:
    someone = system.stranger("Minji")
    await someone.starts(await system.invitation())
    await someone.presses("English")
    await someone.starts(await system.invitation(Role.ORGANIZER))
    assert "What is your name?" in someone.chat[-1].words
    await someone.presses("Minji")
    await someone.presses("I agree")
    assert someone.shows("You organize")


async def test_all_organizers_hear_who_let_whom_in_as_what(system: System) -> None:
    minji, bora, owner = await system.organizer("Minji"), await system.organizer("Bora"), await system.owner()
    someone = await system.applicant("Karim")
    await minji.presses("… as an organizer")
    await minji.presses("Yes, as an organizer")
    told = [who.chat[-1] for who in (minji, bora, owner)]
    assert [one.words for one in told] == ["🧭 Minji has let Karim in as an organizer."] * 3
    assert all("↩️ Take it back" in one.labels for one in told)
    shown = len(bora.chat)
    for label in ("English", "Karim", "I agree"):
        await someone.presses(label)
    assert len(bora.chat) == shown, "told once"
    assert system.value("SELECT role FROM person WHERE telegram_id = ?", someone.id) == "organizer"


async def test_colleagues_hear_who_came_in_through_whose_link(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    now = system.clock.now()
    code = await system.write(invite_store.create, Role.COORDINATOR, days=3, now=now, made_by=minji.id)
    teacher, new = await system.teacher("Ann"), system.stranger("New")
    await new.joins(code, group=False)
    for who in (minji, bora):
        assert who.chat[-1].words == "📊 New is a coordinator now, by a link of Minji."
    await teacher.starts(await system.invitation(Role.ORGANIZER))
    await teacher.presses("Accept")
    assert (
        bora.chat[-1].words == "🧭 Ann is an organizer now, by a link of the bot's computer or of someone who has left."
    )
    assert not new.shows("Ann is an organizer")


async def test_teachers_and_owners_come_in_without_a_notice(system: System) -> None:
    minji, owner = await system.organizer("Minji"), system.owner_account
    await system.stranger("Ann").joins(await system.invitation())
    await owner.starts()
    for label in ("English", "Owner", "I agree"):
        await owner.presses(label)
    assert owner.shows("You organize")
    assert minji.chat == []


async def test_an_organizer_who_becomes_a_coordinator_leaves_no_call_behind(system: System) -> None:
    minji, bora = await system.organizer("Minji"), await system.organizer("Bora")
    teacher = await system.teacher("Ann")
    await teacher.calls_for_help("I am lost")
    await minji.presses("I'll take it")
    await minji.starts(await system.invitation(Role.COORDINATOR))
    await minji.presses("Accept")
    assert any("🙋 I'll take it" in one.labels for one in bora.chat)
