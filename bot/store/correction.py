"""What people change in what they wrote, and where it can be read by then."""

import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import orjson

from bot.clock import to_text
from bot.store.help_message import HelpMessage, find
from bot.store.incoming_message import IncomingMessage, packed


class RelayedCopy(NamedTuple):
    """A message of the bot's with somebody's words, picture or pin in it. `part` counts the pieces of long words."""

    chat_id: int
    message_id: int
    kind: str
    part: int
    language: str
    person_id: int


class SentPin(NamedTuple):
    """A pin that the bot has sent."""

    chat_id: int
    message_id: int


_CORRECT = """
UPDATE help_message SET words = ?, marks = ?, media = ?, file = ?, edited_at = ?,
                        earlier = CASE WHEN ? THEN words ELSE earlier END
WHERE id = ?
"""
_MOVE = "UPDATE help_message SET latitude = ?, longitude = ?, live_until = ? WHERE id = ?"
# The words that make a call are in its alert; everything else is in rows of its own.
_ABOUT = """
FROM outbox LEFT JOIN person ON person.id = outbox.person_id
WHERE outbox.state IN ({states})
  AND (outbox.event IN ('help.words:' || :id, 'help.written:' || :id)
       OR (outbox.kind = 'help.alert' AND outbox.event = 'help:' || :call))
"""
_READERS = f"SELECT DISTINCT outbox.person_id {_ABOUT.format(states=':one, :two, :three')}"
_READERS_OF_ALBUM = """
SELECT person.id FROM relay_copy AS c JOIN person ON person.telegram_id = c.chat_id WHERE c.letter_id = ?
"""
_COPIES = f"""
SELECT outbox.chat_id, outbox.message_id, outbox.kind, coalesce(json_extract(outbox.data, '$.part'), 0),
       person.language, person.id
{_ABOUT.format(states="'sent'")} AND outbox.message_id IS NOT NULL AND person.id IS NOT NULL ORDER BY outbox.id
"""
# A later part of an album; the first is in an outbox row.
_ALBUM_PARTS = """
SELECT c.chat_id, c.message_id, 'album part', 0, person.language, person.id
  FROM relay_copy AS c JOIN help_message AS m ON m.id = c.letter_id JOIN person ON person.telegram_id = c.chat_id
 WHERE c.letter_id = :id AND m.part_of IS NOT NULL AND :call IS :call
"""
# Pins that are not sent yet show the place as it is by then.
_PINS = """
SELECT id FROM outbox
WHERE state IN ('sending', 'sent') AND kind IN ('help.pin', 'group.pin')
  AND event IN ('help.words:' || ?1, 'help.written:' || ?1, 'group.media:' || ?1)
"""
_IN_FLIGHT = "SELECT 1 FROM outbox WHERE state = 'sending' AND id IN (SELECT value FROM json_each(?)) LIMIT 1"
# A pin in the staff group stands still while somebody there is no organizer.
_SENT_PINS = """
SELECT outbox.chat_id, outbox.message_id FROM outbox
WHERE outbox.state = 'sent' AND outbox.message_id IS NOT NULL AND outbox.id IN (SELECT value FROM json_each(?))
  AND (EXISTS (SELECT 1 FROM person WHERE person.id = outbox.person_id)
    OR EXISTS (SELECT 1 FROM staff_group WHERE staff_group.group_id = outbox.chat_id AND staff_group.problem = ''))
ORDER BY outbox.id
"""
_UNREAD = "SELECT 1 FROM outbox WHERE event = ? AND state = 'due' LIMIT 1"


def occurrence(message: HelpMessage) -> str:
    """What the rows share that tell of a change of this message."""
    return f"help.corrected:{message.id}"


def correct(
    connection: sqlite3.Connection, message: HelpMessage, incoming: IncomingMessage, edited_at: int, *, read: bool
) -> HelpMessage:
    """Put what a message says now in place of what it said, and return it.

    Where somebody has `read` that, it stays beside it: what they last read, not what has changed since unread.
    """
    known = read and connection.execute(_UNREAD, (occurrence(message),)).fetchone() is None
    values = (incoming.words, packed(incoming.marks), incoming.media, incoming.file, edited_at, known, message.id)
    connection.execute(_CORRECT, values)
    after = find(connection, message.chat_id, message.message_id)
    assert after is not None
    return after


def move_pin(connection: sqlite3.Connection, message: HelpMessage, place: tuple[float, float], until: datetime) -> None:
    """A shared place is elsewhere now, and moves on until a moment."""
    connection.execute(_MOVE, (*place, to_text(until), message.id))


def readers(connection: sqlite3.Connection, message: HelpMessage, call_id: int | None, *, unread: bool) -> list[int]:
    """Who may have read it (numbers of people); with `unread`, whom it waits for."""
    states = ("due", "due", "due") if unread else ("sending", "sent", "unknown")
    values = dict(zip(("one", "two", "three"), states, strict=True), id=message.id, call=call_id)
    found = {row[0] for row in connection.execute(_READERS, values) if row[0] is not None}
    if not unread:
        found |= {row[0] for row in connection.execute(_READERS_OF_ALBUM, (message.id,))}
    return sorted(found)


def pins(connection: sqlite3.Connection, message: HelpMessage) -> tuple[int, ...]:
    """The outbox rows of its pins that show the place as it was: they were sent, or are being sent."""
    return tuple(row["id"] for row in connection.execute(_PINS, (message.id,)))


def is_in_flight(connection: sqlite3.Connection, rows: Collection[int]) -> bool:
    """Whether one of these outbox rows is being sent at this moment."""
    return connection.execute(_IN_FLIGHT, (_packed(rows),)).fetchone() is not None


def sent_pins(connection: sqlite3.Connection, rows: Collection[int]) -> list[SentPin]:
    """Where the pins of these outbox rows stand."""
    return [SentPin(*row) for row in connection.execute(_SENT_PINS, (_packed(rows),))]


def copies(connection: sqlite3.Connection, message: HelpMessage, call_id: int | None) -> list[RelayedCopy]:
    """The bot's messages that show it."""
    values = {"id": message.id, "call": call_id}
    return [RelayedCopy(*row) for query in (_COPIES, _ALBUM_PARTS) for row in connection.execute(query, values)]


def _packed(rows: Collection[int]) -> str:
    return orjson.dumps(sorted(rows)).decode()
