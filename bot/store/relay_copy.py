"""Where what somebody wrote stands on other people's phones, and what is needed to show it there."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.clock import from_text
from bot.store import broadcast as broadcast_store
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store import person
from bot.store.help_message import HelpMessage


class Place(NamedTuple):
    """A message in a chat."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The broadcast that somebody answers: whose it is ("": nobody knows any more), and what it says (HTML)."""

    by: str
    is_mine: bool
    text: str


@dataclass(frozen=True, slots=True)
class Relayed:
    """A message as it is shown to one reader.

    `reply_to` is the message of the reader's chat that it answers, `parts` are those of the album that begins with it.
    `is_told`: an alert, which it answers then, has brought its words and whose they are, with a sound.
    """

    message: HelpMessage
    answered: Answered | None = None
    reply_to: int | None = None
    parts: tuple[HelpMessage, ...] = ()
    is_told: bool = False


_MOST_IN_ALBUM = 10  # Telegram's own
_ADD = "INSERT INTO relay_copy (chat_id, message_id, letter_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_ALBUM_PART = "SELECT message_id FROM relay_copy WHERE letter_id = ? AND chat_id = ?"
# By the index of what a chat is about to get, which is of both states.
_WAITING_ALBUM = """
SELECT max(due_at) FROM outbox WHERE chat_id = ? AND state IN ('due', 'sending') AND kind = 'help.album'
"""
_SENT = """
SELECT message_id FROM outbox
 WHERE event IN ('help.words:' || :id, 'help.written:' || :id) AND chat_id = :chat AND state = 'sent'
   AND message_id IS NOT NULL ORDER BY id LIMIT 1
"""
_ALERT = """
SELECT message_id FROM outbox
 WHERE event = 'help:' || ? AND kind = 'help.alert' AND chat_id = ? AND state = 'sent' AND message_id IS NOT NULL
 ORDER BY id DESC LIMIT 1
"""
# Of long words the first piece, of what has a header of its own the thing itself.
_PLACES = """
SELECT chat_id, message_id FROM relay_copy WHERE letter_id = :id
UNION
SELECT chat_id, message_id FROM outbox
 WHERE event IN ('help.words:' || :id, 'help.written:' || :id) AND state = 'sent' AND message_id IS NOT NULL
   AND kind IN ('help.words', 'help.written', 'help.copy', 'help.pin', 'help.album')
   AND coalesce(json_extract(data, '$.part'), 0) = 0
"""
_ALERTS = """
SELECT chat_id, message_id FROM outbox
 WHERE event = 'help:' || ? AND kind = 'help.alert' AND state = 'sent' AND message_id IS NOT NULL
"""


def add_album(
    connection: sqlite3.Connection, chat_id: int, message_ids: Iterable[int], parts: Iterable[HelpMessage]
) -> None:
    """These messages of a chat are the copies of an album's parts, in their order."""
    for message_id, part in zip(message_ids, parts, strict=False):
        connection.execute(_ADD, (chat_id, message_id, part.id))


def add(connection: sqlite3.Connection, chat_id: int, message_id: int, letter: int) -> None:
    """This message of a chat is a copy of what somebody wrote (its number)."""
    connection.execute(_ADD, (chat_id, message_id, letter))


def album_waits_until(connection: sqlite3.Connection, chat_id: int) -> datetime | None:
    """Until when an album for a chat waits for its parts, and so does what follows; None: there is none."""
    until = connection.execute(_WAITING_ALBUM, (chat_id,)).fetchone()[0]
    return from_text(until) if until else None


def is_in_album(connection: sqlite3.Connection, message: HelpMessage, chat_id: int) -> bool:
    """Whether a chat has the message as a part of an album."""
    return connection.execute(_ALBUM_PART, (message.id, chat_id)).fetchone() is not None


def load(connection: sqlite3.Connection, number: int, chat_id: int, person_id: int | None) -> Relayed | None:
    """The message of that number as a reader sees it; None when it is not kept any more."""
    message = help_message_store.get(connection, number)
    if message is None:
        return None
    parts = album_of(connection, message) if message.album is not None and message.part_of is None else []
    is_told = _is_told(connection, message)
    return Relayed(
        message,
        answered_by(connection, message, person_id),
        _alert_of(connection, message, chat_id) if is_told else _reply_target(connection, message, chat_id),
        tuple(parts),
        is_told,
    )


def album_of(connection: sqlite3.Connection, first: HelpMessage) -> list[HelpMessage]:
    """The parts of the album that begins with a message, as many as have come and can go on together."""
    kept = help_message_store.all_parts(connection, first.chat_id, first.message_id)
    together = [
        one for one in kept if one.album == first.album and one.author_id == first.author_id and one.is_in_album
    ]
    return together[:_MOST_IN_ALBUM]


def answered_by(connection: sqlite3.Connection, message: HelpMessage, person_id: int | None) -> Answered | None:
    """The broadcast that a message answers, as this person reads of it; None where it answers none."""
    broadcast = broadcast_store.get(connection, message.broadcast) if message.broadcast is not None else None
    if broadcast is None:
        return None
    author = person.by_id(connection, broadcast.by_id) if broadcast.by_id is not None else None
    return Answered(author.name if author else "", broadcast.by_id == person_id, broadcast.text)


def place_in(connection: sqlite3.Connection, message: HelpMessage, chat_id: int) -> int | None:
    """The message of a chat that is, or shows, what somebody wrote; None where the chat has none."""
    if message.chat_id == chat_id:
        return message.message_id
    row = (
        connection.execute(_ALBUM_PART, (message.id, chat_id)).fetchone()
        or connection.execute(_SENT, {"id": message.id, "chat": chat_id}).fetchone()
    )
    return row["message_id"] if row is not None else _alert_of(connection, message, chat_id)


def places(connection: sqlite3.Connection, message: HelpMessage) -> Sequence[Place]:
    """Where what somebody wrote stands on other people's phones."""
    found = [Place(*row) for row in connection.execute(_PLACES, {"id": message.id})]
    first = help_message_store.first_of_call(connection, message.help_id) if message.help_id is not None else None
    if first is not None and first.id == message.id:
        found += [Place(*row) for row in connection.execute(_ALERTS, (message.help_id,))]
    return [one for one in found if one.chat_id != message.chat_id]


def _alert_of(connection: sqlite3.Connection, message: HelpMessage, chat_id: int) -> int | None:
    row = connection.execute(_ALERT, (message.help_id, chat_id)).fetchone() if message.help_id is not None else None
    return row["message_id"] if row is not None else None


def _is_told(connection: sqlite3.Connection, message: HelpMessage) -> bool:
    call = help_store.get(connection, message.help_id) if message.help_id is not None else None
    if call is None or call.kind.urgent:
        return False
    first = help_message_store.first_of_call(connection, call.id)
    return first is not None and first.id == message.id


def _reply_target(connection: sqlite3.Connection, message: HelpMessage, chat_id: int) -> int | None:
    answered = help_message_store.get(connection, message.answers) if message.answers is not None else None
    return place_in(connection, answered, chat_id) if answered is not None else None
