"""What becomes of a message that its writer changes: it follows to wherever it was, and who has read it hears of it."""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.messages import help as help_messages
from bot.quoted import parts
from bot.screen import Screen
from bot.store import correction as store
from bot.store import help as helps
from bot.store import outbox, person
from bot.store.correction import CORRECTED, Copy
from bot.store.help import Call, HelpMessage
from bot.store.incoming_message import IncomingMessage
from bot.store.outbox import Draft
from bot.views import correction as view

_TTL = timedelta(days=3)


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
    before = helps.written(connection, incoming.chat_id, incoming.message_id)
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
    call = helps.by_id(connection, message.help_id) if message.help_id is not None else None
    if call is None or call.kind.urgent:
        return None
    first = helps.first_words(connection, call.id)
    return call if first is not None and first.id == message.id else None


def _lengthen(connection: sqlite3.Connection, message: HelpMessage, waiting: Collection[int], now: datetime) -> None:
    """What has not left yet says what it says now; where that is longer, the rest follows."""
    kind = "help.words" if message.person_id == message.author_id else "help.written"
    for one in waiting:
        if (reader := person.by_id(connection, one)) is not None:
            help_messages.give(connection, kind, message, [reader], now)


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
    for one in readers:
        if (reader := person.by_id(connection, one)) is None:
            continue
        key = f"{store.event(message)}:{edited_at}:person-{reader.id}"
        rows = [(f"{key}:{n}", CORRECTED, {"message": message.id, "part": n}) for n in range(len(parts(message)))]
        if copy and message.media:
            rows.append((f"{key}:copy", "help.copy", {"message": message.id}))
        drafts = [
            Draft(
                key=row_key,
                event=store.event(message),
                kind=kind,
                chat_id=reader.telegram_id,
                person_id=reader.id,
                priority=help_messages.priority_of(connection, message),
                due_at=now,
                expires_at=now + _TTL,
                data=data,
            )
            for row_key, kind, data in rows
        ]
        outbox.enqueue(connection, drafts, now)


def _load_context(connection: sqlite3.Connection, row: Row) -> HelpMessage | None:
    return helps.message(connection, int(str(row.data["message"])))


def _render(given: Rendering) -> Screen | None:
    if not isinstance(given.context, HelpMessage):
        return None
    return view.corrected(given.words, given.context, int(str(given.row.data["part"])))


MESSAGE_TYPES = (MessageType(CORRECTED, Priority.ALERT, _render, load_context=_load_context),)
