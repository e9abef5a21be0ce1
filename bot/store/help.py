"""Calls for help: what each is about, and whether somebody is on it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.clock import from_text, to_text
from bot.store import numbers

_SELECT = """
SELECT help.id, help.person_id, help.kind, help.state, person.name, person.telegram_id, person.username,
       person.group_key, taker.name AS taken_by, help.taken_by AS taker_id,
       closer.name AS closed_by, help.closed_by AS closer_id, help.asked_at
FROM help JOIN person ON person.id = help.person_id
LEFT JOIN person AS taker ON taker.id = help.taken_by
LEFT JOIN person AS closer ON closer.id = help.closed_by
"""
_SAVE = numbers.numbered(
    "help",
    """
INSERT INTO help (id, person_id, kind, asked_in, asked_at) VALUES ({number}, ?, ?, ?, ?)
ON CONFLICT (person_id, asked_in) DO NOTHING
""",
)
_ASKED_IN = f"{_SELECT} WHERE help.person_id = ? AND help.asked_in = ?"
_BY_ID = f"{_SELECT} WHERE help.id = ?"
_ACTIVE = f"{_SELECT} WHERE help.state <> 'closed' ORDER BY help.id"
_URGENT = f"""
{_SELECT} WHERE help.person_id = ? AND help.state <> 'closed' AND help.asked_at > ?
AND help.kind IN ('help', 'unwell', 'lost') ORDER BY help.id DESC LIMIT 1
"""
_TAKE = "UPDATE help SET state = 'taken', taken_by = ?, taken_at = ? WHERE id = ? AND state = 'open'"
_ACTIVE_OF = f"{_SELECT} WHERE help.state <> 'closed' AND help.person_id = ? ORDER BY help.id"
_REOPEN = """
UPDATE help SET state = 'open', taken_by = NULL, taken_at = NULL WHERE state = 'taken' AND taken_by = ? RETURNING id
"""
_CLOSE = "UPDATE help SET state = 'closed', closed_by = ?, closed_at = ? WHERE id = ? AND state <> 'closed'"


class HelpKind(StrEnum):
    """What a call for help is about."""

    HELP = "help"  # no time to say what: the button under a check-in
    UNWELL = "unwell"
    LOST = "lost"
    QUESTION = "question"
    OTHER = "other"

    @property
    def urgent(self) -> bool:
        """Whether organizers hear of it at the first tap, before any words."""
        return self in {HelpKind.HELP, HelpKind.UNWELL, HelpKind.LOST}


@dataclass(frozen=True, slots=True)
class HelpCall:
    """A call for help and who calls. `state` is open, taken or closed; `taken_by` and `closed_by` are names."""

    id: int
    person_id: int
    kind: HelpKind
    state: str
    name: str
    telegram_id: int
    username: str | None
    group: str | None
    taken_by: str | None
    taker_id: int | None
    closed_by: str | None
    closer_id: int | None
    asked_at: datetime


def save(
    connection: sqlite3.Connection, person_id: int, kind: HelpKind, asked_in: int, now: datetime
) -> tuple[HelpCall, bool]:
    """Store a call for help, made in the message `asked_in`; return it and whether it is new."""
    new = connection.execute(_SAVE, (person_id, kind, asked_in, to_text(now))).rowcount == 1
    call = _read(connection.execute(_ASKED_IN, (person_id, asked_in)).fetchone())
    assert call is not None
    if call.kind is HelpKind.HELP and call.state == "closed":
        # The button stays under the check-in: when one call is settled, it makes another.
        return save(connection, person_id, kind, -call.id, now)
    return call, new


def get(connection: sqlite3.Connection, call_id: int) -> HelpCall | None:
    """The call with this number, or None."""
    return _read(connection.execute(_BY_ID, (call_id,)).fetchone())


def active(connection: sqlite3.Connection) -> list[HelpCall]:
    """The calls that are not settled, the oldest first."""
    return [call for row in connection.execute(_ACTIVE) if (call := _read(row))]


def active_of(connection: sqlite3.Connection, person_id: int) -> list[HelpCall]:
    """This person's calls that are not settled, the oldest first."""
    return [call for row in connection.execute(_ACTIVE_OF, (person_id,)) if (call := _read(row))]


def reopen_taken_by(connection: sqlite3.Connection, person_id: int) -> tuple[int, ...]:
    """An organizer is gone: what they had taken is open again. Return the numbers of those calls."""
    return tuple(sorted(row["id"] for row in connection.execute(_REOPEN, (person_id,)).fetchall()))


def latest_urgent(connection: sqlite3.Connection, person_id: int, *, since: datetime) -> HelpCall | None:
    """The person's newest urgent call after a moment that is not settled, or None."""
    return _read(connection.execute(_URGENT, (person_id, to_text(since))).fetchone())


def take(connection: sqlite3.Connection, call_id: int, person_id: int, now: datetime) -> bool:
    """An organizer takes an open call; return False when that was done before."""
    return connection.execute(_TAKE, (person_id, to_text(now), call_id)).rowcount == 1


def close(connection: sqlite3.Connection, call_id: int, person_id: int, now: datetime) -> bool:
    """A call is settled; return False when it was before."""
    return connection.execute(_CLOSE, (person_id, to_text(now), call_id)).rowcount == 1


def _read(row: sqlite3.Row | None) -> HelpCall | None:
    if row is None:
        return None
    return HelpCall(
        row["id"],
        row["person_id"],
        HelpKind(row["kind"]),
        row["state"],
        row["name"],
        row["telegram_id"],
        row["username"],
        row["group_key"],
        row["taken_by"],
        row["taker_id"],
        row["closed_by"],
        row["closer_id"],
        from_text(row["asked_at"]),
    )
