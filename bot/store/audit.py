"""The audit trail: what staff did, when, about whom. Only added to, in the transaction that did it; without words."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime

import orjson

from bot.clock import to_text

_ADD = "INSERT INTO audit (at, by_id, action, person_id, subject, details) VALUES (?, ?, ?, ?, ?, ?)"


def record(
    connection: sqlite3.Connection,
    action: str,
    *,
    by_id: int | None,
    now: datetime,
    person_id: int | None = None,
    subject: str = "",
    details: Mapping[str, str | int | bool | None] | None = None,
) -> None:
    """Note what a member of staff did. Call it only where that changed something.

    `action` is "feature.verb" in the past ("broadcast.sent"), `by_id` the person's number (None: the command line),
    `subject` which thing of that feature. `details` are keys and numbers, never names or what somebody wrote.
    """
    values = (to_text(now), by_id, action, person_id, subject, orjson.dumps(dict(details or {})).decode())
    connection.execute(_ADD, values)
