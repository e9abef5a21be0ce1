"""A message that its writer changes: it says what it says now wherever it stands, and who has read it hears of it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.messages import correction as correction_messages
from bot.messages import relay as relay_messages
from bot.store import correction as correction_store
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store import person
from bot.store.correction import RelayedCopy
from bot.store.help import HelpCall
from bot.store.help_message import HelpMessage
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person


@dataclass(frozen=True, slots=True)
class Correction:
    """A message after a change, the call that its words made, and the bot's messages that show it.

    `told`: somebody had read what it said before, and hears of the change.
    """

    message: HelpMessage
    call: HelpCall | None
    copies: list[RelayedCopy]
    told: bool


def correct(
    connection: sqlite3.Connection, incoming: IncomingMessage, edited_at: int, *, author: int, now: datetime
) -> Correction | None:
    """Store what a message says now; None when it was not kept before, or not written by `author`."""
    before = help_message_store.find(connection, incoming.chat_id, incoming.message_id)
    if before is None or before.author_id != author:
        return None
    call = _call_of(connection, before)
    number = call.id if call else None
    if (before.words, before.marks, before.media) == (incoming.words, incoming.marks, incoming.media):
        # It came before, or only its preview has changed; if it came before, what shows it may not have followed yet.
        shown = correction_store.copies(connection, before, number) if before.earlier is not None else []
        return Correction(before, call, shown, told=False)
    readers = correction_store.readers(connection, before, number, unread=False)
    waiting = correction_store.readers(connection, before, number, unread=True)
    after = correction_store.correct(connection, before, incoming, edited_at, read=bool(readers))
    # What has not left yet says what it says now; where that is longer, the rest follows.
    message_type = relay_messages.WORDS if after.person_id == after.author_id else relay_messages.WRITTEN
    relay_messages.enqueue(connection, message_type, after, _people(connection, waiting), now)
    has_other_media = before.media != after.media
    correction_messages.tell(connection, after, _people(connection, readers), edited_at, copy=has_other_media, now=now)
    return Correction(after, call, correction_store.copies(connection, after, number), told=bool(readers))


def move_pin(
    connection: sqlite3.Connection,
    author_id: int,
    chat_id: int,
    message_id: int,
    *,
    position: tuple[float, float],
    until: datetime,
) -> tuple[int, ...] | None:
    """A place that its writer shares is elsewhere now, and moves on until a moment; None when it is not kept.

    Returns the outbox rows of pins that show where it was; those that are not sent yet will show where it is.
    """
    message = help_message_store.find(connection, chat_id, message_id)
    if message is None or message.pin is None or message.author_id != author_id:
        return None
    correction_store.move_pin(connection, message, position, until)
    return correction_store.pins(connection, message)


def _people(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Person]:
    return [someone for number in numbers if (someone := person.by_id(connection, number))]


def _call_of(connection: sqlite3.Connection, message: HelpMessage) -> HelpCall | None:
    """The call whose alert shows the message."""
    call = help_store.get(connection, message.help_id) if message.help_id is not None else None
    if call is None or call.kind.urgent:
        return None
    first = help_message_store.first_of_call(connection, call.id)
    return call if first is not None and first.id == message.id else None
