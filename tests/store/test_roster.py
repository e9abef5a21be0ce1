"""What the office's list says of people, and what becomes of it when they erase themselves."""

import sqlite3
from datetime import datetime, timedelta

from bot.documents.roster_table import FACTS, RosterFacts
from bot.store import retention, roster_import
from bot.store import roster as roster_store
from tests.kit import System

_ANN = RosterFacts("Ann", "Ann", "School 5", room="0304", phone="+992901234567", diet="vegetarian")


async def _listed(system: System, *people: RosterFacts) -> list[roster_store.RosterEntry]:
    now = system.clock.now()

    def add(connection: sqlite3.Connection, at: datetime) -> list[roster_store.RosterEntry]:
        for one in people:
            roster_store.add(connection, one, at)
        return roster_store.page(connection, 0)

    return await system.write(lambda connection: add(connection, now))


async def test_who_has_joined_is_known_by_the_roster_until_they_erase_themselves(system: System) -> None:
    teacher = await system.teacher("Ann")
    ann, ben = await _listed(system, _ANN, RosterFacts("Ben", phone="+821012345678"))
    person_id = int(str(system.value("SELECT id FROM person WHERE name = 'Ann'")))
    assert await system.write(lambda connection: roster_store.link(connection, ann.id, person_id))
    assert await system.write(
        lambda connection: roster_store.for_person(connection, person_id)
    ) == roster_store.RosterEntry(
        **{name: getattr(_ANN, name) for name in FACTS}, id=ann.id, person_id=person_id, link_until=None
    )
    phones = await system.write(lambda connection: roster_store.phones_of(connection, [person_id, 99]))
    assert phones == {person_id: "+992901234567"}
    assert [one.id for one in await system.write(lambda connection: roster_store.waiting(connection, 0))] == [ben.id]
    await teacher.erases_everything()
    assert [one.name for one in await system.write(lambda connection: roster_store.page(connection, 0))] == ["Ben"]
    (new,) = [one for one in await _listed(system, RosterFacts("Zoe")) if one.name == "Zoe"]
    assert new.id == 3  # a number is not given twice


async def test_an_entry_is_one_person_and_a_person_one_entry(system: System) -> None:
    await system.teacher("Ann")
    await system.teacher("Ben")
    first, second = await _listed(system, RosterFacts("Ann"), RosterFacts("Ann B."))
    ann, ben = (int(str(one["id"])) for one in system.rows("SELECT id FROM person ORDER BY id"))
    assert await system.write(lambda connection: roster_store.link(connection, first.id, ann))
    assert not await system.write(lambda connection: roster_store.link(connection, first.id, ben))
    assert await system.write(lambda connection: roster_store.link(connection, second.id, ann))
    assert (await system.write(roster_store.counts, system.clock.now())).joined == 1
    assert await system.write(lambda connection: roster_store.remove(connection, first.id))
    assert not await system.write(lambda connection: roster_store.remove(connection, second.id))


async def test_who_never_joined_and_files_that_nobody_took_are_forgotten_in_time(system: System) -> None:
    minji = await system.organizer("Minji")
    ann, _ben = await _listed(system, RosterFacts("Ann"), RosterFacts("Ben"))
    await system.teacher("Ann")
    person_id = int(str(system.value("SELECT id FROM person WHERE name = 'Ann'")))
    await system.write(lambda connection: roster_store.link(connection, ann.id, person_id))
    await minji.asks("/roster file")
    await minji.sends_document("a.csv", b"name\nZoe\n")
    assert system.value("SELECT count(*) FROM roster_import") == 1
    now = system.clock.now()
    await system.write(lambda connection: retention.sweep(connection, now + roster_import.KEPT + timedelta(minutes=1)))
    await minji.presses("✅ Take it")
    assert minji.toast == (
        "This file was taken already, or another one came since. Send it again if it should be taken.",
        True,
    )
    assert system.value("SELECT count(*) FROM roster_import") == 0
    await system.write(lambda connection: retention.sweep(connection, now + retention.LISTED + timedelta(days=1)))
    assert [row["name"] for row in system.rows("SELECT name FROM roster")] == ["Ann"]
