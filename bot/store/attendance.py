"""Attendance of a session on a date: its row and secret, its numbers and lists, and codes that people sent in vain.

Its marks are about `SessionOn.subject`. Who is expected is whoever is an active teacher of its groups at the moment;
who is excused for the day and was not marked at the session is excused there, too.
"""

import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

import orjson

from bot.clock import to_text
from bot.programme.attendance import SessionOn
from bot.programme.attendance_code import SECRET_BYTES
from bot.store import excuse as excuse_store
from bot.store import headcount as headcount_store
from bot.store import mark as mark_store
from bot.store import mark_list as mark_list_store
from bot.store import person
from bot.store.excuse import Excuse, ExcuseReason
from bot.store.mark import MarkMethod, MarkState, PresenceMark
from bot.store.mark_list import NEWEST, PAGE, MarkedPerson
from bot.store.person import Person

GUESSES: Final = 5
GUESSED_WITHIN: Final = timedelta(minutes=10)


class AttendanceList(StrEnum):
    """The lists of a session.

    A roll call keeps whom it has marked, so that the same tap takes that back, and names the excused, too: they may
    have come.
    """

    MISSING = "missing"
    ROLL_CALL = "roll"
    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Attendance:
    """A row of `attendance`. Whoever has `secret` knows all codes of the session."""

    id: int
    on: SessionOn
    secret: bytes


@dataclass(frozen=True, slots=True)
class AttendanceNumbers:
    """How many are expected, and in which state; `here_by`: those who are there (also late), by how that is known.

    `called`: how many a roll call has marked present.
    """

    expected: int
    present: int
    late: int
    excused: int
    here_by: tuple[tuple[MarkMethod, int], ...]
    called: int

    @property
    def missing(self) -> int:
        """How many are expected and neither there nor excused."""
        return max(0, self.expected - self.present - self.late - self.excused)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Someone on a list, and why they are excused, if they are."""

    person: MarkedPerson
    reason: ExcuseReason | None


class CodesOff(NamedTuple):
    """So many people, who are not marked yet, sent a code of another moment; most were so many windows old.

    Negative: those codes were still to come.
    """

    people: int
    windows: int


@dataclass(frozen=True, slots=True)
class AttendancePage:
    """One page (from 0 on) of a list, and the numbers of the session."""

    numbers: AttendanceNumbers
    shown: AttendanceList
    page: int
    pages: int
    people: tuple[Attendee, ...]
    off: CodesOff


@dataclass(frozen=True, slots=True)
class PersonAttendance:
    """All that was said of someone about a session, the newest first; `excuse`: of the whole day."""

    person: Person
    history: tuple[PresenceMark, ...]
    excuse: Excuse | None

    @property
    def state(self) -> MarkState | None:
        """What is true of them; None: nobody has said anything."""
        if self.history:
            return self.history[0].state
        return MarkState.EXCUSED if self.excuse else None


_ADD = """
INSERT INTO attendance (seminar, date, session_key, secret) VALUES (?, ?, ?, ?)
ON CONFLICT (seminar, date, session_key) DO NOTHING
"""
_GET = "SELECT * FROM attendance WHERE id = ?"
_FIND = "SELECT * FROM attendance WHERE (seminar, date, session_key) = (?, ?, ?)"
# CROSS JOIN: the few who are excused come first; SQLite would look for each of a hundred thousand people among them.
_EXCUSED_BY_DAY = """
SELECT count(*) FROM excuse AS e CROSS JOIN person AS p ON p.id = e.person_id
 WHERE (e.seminar, e.date) = (:seminar, :date) AND e.ended_at IS NULL AND p.role = 'teacher' AND p.state = 'active'
   AND (:groups = '[]' OR p.group_key IN (SELECT value FROM json_each(:groups)))
   AND NOT EXISTS (SELECT 1 FROM mark WHERE subject = :subject AND person_id = p.id)
