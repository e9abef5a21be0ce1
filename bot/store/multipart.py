"""One thing in several messages (an album, a text that a phone has cut): what its first part was taken for.

A row a chat, of the last such thing, written before its first part is handled: so its other parts find their way also
after a crash, and after whatever the chat waited for has ended.
"""

import sqlite3
from typing import NamedTuple


class Multipart(NamedTuple):
    """A thing in several messages.

    `first_id` and `last_id` are its messages so far; `album` is Telegram's number of an album. `sent_at` (Unix seconds)
    and `units` (UTF-16) are those of the last part, `total` the units of all. `reply_to` is the message that it
    answers. `waits_for` and `data` are what the chat waited for when it began ("" for nothing).
    """

    chat_id: int
    first_id: int
    last_id: int
    album: str | None
    sent_at: int
    units: int
    total: int
    reply_to: int | None
    waits_for: str
    data: str


_GET = """
SELECT chat_id, first_id, last_id, album, sent_at, units, total, swiped, waits_for, data
FROM multipart WHERE chat_id = ?
"""
_SAVE = """
INSERT OR REPLACE INTO multipart
    (chat_id, first_id, last_id, album, sent_at, units, total, swiped, waits_for, data)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def get(connection: sqlite3.Connection, chat_id: int) -> Multipart | None:
    """The chat's last thing in several messages, or None."""
    row = connection.execute(_GET, (chat_id,)).fetchone()
    return Multipart(*row) if row else None


def save(connection: sqlite3.Connection, thing: Multipart) -> None:
    """Store the thing in place of the chat's last one."""
    connection.execute(_SAVE, thing)
