"""What has been sent of an event, so that every copy of an alert can show what became of it."""

import sqlite3
from dataclasses import dataclass

_COPIES = """
SELECT outbox.chat_id, outbox.message_id, coalesce(person.language, json_extract(outbox.data, '$.language')) AS language
FROM outbox LEFT JOIN person ON person.id = outbox.person_id
WHERE outbox.event = ? AND outbox.kind = ? AND outbox.state = 'sent' AND outbox.message_id IS NOT NULL
ORDER BY outbox.id
"""
_ONE = "SELECT message_id FROM outbox WHERE key = ? AND state = 'sent' AND message_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Copy:
    """One message in one chat, and its reader's language."""

    chat_id: int
    message_id: int
    language: str


def copies(connection: sqlite3.Connection, event: str, kind: str) -> list[Copy]:
    """The messages of this kind that arrived for the event."""
    return [Copy(*row) for row in connection.execute(_COPIES, (event, kind))]


def message_of(connection: sqlite3.Connection, key: str) -> int | None:
    """The message that the row with this key became in its chat, or None."""
    row = connection.execute(_ONE, (key,)).fetchone()
    return row["message_id"] if row else None
