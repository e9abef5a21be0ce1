"""What has been sent of an occurrence, so that every copy of an alert can show what became of it."""

import sqlite3
from dataclasses import dataclass

import orjson

_MESSAGES = """
SELECT outbox.chat_id, outbox.message_id, coalesce(person.language, json_extract(outbox.data, '$.language')) AS language
FROM outbox LEFT JOIN person ON person.id = outbox.person_id
WHERE outbox.event = ? AND outbox.kind = ? AND outbox.state = 'sent' AND outbox.message_id IS NOT NULL
ORDER BY outbox.id
"""
_ALL = "SELECT message_id, album_ids FROM outbox WHERE key = ? AND state = 'sent' AND message_id IS NOT NULL"
_NEWEST = """
SELECT message_id, album_ids FROM outbox
 WHERE (key = :key OR (key > :key || ':' AND key < :key || ';')) AND state = 'sent' AND message_id IS NOT NULL
 ORDER BY id DESC LIMIT 1
"""
_ONE = "SELECT message_id FROM outbox WHERE key = ? AND state = 'sent' AND message_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class SentMessage:
    """One message in one chat, and its reader's language."""

    chat_id: int
    message_id: int
    language: str


def messages_of(connection: sqlite3.Connection, occurrence: str, kind: str) -> list[SentMessage]:
    """The messages of this kind that arrived of the occurrence."""
    return [SentMessage(*row) for row in connection.execute(_MESSAGES, (occurrence, kind))]


def message_id_of(connection: sqlite3.Connection, key: str) -> int | None:
    """The message that the row with this key became in its chat, or None."""
    row = connection.execute(_ONE, (key,)).fetchone()
    return row["message_id"] if row else None


def message_ids_of(connection: sqlite3.Connection, key: str) -> tuple[int, ...]:
    """The messages that the row with this key became in its chat: several for an album, none where nothing arrived."""
    return _ids(connection.execute(_ALL, (key,)).fetchone())


def newest_to(connection: sqlite3.Connection, occurrence: str, person_id: int) -> tuple[int, ...]:
    """The messages that this person got last of the occurrence, as `message_ids_of`: also by a row made again."""
    return _ids(connection.execute(_NEWEST, {"key": f"{occurrence}:person-{person_id}"}).fetchone())


def _ids(row: sqlite3.Row | None) -> tuple[int, ...]:
    if row is None:
        return ()
    return tuple(orjson.loads(row["album_ids"])) if row["album_ids"] else (row["message_id"],)
