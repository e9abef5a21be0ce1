"""What people change in what they wrote, and where it can be read by then."""

import sqlite3
from datetime import datetime
from typing import NamedTuple

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


_CORRECT = """
UPDATE help_message SET words = ?, marks = ?, media = ?, edited_at = ?,
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
_COPIES = f"""
SELECT outbox.chat_id, outbox.message_id, outbox.kind, coalesce(json_extract(outbox.data, '$.part'), 0),
       person.language
{_ABOUT.format(states="'sent'")} AND outbox.message_id IS NOT NULL AND person.id IS NOT NULL ORDER BY outbox.id
"""
_PIN_IN_FLIGHT = """
SELECT 1 FROM outbox
WHERE state = 'sending' AND kind = 'help.pin' AND event IN ('help.words:' || :id, 'help.written:' || :id)
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
    values = (incoming.words, packed(incoming.marks), incoming.media, edited_at, known, message.id)
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
    return [row[0] for row in connection.execute(_READERS, values) if row[0] is not None]


def is_pin_in_flight(connection: sqlite3.Connection, message: HelpMessage) -> bool:
    """Whether a pin of it is under way at this moment, with the place as it was."""
    return connection.execute(_PIN_IN_FLIGHT, {"id": message.id}).fetchone() is not None


def copies(connection: sqlite3.Connection, message: HelpMessage, call_id: int | None) -> list[RelayedCopy]:
    """The bot's messages that show it."""
    return [RelayedCopy(*row) for row in connection.execute(_COPIES, {"id": message.id, "call": call_id})]
