"""Attendance sheets: who was there on paper, in both scripts, with a number and a version."""

import sqlite3
from datetime import timedelta
from io import BytesIO

from pypdf import PdfReader

from bot.documents.roster_table import RosterFacts
from bot.people_filter import PeopleFilter
from bot.programme.attendance import SessionOn
from bot.programme.parts import NAME
from bot.store import mark as mark_store
from bot.store import retention
from bot.store import roster as roster_store
from bot.store import scope as scope_store
from bot.store.mark import MarkMethod, MarkState
from tests.kit import System, User

LONG = "Муҳаммадсаидҷон Абдураҳмонзодаи Файзуллоҳиёнӣ"
SCHOOL = "Муассисаи таҳсилоти миёнаи умумии №17-и ба номи Садриддин Айнии ноҳияи Шаҳритус"


def text_of(who: User) -> str:
    """The text of the newest file, as another reader of PDF finds it."""
    document = who.chat[-1].document
    assert document is not None
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(document[1])).pages)


def on_the_roster(connection: sqlite3.Connection, system: System) -> None:
    now = system.clock.now()
    roster_store.add(connection, RosterFacts(LONG, latin_name="Muhammadsaidjon FAIZULLOHIYON", school=SCHOOL), now)
    number = connection.execute("SELECT id FROM person WHERE name = ?", (LONG,)).fetchone()[0]
    roster_store.link(connection, roster_store.last_number(connection), number)
    roster_store.add(connection, RosterFacts("Гулнора Ҷӯраева"), now)  # signs on paper alone


async def test_a_sheet_says_who_was_there_and_how_that_is_known(system: System) -> None:
    minji, farhod = await system.organizer(), await system.coordinator("Farhod", language="tg")
    teacher = await system.teacher(LONG[:NAME], group="pamir")
    other = await system.teacher("Bek", group="zarafshon")
    await system.write(on_the_roster, system)
    await minji.sends("/sheets")
    assert "Attendance sheets · Monday, 4 August" in minji.chat[-1].words
    await system.at("2025-08-04 11:20")
    await teacher.presses("🙋 I am here")
    await minji.sends("/sheets")
    session = next(label for label in minji.chat[-1].labels if label.startswith("11:15"))
    menu = minji.chat[-1]
    await minji.presses(session, on=menu)
    assert "Attendance sheet No. 1, version 1" in minji.chat[-1].words
    said = text_of(minji)
    for words in (LONG, "Muhammadsaidjon FAIZULLOHIYON", "Гулнора Ҷӯраева", "Bek", "present", "own tap", "No. 1"):
        assert words in " ".join(said.split()), words
    assert SCHOOL.split(maxsplit=1)[0] in said

    # nothing has changed: the same version; a correction makes another one
    await minji.presses(session, on=menu)
    assert "No. 1, version 1" in minji.chat[-1].words
    await system.write(mark, system, "Bek")
    await minji.presses(session, on=menu)
    assert "No. 2, version 2" in minji.chat[-1].words
    assert "roll call" in text_of(minji)

    # the coordinator's is in Tajik, of those whom they may see
    scope = PeopleFilter(groups=("zarafshon",))
    number = system.value("SELECT id FROM person WHERE name = 'Farhod'")
    await system.write(scope_store.set_scope, number, scope, by_id=None, now=system.clock.now())
    await farhod.sends("/sheets")
    await farhod.presses(next(label for label in farhod.chat[-1].labels if label.startswith("11:15")))
    told = text_of(farhod)
    assert "Варақаи давомот" in told
    assert "Bek" in told
    assert LONG.split(maxsplit=1)[0] not in told

    # erased: no line of theirs is kept
    await other.erases_everything()
    assert system.value("SELECT count(*) FROM sheet_person WHERE name = 'Bek'") == 0
    actions = [row["action"] for row in system.rows("SELECT action FROM audit WHERE action = 'sheet.made'")]
    assert len(actions) == 3

    # after half a year nothing of them is left; the papers are with the office
    later = system.clock.now() + retention.SHEETS
    await system.write(retention.sweep, later)
    assert system.value("SELECT count(*) FROM sheet") == 3
    await system.write(retention.sweep, later + timedelta(minutes=1))
    assert system.value("SELECT count(*) FROM sheet") == 0
    assert system.value("SELECT count(*) FROM sheet_person") == 0


def mark(connection: sqlite3.Connection, system: System, name: str) -> None:
    """Somebody is marked by roll call at the session of 11:15."""
    number = connection.execute("SELECT id FROM person WHERE name = ?", (name,)).fetchone()[0]
    [session] = [one for one in system.seminar.days[0].sessions if f"{one.start:%H:%M}" == "11:15"]
    subject = SessionOn(system.seminar.key, system.seminar.first, session.key).subject
    now = system.clock.now()
    mark_store.add(connection, subject, number, MarkState.PRESENT, MarkMethod.ROLL_CALL, by_id=number, now=now)
