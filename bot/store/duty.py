"""Who is on duty in which shift. Who has left, cannot be reached, or is no organizer any more is on duty nowhere."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.clock import from_text, to_text
from bot.programme.duty import DutyPeriod, current, period, periods, upcoming
from bot.programme.model import Seminar

DAYS: Final = 5  # on one page of the list
_AHEAD: Final = 2  # days in which whoever comes next is looked for

_ADD = """
INSERT INTO duty (seminar, date, shift, person_id, by_id, at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (seminar, date, shift, person_id) DO NOTHING
"""
_REMOVE = "DELETE FROM duty WHERE (seminar, date, shift, person_id) = (?, ?, ?, ?)"
_REMOVE_ALL = "DELETE FROM duty WHERE person_id = ? RETURNING id, seminar, date, shift"
_SCHEDULED = "SELECT 1 FROM duty WHERE (seminar, date, shift) = (?, ?, ?) LIMIT 1"
_BY_ID = "SELECT seminar, date, shift, person_id FROM duty WHERE id = ?"
_ON = """
SELECT d.id, d.date, d.shift, d.person_id, p.name, d.at FROM duty AS d JOIN person AS p ON p.id = d.person_id
 WHERE (d.seminar, d.date, d.shift) = (?, ?, ?)
   AND p.state = 'active' AND p.reachable = 1 AND (p.role = 'organizer' OR p.owner = 1) ORDER BY d.id
"""
_ALL = """
SELECT d.id, d.date, d.shift, d.person_id, p.name, d.at FROM duty AS d JOIN person AS p ON p.id = d.person_id
 WHERE p.state = 'active' AND p.reachable = 1 AND (p.role = 'organizer' OR p.owner = 1) ORDER BY d.id
"""


@dataclass(frozen=True, slots=True)
class DutyTurn:
    """Somebody's turn, with their name. `on`: the date on which the shift begins; `at`: since when it is theirs."""

    id: int
    on: date
    shift: str
    person_id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DutySlot:
    """A shift of a date, and who has it."""

    period: DutyPeriod
    turns: tuple[DutyTurn, ...]

    def has(self, person_id: int) -> bool:
        """Whether this person has it."""
        return any(turn.person_id == person_id for turn in self.turns)


@dataclass(frozen=True, slots=True)
class DutyBoard:
    """Who is on duty at a moment, the next shift, and one page of the days to come."""

    now: tuple[DutySlot, ...]
    next: DutySlot | None
    days: tuple[DutySlot, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class LostTurn:
    """A turn that somebody had, who has left."""

    id: int
    seminar: str
    on: date
    shift: str


def add(
    connection: sqlite3.Connection, seminar: str, shift: DutyPeriod, person_id: int, *, by_id: int, now: datetime
) -> bool:
    """Put the person on duty for this shift; return whether that is new."""
    values = (seminar, *shift.key, person_id, by_id, to_text(now))
    return connection.execute(_ADD, values).rowcount == 1


def remove(connection: sqlite3.Connection, seminar: str, shift: DutyPeriod, person_id: int) -> bool:
    """Take the person off duty for this shift; return whether that is new."""
    return connection.execute(_REMOVE, (seminar, *shift.key, person_id)).rowcount == 1


def remove_all(connection: sqlite3.Connection, person_id: int) -> list[LostTurn]:
    """Take the person off duty everywhere; return what they had, in order."""
    rows = connection.execute(_REMOVE_ALL, (person_id,)).fetchall()
    lost = [LostTurn(row["id"], row["seminar"], date.fromisoformat(row["date"]), row["shift"]) for row in rows]
    return sorted(lost, key=lambda one: (one.on, one.id))


def by_id(connection: sqlite3.Connection, seminar: Seminar, number: int) -> tuple[DutyPeriod, int] | None:
    """The shift of a turn with this number, and the person's; None where it is not there (any more)."""
    row = connection.execute(_BY_ID, (number,)).fetchone()
    if row is None or row["seminar"] != seminar.key:
        return None
    found = period(seminar, date.fromisoformat(row["date"]), row["shift"])
    return None if found is None else (found, row["person_id"])


def slot(connection: sqlite3.Connection, seminar: Seminar, one: DutyPeriod) -> DutySlot:
    """A shift, and who has it."""
    return DutySlot(one, tuple(of(connection, seminar.key, one)))


def slots(connection: sqlite3.Connection, seminar: Seminar, shifts: Iterable[DutyPeriod]) -> tuple[DutySlot, ...]:
    """These shifts, and who has them."""
    return tuple(slot(connection, seminar, one) for one in shifts)


def board(connection: sqlite3.Connection, seminar: Seminar, now: datetime, page: int) -> DutyBoard:
    """Who is on duty now and next, and a page of the days from today until the day after the seminar."""
    today = seminar.today(now)
    days = max(DAYS, (seminar.last - today).days + 2)
    pages = -(-days // DAYS)
    page = min(max(page, 0), pages - 1)
    first = today + timedelta(days=page * DAYS)
    last = min(first + timedelta(days=DAYS - 1), today + timedelta(days=days - 1))
    coming = upcoming(seminar, now, _AHEAD)
    following = slot(connection, seminar, coming[0]) if coming else None
    listed = [one for one in periods(seminar, first, last) if one.ends > now]
    return DutyBoard(
        slots(connection, seminar, current(seminar, now)), following, slots(connection, seminar, listed), page, pages
    )


def of(connection: sqlite3.Connection, seminar: str, shift: DutyPeriod) -> list[DutyTurn]:
    """Who has this shift, in the order in which they took it."""
    return of_date(connection, seminar, shift.on, shift.shift.key)


def of_date(connection: sqlite3.Connection, seminar: str, on: date, shift: str) -> list[DutyTurn]:
    """Who has the shift of this key that begins on this date, in the order in which they took it."""
    return [_turn(row) for row in connection.execute(_ON, (seminar, on.isoformat(), shift))]


def is_scheduled(connection: sqlite3.Connection, seminar: str, shift: DutyPeriod) -> bool:
    """Whether somebody has this shift, also who cannot be reached."""
    return connection.execute(_SCHEDULED, (seminar, *shift.key)).fetchone() is not None


def all_turns(connection: sqlite3.Connection) -> list[DutyTurn]:
    """Who has which shift of any date, for whoever knows the moment later: a seminar has a few dozen."""
    return [_turn(row) for row in connection.execute(_ALL)]


def on_duty(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> tuple[int, ...]:
    """The numbers of those on duty at this aware moment, whom the bot can reach; empty: nobody is scheduled."""
    return _people(connection, seminar, current(seminar, now))


def next_on_duty(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> tuple[int, ...]:
    """The numbers of those who come next: of the first shift of the next two days that has somebody not on duty now."""
    busy = on_duty(connection, seminar, now)
    for one in upcoming(seminar, now, _AHEAD):
        if coming := tuple(number for number in _people(connection, seminar, [one]) if number not in busy):
            return coming
    return ()


def _people(connection: sqlite3.Connection, seminar: Seminar, shifts: Iterable[DutyPeriod]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(turn.person_id for one in shifts for turn in of(connection, seminar.key, one)))


def _turn(row: sqlite3.Row) -> DutyTurn:
    return DutyTurn(
        row["id"], date.fromisoformat(row["date"]), row["shift"], row["person_id"], row["name"], from_text(row["at"])
    )
