"""Who is on duty in which shift. Who has left, cannot be reached, or is no organizer any more is on duty nowhere."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.clock import to_text
from bot.programme.duty import DutyPeriod, current, upcoming
from bot.programme.model import Seminar

_AHEAD: Final = 2  # days in which whoever comes next is looked for

_ADD = """
INSERT INTO duty (seminar, date, shift, person_id, by_id, at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (seminar, date, shift, person_id) DO NOTHING
"""
_REMOVE = "DELETE FROM duty WHERE (seminar, date, shift, person_id) = (?, ?, ?, ?)"
_ON = """
SELECT d.id, d.date, d.shift, d.person_id, p.name FROM duty AS d JOIN person AS p ON p.id = d.person_id
 WHERE (d.seminar, d.date, d.shift) = (?, ?, ?)
   AND p.state = 'active' AND p.reachable = 1 AND (p.role = 'organizer' OR p.owner = 1) ORDER BY d.id
"""


@dataclass(frozen=True, slots=True)
class DutyTurn:
    """Somebody's turn: a row of `duty` with their name. `on` is the date on which the shift begins."""

    id: int
    on: date
    shift: str
    person_id: int
    name: str


def add(
    connection: sqlite3.Connection, seminar: str, period: DutyPeriod, person_id: int, *, by_id: int, now: datetime
) -> bool:
    """Put the person on duty for this shift; return whether that is new."""
    values = (seminar, *period.key, person_id, by_id, to_text(now))
    return connection.execute(_ADD, values).rowcount == 1


def remove(connection: sqlite3.Connection, seminar: str, period: DutyPeriod, person_id: int) -> bool:
    """Take the person off duty for this shift; return whether that is new."""
    return connection.execute(_REMOVE, (seminar, *period.key, person_id)).rowcount == 1


def of(connection: sqlite3.Connection, seminar: str, period: DutyPeriod) -> list[DutyTurn]:
    """Who has this shift, in the order in which they took it."""
    return [_turn(row) for row in connection.execute(_ON, (seminar, *period.key))]


def on_duty(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> tuple[int, ...]:
    """The numbers of those on duty at this aware moment, whom the bot can reach; empty: nobody is scheduled."""
    return _people(connection, seminar, current(seminar, now))


def next_on_duty(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> tuple[int, ...]:
    """The numbers of those who come next: of the first shift of the next two days that has somebody not on duty now."""
    busy = on_duty(connection, seminar, now)
    for period in upcoming(seminar, now, _AHEAD):
        if coming := tuple(one for one in _people(connection, seminar, [period]) if one not in busy):
            return coming
    return ()


def _people(connection: sqlite3.Connection, seminar: Seminar, periods: Iterable[DutyPeriod]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(turn.person_id for one in periods for turn in of(connection, seminar.key, one)))


def _turn(row: sqlite3.Row) -> DutyTurn:
    return DutyTurn(row["id"], date.fromisoformat(row["date"]), row["shift"], row["person_id"], row["name"])
