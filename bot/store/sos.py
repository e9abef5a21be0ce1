"""Places that somebody in need of help shares while they move, and that have come to their end."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import from_text, to_text
from bot.store import correction as correction_store
from bot.store import help_message as help_message_store

_TOLD_FOR: Final = timedelta(hours=1)  # what ended earlier is no news

_ENDED = """
SELECT m.id, m.author_id, m.live_until FROM help_message AS m
  JOIN help AS h ON h.id = m.help_id JOIN alert AS a ON a.id = h.alert_id
 WHERE m.live_until IS NOT NULL AND m.live_until <= ? AND m.live_until > ?
   AND m.author_id = m.person_id AND a.state <> 'settled'
 ORDER BY m.live_until LIMIT 100
"""
_GET = """
SELECT m.live_until, a.name FROM help_message AS m JOIN person AS a ON a.id = m.author_id WHERE m.id = ?
"""


@dataclass(frozen=True, slots=True)
class EndedPlace:
    """The message (its number) that shared a place until a moment, and who has a pin of it."""

    message: int
    author_id: int
    until: datetime
    readers: tuple[int, ...]


def ended(connection: sqlite3.Connection, now: datetime) -> list[EndedPlace]:
    """Places of calls for help that moved until a while ago, and no more; nobody asks for one of a settled call."""
    rows = connection.execute(_ENDED, (to_text(now), to_text(now - _TOLD_FOR))).fetchall()
    return [
        EndedPlace(row["id"], row["author_id"], from_text(row["live_until"]), _readers(connection, row["id"]))
        for row in rows
    ]


def ended_place(connection: sqlite3.Connection, message_id: int) -> tuple[str, datetime] | None:
    """Whose place it was, and until when it moved; None where that is not kept any more."""
    row = connection.execute(_GET, (message_id,)).fetchone()
    return (row["name"], from_text(row["live_until"])) if row is not None and row["live_until"] else None


def _readers(connection: sqlite3.Connection, message_id: int) -> tuple[int, ...]:
    message = help_message_store.get(connection, message_id)
    return tuple(correction_store.readers(connection, message, None, unread=False)) if message is not None else ()
