"""Calls for help: what each is about. Whether somebody is on it is what the call's alert says."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.clock import from_text, to_text
from bot.escalation import AlertKind
from bot.store import alert as alert_store
from bot.store import numbers
from bot.store.alert import AlertState

_SELECT = """
SELECT help.id, help.person_id, help.kind, help.state, person.name, person.telegram_id, person.username,
       person.group_key, taker.name AS taken_by, help.taken_by AS taker_id, help.asked_at, help.alert_id,
       help.settled_by
FROM help_call AS help JOIN person ON person.id = help.person_id
LEFT JOIN person AS taker ON taker.id = help.taken_by
"""
_SAVE = numbers.numbered(
    "help",
    """
INSERT INTO help (id, person_id, kind, asked_in, asked_at) VALUES ({number}, ?, ?, ?, ?)
ON CONFLICT (person_id, asked_in) DO NOTHING RETURNING id
""",
)
_SET_ALERT = "UPDATE help SET alert_id = ? WHERE id = ?"
_ASKED_IN = f"{_SELECT} WHERE help.person_id = ? AND help.asked_in = ?"
_BY_ID = f"{_SELECT} WHERE help.id = ?"
_OF_ALERT = f"{_SELECT} WHERE help.alert_id = ?"
_ACTIVE = f"{_SELECT} WHERE help.state <> 'settled' ORDER BY help.id"
_URGENT = f"""
{_SELECT} WHERE help.person_id = :person AND help.state <> 'settled' AND help.asked_at > :since
AND help.kind IN ('help', 'unwell', 'lost') AND help.kind = coalesce(:kind, help.kind) ORDER BY help.id DESC LIMIT 1
"""


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
    """A call for help and who calls. Its alert says how far it is; `taken_by` is the name of who has it."""

    id: int
    person_id: int
    kind: HelpKind
    state: AlertState
    name: str
    telegram_id: int
    username: str | None
    group: str | None
    taken_by: str | None
    taker_id: int | None
    asked_at: datetime
    alert_id: int
    settler_id: int | None = None


def save(
    connection: sqlite3.Connection,
    person_id: int,
    kind: HelpKind,
    asked_in: int,
    now: datetime,
    *,
    asked_at: datetime | None = None,
) -> tuple[HelpCall, bool]:
    """Store a call for help, made in the message `asked_in`, and its alert; return it and whether it is new.

    `asked_at` is when it was written, where that was earlier.
    """
    made = connection.execute(_SAVE, (person_id, kind, asked_in, to_text(asked_at or now))).fetchone()
    if made is not None:
        alert = alert_store.open_alert(connection, AlertKind(kind), f"help:{made['id']}", now, person_id=person_id)
        connection.execute(_SET_ALERT, (alert.id, made["id"]))
    call = _read(connection.execute(_ASKED_IN, (person_id, asked_in)).fetchone())
    assert call is not None
    if call.kind is HelpKind.HELP and call.state is AlertState.SETTLED:
        # The button stays under the check-in: when one call is settled, it makes another.
        return save(connection, person_id, kind, -call.id, now, asked_at=asked_at)
    return call, made is not None


def get(connection: sqlite3.Connection, call_id: int) -> HelpCall | None:
    """The call with this number, or None."""
    return _read(connection.execute(_BY_ID, (call_id,)).fetchone())


def active(connection: sqlite3.Connection) -> list[HelpCall]:
    """The calls that are not settled, the oldest first."""
    return [call for row in connection.execute(_ACTIVE) if (call := _read(row))]


def of_alert(connection: sqlite3.Connection, alert_id: int) -> HelpCall | None:
    """The call whose alert has this number, or None."""
    return _read(connection.execute(_OF_ALERT, (alert_id,)).fetchone())


def latest_urgent(
    connection: sqlite3.Connection, person_id: int, *, since: datetime | None = None, kind: HelpKind | None = None
) -> HelpCall | None:
    """The person's newest urgent call, after this moment and of this kind, that is not settled; or None."""
    values = {"person": person_id, "since": to_text(since) if since else "", "kind": kind}
    return _read(connection.execute(_URGENT, values).fetchone())


def _read(row: sqlite3.Row | None) -> HelpCall | None:
    if row is None:
        return None
    return HelpCall(
        row["id"],
        row["person_id"],
        HelpKind(row["kind"]),
        AlertState(row["state"]),
        row["name"],
        row["telegram_id"],
        row["username"],
        row["group_key"],
        row["taken_by"],
        row["taker_id"],
        from_text(row["asked_at"]),
        row["alert_id"],
        row["settled_by"],
    )
