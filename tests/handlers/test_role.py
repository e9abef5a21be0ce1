"""Members get another role by an invitation, once and only if they want it."""

from bot.access import Role
from tests.handlers.arriving import link, opens, presses
from tests.kit import House


async def test_a_staff_link_raises_a_member_after_one_confirmation(house: House) -> None:
    teacher = await house.teacher("Ann")
    code = await link(house, Role.ORGANIZER)
    await opens(house, teacher, code)
    assert house.value("SELECT role FROM person") == "teacher"
    await presses(house, teacher, "Accept")
    assert house.value("SELECT role FROM person") == "organizer"
    assert teacher.shows("You organize")
    assert "invite" in [name for name, _what in teacher.commands]
    other = await house.teacher("Bob")
    await opens(house, other, code)
    assert other.shows("has been used already")
    assert "day 1 of" in other.chat[-1].words


async def test_declining_a_role_changes_nothing_and_a_used_one_says_so(house: House) -> None:
    teacher, other = await house.teacher("Ann"), await house.teacher("Bob")
    code = await link(house, Role.COORDINATOR)
    await opens(house, teacher, code)
    await opens(house, other, code)
    await presses(house, teacher, "No, thank you")
    assert teacher.shows("everything stays as it is")
    await presses(house, other, "Accept")
    await opens(house, teacher, code)
    assert teacher.shows("has been used already")
    assert [row["role"] for row in house.rows("SELECT role FROM person ORDER BY id")] == ["teacher", "coordinator"]


async def test_two_who_accept_one_staff_link_at_once_are_not_both_raised(house: House) -> None:
    teacher, other = await house.teacher("Ann"), await house.teacher("Bob")
    code = await link(house, Role.ORGANIZER)
    await opens(house, teacher, code)
    await opens(house, other, code)
    await teacher.presses("Accept")
    await other.presses("Accept")
    await house.settled()
    assert house.value("SELECT count(*) FROM person WHERE role = 'organizer'") == 1
    assert teacher.shows("has been used already") != other.shows("has been used already")


async def test_staff_who_try_the_teachers_link_stay_staff(house: House) -> None:
    organizer = await house.organizer()
    await opens(house, organizer, await link(house))
    assert organizer.shows("This invitation is for teachers")
    assert house.value("SELECT role FROM person") == "organizer"


async def test_who_opened_a_teachers_link_first_can_still_come_in_as_staff(house: House) -> None:
    someone = house.stranger("Minji")
    await opens(house, someone, await link(house))
    await presses(house, someone, "English")
    await opens(house, someone, await link(house, Role.ORGANIZER))
    assert "What is your name?" in someone.chat[-1].words
    await presses(house, someone, "Minji")
    await presses(house, someone, "I agree")
    assert someone.shows("You organize")
