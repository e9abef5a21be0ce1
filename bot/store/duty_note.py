"""What whoever goes off duty leaves for whoever comes; forgotten some days later."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.clock import from_text, to_text
from bot.programme.duty import DutyPeriod

KEPT: Final = timedelta(days=3)

_PUT = """
INSERT INTO duty_note (seminar, date, shift, person_id, words, written_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (seminar, date, shift, person_id) DO UPDATE SET words = excluded.words, written_at = excluded.written_at
"""
_OF = """
SELECT p.name, n.words, n.written_at FROM duty_note AS n JOIN person AS p ON p.id = n.person_id
 WHERE (n.seminar, n.date, n.shift) = (?, ?, ?) ORDER BY n.id
"""
_PRUNE = "DELETE FROM duty_note WHERE written_at < ?"


@dataclass(frozen=True, slots=True)
class DutyNote:
    """What somebody wrote for whoever has a shift."""

    author: str
    words: str
    written_at: datetime


def put(
    connection: sqlite3.Connection, seminar: str, shift: DutyPeriod, person_id: int, words: str, *, now: datetime
) -> None:
    """Leave these words for a shift, in place of what the same person left before."""
    connection.execute(_PUT, (seminar, *shift.key, person_id, words, to_text(now)))


def of(connection: sqlite3.Connection, seminar: str, on: date, shift: str) -> tuple[DutyNote, ...]:
    """What was left for a shift."""
    rows = connection.execute(_OF, (seminar, on.isoformat(), shift))
    return tuple(DutyNote(row["name"], row["words"], from_text(row["written_at"])) for row in rows)


def prune(connection: sqlite3.Connection, now: datetime) -> int:
    """Forget what has been kept for long enough; return how many notes those were."""
    return connection.execute(_PRUNE, (to_text(now - KEPT),)).rowcount
