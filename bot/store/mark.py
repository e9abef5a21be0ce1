"""Marks: who is here and who is not, each with who said so, how and when.

They are only added: the newest mark of a person about a subject (`headcount:7`) is what is true, and the earlier ones
stay in the history. How many are in which state is read from a roll-up that triggers keep.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import orjson

from bot.clock import from_text, to_text
from bot.store.excuse import ExcuseReason


class MarkState(StrEnum):
    """What a mark says of the person."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"


class MarkMethod(StrEnum):
    """How it is known: the person's own tap, an organizer's roll call, a buddy's word, a code on the screen."""

    TAP = "tap"
    ROLL_CALL = "roll call"
    BUDDY = "buddy"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class PresenceMark:
    """One mark. `by` is the name of who said so, empty when they have erased their data; `reason`: why excused."""

    state: MarkState
    how: MarkMethod
    by_id: int
    by: str
    at: datetime
    reason: ExcuseReason | None = None


_ADD = "INSERT INTO mark (subject, person_id, state, how, by_id, at) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_REASON = "INSERT INTO mark_reason (mark_id, reason) VALUES (?, ?)"
_OF = """
SELECT mark.state, mark.how, mark.by_id, teller.name AS by, mark.at, mark_reason.reason
  FROM mark JOIN person AS teller ON teller.id = mark.by_id LEFT JOIN mark_reason ON mark_reason.mark_id = mark.id
 WHERE mark.subject = ? AND mark.person_id = ? ORDER BY mark.id DESC
"""
_TALLY = """
SELECT state, how, sum(people) AS people FROM mark_tally
 WHERE subject = :subject AND (:groups = '[]' OR group_key IN (SELECT value FROM json_each(:groups)))
 GROUP BY state, how HAVING sum(people) > 0
"""


def add(
    connection: sqlite3.Connection,
    subject: str,
    person_id: int,
    state: MarkState,
    how: MarkMethod,
    *,
    by_id: int,
    reason: ExcuseReason | None = None,
    now: datetime,
) -> int:
    """Say this of the person from now on, and return the mark's number; what was said before stays in the history."""
    number = connection.execute(_ADD, (subject, person_id, state, how, by_id, to_text(now))).lastrowid
    assert number is not None
    if reason is not None:
        connection.execute(_ADD_REASON, (number, reason))
    return number


def newest(connection: sqlite3.Connection, subject: str, person_id: int) -> PresenceMark | None:
    """What is true of the person, or None when nobody has said anything."""
    row = connection.execute(f"{_OF} LIMIT 1", (subject, person_id)).fetchone()
    return None if row is None else _mark(row)


def history(connection: sqlite3.Connection, subject: str, person_id: int) -> list[PresenceMark]:
    """All that was said of the person, the newest first."""
    return [_mark(row) for row in connection.execute(_OF, (subject, person_id))]


def last(connection: sqlite3.Connection) -> int:
    """The number of the newest mark about anything, 0 for none: while it stays, nothing was said."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM mark").fetchone()[0]
    return number


def tally(
    connection: sqlite3.Connection, subject: str, groups: Sequence[str]
) -> dict[tuple[MarkState, MarkMethod], int]:
    """How many teachers of these groups (none: of all) are in each state, by how that is known."""
    rows = connection.execute(_TALLY, {"subject": subject, "groups": orjson.dumps(groups).decode()})
    return {(MarkState(row["state"]), MarkMethod(row["how"])): row["people"] for row in rows}


def _mark(row: sqlite3.Row) -> PresenceMark:
    reason = ExcuseReason(row["reason"]) if row["reason"] else None
    at = from_text(row["at"])
    return PresenceMark(MarkState(row["state"]), MarkMethod(row["how"]), row["by_id"], row["by"], at, reason)