"""
_MISSING: Final = NEWEST.format(says="state = 'absent'", without=f"p.id NOT IN ({excuse_store.EXCUSED})")
_CONDITIONS: Final = {
    AttendanceList.MISSING: _MISSING,
    AttendanceList.ROLL_CALL: NEWEST.format(
        says="state IN ('absent', 'excused') OR (state = 'present' AND how = 'roll call')", without=1
    ),
    AttendanceList.PRESENT: NEWEST.format(says="state = 'present'", without=0),
    AttendanceList.LATE: NEWEST.format(says="state = 'late'", without=0),
    AttendanceList.EXCUSED: NEWEST.format(says="state = 'excused'", without=f"p.id IN ({excuse_store.EXCUSED})"),
}
_GUESSED = """
INSERT INTO attendance_guess (person_id, message_id, subject, off, at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (person_id, message_id) DO NOTHING
"""
_WRONG = "SELECT count(*) FROM attendance_guess WHERE person_id = ? AND message_id <> ? AND off IS NULL AND at > ?"
# People, not guesses. Whoever is marked since has found a better screen. The newest guesses are enough, and cards ask
# for them all the time: a hundred thousand people make tens of thousands.
_OFF = """
SELECT max(off) AS off FROM (
    SELECT person_id, off FROM attendance_guess WHERE subject = :subject ORDER BY at DESC LIMIT 1000) AS g
 WHERE g.off IS NOT NULL AND NOT EXISTS (SELECT 1 FROM mark WHERE subject = :subject AND person_id = g.person_id)
 GROUP BY person_id ORDER BY off
"""
_ATTENDED = """
SELECT count(*) FROM (
    SELECT state, max(id) FROM mark WHERE person_id = ? AND subject >= ? AND subject < ? GROUP BY subject)
 WHERE state IN ('present', 'late')
"""
_FORGET = "DELETE FROM attendance_guess WHERE at < ?"


def ensure(connection: sqlite3.Connection, on: SessionOn) -> Attendance:
    """The row of a session on a date; a new one, with a secret of its own, where there is none."""
    key = (on.seminar, on.date.isoformat(), on.session)
    connection.execute(_ADD, (*key, secrets.token_bytes(SECRET_BYTES)))
    return _attendance(connection.execute(_FIND, key).fetchone())


def get(connection: sqlite3.Connection, number: int) -> Attendance | None:
    """The row of that number, or None."""
    row = connection.execute(_GET, (number,)).fetchone()
    return None if row is None else _attendance(row)


def find(connection: sqlite3.Connection, on: SessionOn) -> Attendance | None:
    """The row of a session on a date, or None while nobody has opened it."""
    row = connection.execute(_FIND, (on.seminar, on.date.isoformat(), on.session)).fetchone()
    return None if row is None else _attendance(row)


def of_subject(connection: sqlite3.Connection, subject: str) -> Attendance | None:
    """The row of the session that marks with this subject are about, or None."""
    _, seminar, on, session = subject.split(":")
    return find(connection, SessionOn(seminar, date.fromisoformat(on), session))


def of_person(connection: sqlite3.Connection, on: SessionOn, person_id: int) -> PersonAttendance | None:
    """What was said of a person about a session; None for nobody."""
    someone = person.by_id(connection, person_id)
    if someone is None:
        return None
    history = tuple(mark_store.history(connection, on.subject, person_id))
    return PersonAttendance(someone, history, excuse_store.get(connection, on.seminar, on.date, person_id))


def numbers(connection: sqlite3.Connection, on: SessionOn, groups: Sequence[str]) -> AttendanceNumbers:
    """How many are in which state now; marks are counted in the roll-up."""
    tally = mark_store.tally(connection, on.subject, groups)
    by_state = {state: sum(people for (its, _), people in tally.items() if its is state) for state in MarkState}
    values = {**_of(on), "subject": on.subject, "groups": orjson.dumps(sorted(groups)).decode()}
    by_day = connection.execute(_EXCUSED_BY_DAY, values).fetchone()[0]
    here = {how: tally.get((MarkState.PRESENT, how), 0) + tally.get((MarkState.LATE, how), 0) for how in MarkMethod}
    return AttendanceNumbers(
        headcount_store.expected_of(connection, groups),
        by_state[MarkState.PRESENT],
        by_state[MarkState.LATE],
        by_state[MarkState.EXCUSED] + by_day,
        tuple((how, people) for how, people in here.items() if people),
        tally.get((MarkState.PRESENT, MarkMethod.ROLL_CALL), 0),
    )


def page_of(
    connection: sqlite3.Connection, on: SessionOn, groups: Sequence[str], shown: AttendanceList, page: int
) -> AttendancePage:
    """One page of a list as it is now; a page past the end is the last one."""
    counted = numbers(connection, on, groups)
    listed = {
        AttendanceList.MISSING: counted.missing,
        AttendanceList.ROLL_CALL: counted.missing + counted.excused + counted.called,
        AttendanceList.PRESENT: counted.present,
        AttendanceList.LATE: counted.late,
        AttendanceList.EXCUSED: counted.excused,
    }[shown]
    pages = max(1, -(-listed // PAGE))
    page = min(max(page, 0), pages - 1)
    condition = _CONDITIONS[shown]
    people = mark_list_store.people(connection, on.subject, groups, condition, page, values=_of(on)) if listed else []
    attendees = tuple(_attendee(connection, on, one) for one in people)
    return AttendancePage(counted, shown, page, pages, attendees, codes_off(connection, on.subject))


def attended(connection: sqlite3.Connection, person_id: int, seminar: str) -> int:
    """At how many sessions of a seminar the person was, also late."""
    begin = f"attendance:{seminar}:"
    sessions: int = connection.execute(_ATTENDED, (person_id, begin, f"{begin}\U0010ffff")).fetchone()[0]
    return sessions


def may_guess(connection: sqlite3.Connection, person_id: int, message_id: int, now: datetime) -> bool:
    """Whether another code of the person is looked at: not after too many that were none. `message_id`: the one now."""
    since = to_text(now - GUESSED_WITHIN)
    wrong: int = connection.execute(_WRONG, (person_id, message_id, since)).fetchone()[0]
    return wrong < GUESSES


def guessed(
    connection: sqlite3.Connection, person_id: int, message_id: int, on: SessionOn, *, off: int | None, now: datetime
) -> None:
    """Note a code that does not count, and how many windows ago it was the one (negative: it is still to come)."""
    connection.execute(_GUESSED, (person_id, message_id, on.subject, off, to_text(now)))


def codes_off(connection: sqlite3.Connection, subject: str) -> CodesOff:
    """Whether people are shown codes of another moment: a projector's computer may have a wrong clock."""
    found = [row["off"] for row in connection.execute(_OFF, {"subject": subject})]
    return CodesOff(len(found), found[len(found) // 2] if found else 0)


def forget_guesses(connection: sqlite3.Connection, before: datetime) -> None:
    """What was guessed before that moment matters to nobody."""
    connection.execute(_FORGET, (to_text(before),))


def _attendee(connection: sqlite3.Connection, on: SessionOn, one: MarkedPerson) -> Attendee:
    if one.state is MarkState.EXCUSED:
        mark = mark_store.newest(connection, on.subject, one.id)
        return Attendee(one, mark.reason if mark else None)
    by_day = excuse_store.get(connection, on.seminar, on.date, one.id) if one.state is None else None
    return Attendee(one, by_day.reason if by_day else None)


def _of(on: SessionOn) -> dict[str, str]:
    return {"seminar": on.seminar, "date": on.date.isoformat()}


def _attendance(row: sqlite3.Row) -> Attendance:
    on = SessionOn(row["seminar"], date.fromisoformat(row["date"]), row["session_key"])
    return Attendance(row["id"], on, row["secret"])
