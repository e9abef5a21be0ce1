"""All that organizers see of one person on one card."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.clock import from_text
from bot.people_filter import PeopleFilter
from bot.programme.model import Seminar
from bot.store import excuse as excuse_store
from bot.store import person, person_note
from bot.store import roster as roster_store
from bot.store import scope as scope_store
from bot.store.excuse import Excuse
from bot.store.mark import MarkState
from bot.store.person import Person
from bot.store.person_note import PersonNote
from bot.store.roster import RosterEntry

_NOTES: Final = 3

_CHECKINS = "SELECT date, slot FROM checkin WHERE person_id = ? AND seminar = ?"
_EXCUSED = "SELECT date FROM excuse WHERE person_id = ? AND seminar = ? AND ended_at IS NULL"
_MARKS = """
SELECT m.state, count(*) AS sessions FROM mark AS m
 WHERE m.person_id = :person AND m.subject >= :begin AND m.subject < :begin || char(0x10ffff)
   AND m.id = (SELECT max(id) FROM mark WHERE person_id = m.person_id AND subject = m.subject)
 GROUP BY m.state
"""
_TAKEN = "SELECT session_key FROM attendance WHERE seminar = ? AND date <= ?"
_LESSONS = "SELECT count(*) FROM lesson_progress WHERE person_id = ? AND seminar = ? AND done_at IS NOT NULL"
_HEARD = """
SELECT max(at) FROM (
    SELECT max(answered_at) AS at FROM checkin WHERE person_id = :person
    UNION ALL SELECT max(answered_at) FROM lesson_answer WHERE person_id = :person
    UNION ALL SELECT max(at) FROM mark WHERE person_id = :person AND by_id = :person
    UNION ALL SELECT max(written_at) FROM help_message WHERE person_id = :person AND author_id = :person)
"""
_STATE = "SELECT paused_at, joined_at FROM person WHERE id = ?"
_GRANT = "SELECT max(id) FROM role_grant WHERE person_id = ? AND role = ? AND ended_at IS NULL"


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person, what they did and what is known of them.

    `checkins`: for each date whether the morning and the evening were answered. `sessions`: how many in which state;
    `taken`: of how many of theirs attendance was taken. `grant`: the number of the role that was given to them.
    """

    person: Person
    paused_at: datetime | None
    joined_at: datetime | None
    heard_at: datetime | None
    checkins: Mapping[date, tuple[bool, bool]]
    excused: frozenset[date]
    excuse: Excuse | None
    sessions: Mapping[MarkState, int]
    taken: int
    lessons: int
    roster: RosterEntry | None
    notes: tuple[PersonNote, ...]
    notes_count: int
    grant: int | None
    scope: PeopleFilter


def get(connection: sqlite3.Connection, person_id: int, seminar: Seminar, on: date) -> PersonCard | None:
    """The card of a person on a date, or None for nobody, and for who has left."""
    someone = person.by_id(connection, person_id)
    if someone is None or someone.state == "left":
        return None
    state = connection.execute(_STATE, (person_id,)).fetchone()
    heard = connection.execute(_HEARD, {"person": person_id}).fetchone()[0]
    excused = connection.execute(_EXCUSED, (person_id, seminar.key))
    return PersonCard(
        someone,
        from_text(state["paused_at"]) if state["paused_at"] else None,
        from_text(state["joined_at"]) if state["joined_at"] else None,
        from_text(heard) if heard else None,
        _checkins(connection, person_id, seminar.key),
        frozenset(date.fromisoformat(row["date"]) for row in excused),
        excuse_store.get(connection, seminar.key, on, person_id),
        _sessions(connection, person_id, seminar.key),
        _taken(connection, someone, seminar, on),
        connection.execute(_LESSONS, (person_id, seminar.key)).fetchone()[0],
        roster_store.for_person(connection, person_id),
        tuple(person_note.newest(connection, person_id, size=_NOTES)),
        person_note.count(connection, person_id),
        connection.execute(_GRANT, (person_id, someone.role)).fetchone()[0],
        scope_store.get(connection, person_id),
    )


def _checkins(connection: sqlite3.Connection, person_id: int, seminar: str) -> dict[date, tuple[bool, bool]]:
    found: dict[date, tuple[bool, bool]] = {}
    for row in connection.execute(_CHECKINS, (person_id, seminar)):
        on = date.fromisoformat(row["date"])
        morning, evening = found.get(on, (False, False))
        found[on] = (True, evening) if row["slot"] == "morning" else (morning, True)
    return found


def _sessions(connection: sqlite3.Connection, person_id: int, seminar: str) -> dict[MarkState, int]:
    rows = connection.execute(_MARKS, {"person": person_id, "begin": f"attendance:{seminar}:"})
    return {MarkState(row["state"]): row["sessions"] for row in rows}


def _taken(connection: sqlite3.Connection, someone: Person, seminar: Seminar, on: date) -> int:
    sessions = [
        seminar.session(row["session_key"]) for row in connection.execute(_TAKEN, (seminar.key, on.isoformat()))
    ]
    return sum(one is not None and (not one.groups or someone.group in one.groups) for one in sessions)
