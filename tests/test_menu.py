"""Phones show the commands of the person's role, in the language that the person chose."""

from functools import partial

from bot import menu
from rehearsal.telegram.faults import Fault, Kind
from tests.clocks import eventually
from tests.kit import House


async def test_people_from_outside_see_how_to_begin(house: House) -> None:
    for language in ("tg", "ru", "en", "ko", "de"):
        someone = house.stranger(language=language)
        await someone.waits_for(partial(getattr, someone, "commands"))
        assert [name for name, _what in someone.commands] == ["start", "language"]


async def test_a_menu_follows_role_and_language_and_costs_nothing_while_it_fits(house: House) -> None:
    teacher, minji = await house.teacher(), await house.organizer()
    for who in (teacher, minji):
        await who.starts()
        await house.wait_idle()
    assert "lesson" in [name for name, _what in teacher.commands]
    assert "invite" not in [name for name, _what in teacher.commands]
    assert "invite" in [name for name, _what in minji.commands]
    calls = house.world.accepted["setMyCommands"]
    await teacher.starts()
    await house.wait_idle()
    assert house.world.accepted["setMyCommands"] == calls
    await teacher.sends("/language")
    await house.wait_idle()
    await teacher.presses("Русский")
    await house.wait_idle()
    words = house.app.services.words["ru"]
    assert ("start", words.plain("Begin, or see today")) in teacher.commands


async def test_a_menu_that_could_not_be_set_is_set_the_next_time(house: House) -> None:
    teacher = await house.teacher()
    await teacher.waits_for(lambda: bool(teacher.commands))
    house.world.faults.script([Fault(Kind.ERROR_BEFORE, method="setMyCommands")])
    await teacher.starts()
    await house.wait_idle()
    assert "day 1 of" in teacher.chat[-1].words
    assert "lesson" not in [name for name, _what in teacher.commands]
    await teacher.starts()
    await house.wait_idle()
    assert "lesson" in [name for name, _what in teacher.commands]


async def test_a_menu_that_stays_does_not_keep_someone_from_leaving(house: House) -> None:
    teacher = await house.teacher()
    await teacher.sends("/me")
    await house.wait_idle()
    await teacher.presses("Erase my data")
    await house.wait_idle()
    house.world.faults.script([Fault(Kind.ERROR_BEFORE, method="deleteMyCommands")])
    await teacher.presses("Erase without my name")
    await house.wait_idle()
    assert teacher.shows("Everything about you is erased.")
    assert house.rows("SELECT * FROM inbox WHERE state = 'failed'") == []


async def test_publishing_twice_is_publishing_once(house: House) -> None:
    await eventually(lambda: house.rows("SELECT * FROM setting WHERE key = 'menu.defaults'"))
    calls = house.world.accepted["setMyCommands"]
    await menu.publish(house.app.services, house.app.router)
    assert house.world.accepted["setMyCommands"] == calls
