"""Phones show the commands of the person's role, in the language that the person chose."""

from functools import partial

from bot import menu
from rehearsal.telegram.faults import Fault, FaultKind
from tests.clocks import eventually
from tests.kit import System


async def test_people_from_outside_see_how_to_begin(system: System) -> None:
    for language in ("tg", "ru", "en", "ko", "de"):
        someone = system.stranger(language=language)
        await someone.waits_for(partial(getattr, someone, "commands"))
        assert [name for name, _what in someone.commands] == ["start", "language"]


async def test_a_menu_follows_role_and_language_and_costs_nothing_while_it_fits(system: System) -> None:
    teacher, minji = await system.teacher(), await system.organizer()
    for who in (teacher, minji):
        await who.starts()
    assert "lesson" in [name for name, _what in teacher.commands]
    assert "invite" not in [name for name, _what in teacher.commands]
    assert "invite" in [name for name, _what in minji.commands]
    calls = system.world.accepted["setMyCommands"]
    await teacher.starts()
    assert system.world.accepted["setMyCommands"] == calls
    await teacher.sends("/language")
    await teacher.presses("Русский")
    words = system.app.runtime.locales["ru"]
    assert ("start", words.plain("Begin, or see today")) in teacher.commands


async def test_a_menu_that_could_not_be_set_is_set_the_next_time(system: System) -> None:
    teacher = await system.teacher()
    await teacher.waits_for(lambda: bool(teacher.commands))
    system.world.faults.script([Fault(FaultKind.ERROR_BEFORE, method="setMyCommands")])
    await teacher.starts()
    assert "Day 1 of" in teacher.chat[-1].words
    assert "lesson" not in [name for name, _what in teacher.commands]
    await teacher.starts()
    assert "lesson" in [name for name, _what in teacher.commands]


async def test_a_menu_that_stays_does_not_keep_someone_from_leaving(system: System) -> None:
    teacher = await system.teacher()
    await teacher.sends("/me")
    await teacher.presses("Erase my data")
    system.world.faults.script([Fault(FaultKind.ERROR_BEFORE, method="deleteMyCommands")])
    await teacher.presses("Erase without my name")
    assert teacher.shows("Everything about you is erased.")
    assert system.rows("SELECT * FROM inbox WHERE state = 'failed'") == []


async def test_publishing_twice_is_publishing_once(system: System) -> None:
    await eventually(lambda: system.rows("SELECT * FROM setting WHERE key = 'menu.defaults'"))
    calls = system.world.accepted["setMyCommands"]
    await menu.publish(system.app.runtime, system.app.router)
    assert system.world.accepted["setMyCommands"] == calls
