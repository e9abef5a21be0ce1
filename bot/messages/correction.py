"""Who has read a message that its writer changes afterwards gets what it says now."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.delivery.message_types import MessageType, Rendering
from bot.messages import help as help_messages
from bot.messages import relay as relay_messages
from bot.messages.relay import PartOf
from bot.messages.relay_copy import COPY, MessageOf
from bot.priority import Priority
from bot.quoted import in_pieces
from bot.screen import Screen
from bot.store import correction as correction_store
from bot.store import outbox
from bot.store.help_message import HelpMessage
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.relay_copy import Relayed
from bot.views import correction as correction_view


def tell(
    connection: sqlite3.Connection,
    message: HelpMessage,
    readers: Iterable[Person],
    edited_at: int,
    *,
    copy: bool,
    now: datetime,
) -> None:
    """Tell those who have read it what it says now; `copy`: what is besides the words has changed, too."""
    outbox.cancel(connection, event=correction_store.occurrence(message), now=now, why="changed again")
    priority = relay_messages.priority_of(connection, message)
    for one in readers:
        outbox.enqueue(connection, _drafts(message, one, edited_at, copy=copy, now=now, priority=priority), now)


def _drafts(
    message: HelpMessage, reader: Person, edited_at: int, *, copy: bool, now: datetime, priority: Priority
) -> Iterator[Draft]:
    key = f"{correction_store.occurrence(message)}:{edited_at}:person-{reader.id}"
    for part in range(len(in_pieces(message))):
        yield CORRECTED.draft(
            PartOf(message.id, part),
            key=f"{key}:{part}",
            occurrence=correction_store.occurrence(message),
            chat_id=reader.telegram_id,
            person_id=reader.id,
            due_at=now,
            priority=priority,
        )
    if copy and message.media:
        yield COPY.draft(
            MessageOf(message.id),
            key=f"{key}:copy",
            occurrence=correction_store.occurrence(message),
            chat_id=reader.telegram_id,
            person_id=reader.id,
            due_at=now,
            priority=priority,
        )


def _render(given: Rendering[PartOf, Relayed | None]) -> Screen | None:
    if (relayed := given.context) is None:
        return None
    return correction_view.corrected(given.locale, relayed.message, given.arguments.part)


CORRECTED = MessageType(
    "help.corrected",
    PartOf,
    relay_messages.load_relayed,
    _render,
    despite_pause=True,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Correction of what was written"),
    ttl=help_messages.TTL,
)
MESSAGE_TYPES = (CORRECTED,)
