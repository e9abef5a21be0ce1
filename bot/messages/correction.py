"""What becomes of a message that its writer changes: it follows to wherever it was, and who has read it hears of it."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.message_types import MessageType, Rendering
from bot.messages import help as help_messages
from bot.messages import relayed
from bot.messages.relay_copy import COPY, MessageOf
from bot.messages.relayed import PartOf
from bot.priority import Priority
from bot.quoted import parts
from bot.screen import Screen
from bot.store import correction as store
from bot.store import help as help_store
from bot.store import outbox, person
from bot.store.correction import Copy
from bot.store.help import Call, HelpMessage
from bot.store.incoming_message import IncomingMessage
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import correction as view


@dataclass(frozen=True, slots=True)
class Changed:
    """A message after a change, the call that its words made, and the bot's messages that show it.

    `told`: somebody had read what it said before, and hears of the change.
    """

    message: HelpMessage
    call: Call | None
    copies: list[Copy]
    told: bool


def change(
    connection: sqlite3.Connection, incoming: IncomingMessage, edited_at: int, *, author: int, now: datetime
) -> Changed | None:
    """Keep what a message says now; None when it was not kept before, or not written by `author`."""
    before = help_store.written(connection, incoming.chat_id, incoming.message_id)
    if before is None or before.author_id != author:
        return None
    call = _call_of(connection, before)
    number = call.id if call else None
    if (before.words, before.marks, before.media) == (incoming.words, incoming.marks, incoming.media):
        # It came before, or only its preview has changed; if it came before, what shows it may not have followed yet.
        shown = store.copies(connection, before, number) if before.earlier is not None else []
        return Changed(before, call, shown, told=False)
    readers = store.readers(connection, before, number, unread=False)
    after = store.correct(connection, before, incoming, edited_at, read=bool(readers))
    _lengthen(connection, after, store.readers(connection, before, number, unread=True), now)
    _tell(connection, after, readers, edited_at, copy=before.media != after.media, now=now)
    return Changed(after, call, store.copies(connection, after, number), told=bool(readers))


def _call_of(connection: sqlite3.Connection, message: HelpMessage) -> Call | None:
    """The call whose alert shows the message."""
    call = help_store.by_id(connection, message.help_id) if message.help_id is not None else None
    if call is None or call.kind.urgent:
        return None
    first = help_store.first_words(connection, call.id)
    return call if first is not None and first.id == message.id else None


def _lengthen(connection: sqlite3.Connection, message: HelpMessage, waiting: Collection[int], now: datetime) -> None:
    """What has not left yet says what it says now; where that is longer, the rest follows."""
    message_type = relayed.WORDS if message.person_id == message.author_id else relayed.WRITTEN
    for one in waiting:
        if (reader := person.by_id(connection, one)) is not None:
            relayed.give(connection, message_type, message, [reader], now)


def _tell(
    connection: sqlite3.Connection,
    message: HelpMessage,
    readers: Iterable[int],
    edited_at: int,
    *,
    copy: bool,
    now: datetime,
) -> None:
    outbox.cancel(connection, event=store.event(message), now=now, why="changed again")
    priority = relayed.priority_of(connection, message)
    for one in readers:
        if (reader := person.by_id(connection, one)) is not None:
            drafts = _drafts(message, reader, edited_at, copy=copy, now=now, priority=priority)
            outbox.enqueue(connection, drafts, now)


def _drafts(
    message: HelpMessage, reader: Person, edited_at: int, *, copy: bool, now: datetime, priority: Priority
) -> Iterator[Draft]:
    key = f"{store.event(message)}:{edited_at}:person-{reader.id}"
    for part in range(len(parts(message))):
        yield CORRECTED.draft(
            PartOf(message.id, part),
            key=f"{key}:{part}",
            occurrence=store.event(message),
            chat_id=reader.telegram_id,
            person_id=reader.id,
            due_at=now,
            priority=priority,
        )
    if copy and message.media:
        yield COPY.draft(
            MessageOf(message.id),
            key=f"{key}:copy",
            occurrence=store.event(message),
            chat_id=reader.telegram_id,
            person_id=reader.id,
            due_at=now,
            priority=priority,
        )


def _render(given: Rendering[PartOf, HelpMessage | None]) -> Screen | None:
    return view.corrected(given.words, given.context, given.arguments.part) if given.context else None


CORRECTED = MessageType(
    "help.corrected",
    PartOf,
    relayed.load_message,
    _render,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Correction of what was written"),
    ttl=help_messages.TTL,
)
MESSAGE_TYPES = (CORRECTED,)
