"""Who is excused for a date: why, who said so and when. What was taken back stays in the history."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.clock import from_text, to_text
from bot.store.person import Person


class ExcuseReason(StrEnum):
    """Why somebody is excused."""

    ILL = "ill"
    FAMILY = "family"
    TRAVELLING = "travelling"


@dataclass(frozen=True, slots=True)
class Excuse:
    """An excuse that stands. `by` is the name of who gave it, empty when they have erased their data."""

    person_id: int
    reason: ExcuseReason
    by: str
    at: datetime


# All whom an excuse of this date covers; for `IN` and `NOT IN`, which read it once.
EXCUSED = "SELECT person_id FROM excuse WHERE (seminar, date) = (:seminar, :date) AND ended_at IS NULL"

_ADD = """
INSERT INTO excuse (seminar, date, person_id, reason, by_id, at)
SELECT :seminar, :date, id, :reason, :by, :now FROM person WHERE id = :person AND role = 'teacher' AND state = 'active'
ON CONFLICT (seminar, date, person_id) WHERE ended_at IS NULL DO NOTHING
"""
_GET = """
SELECT e.person_id, e.reason, coalesce(o.name, '') AS by, e.at FROM excuse AS e LEFT JOIN person AS o ON o.id = e.by_id
 WHERE (e.seminar, e.date, e.person_id) = (?, ?, ?) AND e.ended_at IS NULL
"""
_END = """
UPDATE excuse SET ended_by = :by, ended_at = :now
 WHERE (seminar, date, person_id) = (:seminar, :date, :person) AND ended_at IS NULL
"""
_CHANGES = "SELECT coalesce(max(id), 0), count(ended_at) FROM excuse WHERE (seminar, date) = (?, ?)"


def add(
    connection: sqlite3.Connection,
    seminar: str,
    on: date,
    person_id: int,
    reason: ExcuseReason,
    *,
    by: Person,
    now: datetime,
) -> bool:
    """Excuse an active teacher for a date, unless somebody has; return whether this call did."""
    values = {"seminar": seminar, "date": on.isoformat(), "person": person_id, "reason": reason, "by": by.id}
    return connection.execute(_ADD, {**values, "now": to_text(now)}).rowcount == 1


def get(connection: sqlite3.Connection, seminar: str, on: date, person_id: int) -> Excuse | None:
    """The excuse of this person for this date that stands, or None."""
    row = connection.execute(_GET, (seminar, on.isoformat(), person_id)).fetchone()
    if row is None:
        return None
    return Excuse(row["person_id"], ExcuseReason(row["reason"]), row["by"], from_text(row["at"]))


def end(connection: sqlite3.Connection, seminar: str, on: date, person_id: int, *, by: Person, now: datetime) -> bool:
    """Take back the excuse of this person for this date; return whether this call did."""
    values = {"seminar": seminar, "date": on.isoformat(), "person": person_id, "by": by.id, "now": to_text(now)}
    return connection.execute(_END, values).rowcount == 1


def changes(connection: sqlite3.Connection, seminar: str, on: date) -> tuple[int, int]:
    """Two numbers that are the same while nobody was excused for this date, and no excuse was taken back."""
    row = connection.execute(_CHANGES, (seminar, on.isoformat())).fetchone()
    return row[0], row[1]
