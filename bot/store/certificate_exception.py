"""Who gets a certificate although something is missing, who decided that and why. What was taken back stays there."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import from_text, to_text

REASON_LIMIT: Final = 300

_ADD = """
INSERT INTO certificate_exception (seminar, person_id, by_id, reason, at)
SELECT :seminar, id, :by, :reason, :now FROM person WHERE id = :person AND role = 'teacher' AND state = 'active'
ON CONFLICT (seminar, person_id) WHERE ended_at IS NULL DO NOTHING
"""
_GET = """
SELECT e.id, e.reason, e.at, coalesce(o.name, '') AS by FROM certificate_exception AS e
  LEFT JOIN person AS o ON o.id = e.by_id WHERE e.seminar = ? AND e.person_id = ? AND e.ended_at IS NULL
"""
_END = """
UPDATE certificate_exception SET ended_by = ?, ended_at = ? WHERE seminar = ? AND person_id = ? AND ended_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class CertificateException:
    """A decision that stands. `by` and `reason` are empty where who decided has erased their data."""

    id: int
    reason: str
    by: str
    at: datetime


def add(
    connection: sqlite3.Connection, seminar: str, person_id: int, reason: str, *, by_id: int, now: datetime
) -> int | None:
    """Decide that an active teacher gets one; return the decision's number, None where there is one already."""
    values = {"seminar": seminar, "person": person_id, "by": by_id, "reason": reason, "now": to_text(now)}
    cursor = connection.execute(_ADD, values)
    return cursor.lastrowid if cursor.rowcount == 1 else None


def get(connection: sqlite3.Connection, seminar: str, person_id: int) -> CertificateException | None:
    """The decision about a person that stands, or None."""
    row = connection.execute(_GET, (seminar, person_id)).fetchone()
    return None if row is None else CertificateException(row["id"], row["reason"], row["by"], from_text(row["at"]))


def end(connection: sqlite3.Connection, seminar: str, person_id: int, *, by_id: int, now: datetime) -> bool:
    """Take it back; return whether it stood."""
    return connection.execute(_END, (by_id, to_text(now), seminar, person_id)).rowcount == 1
