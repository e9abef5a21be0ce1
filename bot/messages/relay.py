"""What people and organizers write to each other, passed on word by word; what is besides words is copied."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locale
from bot.messages import help as help_messages
from bot.messages.relay_copy import ALBUM, COPY, GATHERS, PIN, MessageOf
from bot.priority import Priority
from bot.quoted import fits_caption, in_pieces
from bot.screen import Screen
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store import outbox
from bot.store import redelivery as redelivery_store
from bot.store import relay_copy as relay_copy_store
from bot.store.claims import Row
from bot.store.help import HelpCall
from bot.store.help_message import HelpMessage
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.relay_copy import Relayed
from bot.views import relay as relay_view


@dataclass(frozen=True, slots=True)
class PartOf:
    """A piece of this message's words, counted from 0: long words take several messages."""

    message: int
    part: int


RelayType = MessageType[PartOf, Relayed | None]


def enqueue(
    connection: sqlite3.Connection,
    message_type: RelayType,
    message: HelpMessage,
    readers: Iterable[Person],
    now: datetime,
) -> None:
    """Make the rows that bring a message that is passed on to these readers; pieces that are on their way stay so.

    Words that make a call are in its alert already; only what does not fit there has rows of its own. Words under a
    picture or a file stand in its caption, where they fit.
    """
    call = _call_of(connection, message)
    first = help_message_store.first_of_call(connection, call.id) if call is not None and not call.kind.urgent else None
    in_alert = message_type is WORDS and first is not None and first.id == message.id
    # A later part of an album needs no line that says whose it is.
    bare = message.part_of is not None and not message.words
    is_caption = bare or fits_caption(message)
    pieces = range(1 if in_alert else 0, 0 if is_caption else len(in_pieces(message)))
    priority = help_messages.priority(call)
    drafts = [
        draft
        for reader in readers
        for draft in _drafts(
            message_type, message, pieces, reader, due_at=_due_at(connection, message, reader, now), priority=priority
        )
    ]
    outbox.enqueue(connection, redelivery_store.only_missing(connection, drafts), now)


def _drafts(
    message_type: RelayType,
    message: HelpMessage,
    pieces: range,
    reader: Person,
    *,
    due_at: datetime,
    priority: Priority,
) -> Iterator[Draft]:
    occurrence = f"{message_type.name}:{message.id}"
    key = f"{occurrence}:person-{reader.id}"
    for part in pieces:
        yield message_type.draft(
            PartOf(message.id, part),
            key=f"{key}:{part}",
            occurrence=occurrence,
            chat_id=reader.telegram_id,
            person_id=reader.id,
            due_at=due_at,
            priority=priority,
        )
    if message.media:
        # The parts of an album come one by one, within moments; they go on as one. What follows waits behind it.
        copy_type = PIN if message.pin else ALBUM if message.is_in_album and message.part_of is None else COPY
        yield copy_type.draft(
            MessageOf(message.id),
            key=f"{key}:copy",
            occurrence=occurrence,
            chat_id=reader.telegram_id,
            person_id=reader.id,
            due_at=due_at,
            priority=priority,
        )


def _due_at(connection: sqlite3.Connection, message: HelpMessage, reader: Person, now: datetime) -> datetime:
    """Words that have a message of their own before an album need not wait for its parts; they do, to stay together."""
    waits_until = relay_copy_store.album_waits_until(connection, reader.telegram_id)
    due_at = now + GATHERS if message.is_in_album else now
    return max(due_at, waits_until) if waits_until is not None else due_at


def _call_of(connection: sqlite3.Connection, message: HelpMessage) -> HelpCall | None:
    """The call that a message belongs to: an organizer's words to somebody in trouble belong to that call."""
    if message.help_id is not None:
        return help_store.get(connection, message.help_id)
    return help_store.latest_urgent(connection, message.person_id)


def priority_of(connection: sqlite3.Connection, message: HelpMessage) -> Priority:
    """How urgent whatever belongs to a message is."""
    return help_messages.priority(_call_of(connection, message))


# --- rendering ----------------------------------------------------------------------------------------------------


def load_relayed(connection: sqlite3.Connection, arguments: PartOf, row: Row) -> Relayed | None:
    """The message, if it is still there and still as long: its writer may have made it shorter."""
    relayed = relay_copy_store.load(connection, arguments.message, row.chat_id, row.person_id)
    return relayed if relayed and arguments.part < len(in_pieces(relayed.message)) else None


def _words(given: Rendering[PartOf, Relayed | None]) -> Screen | None:
    if (relayed := given.context) is None:
        return None
    return relay_view.from_person(given.locale, given.seminar, relayed, given.arguments.part, given.now)


def _written(given: Rendering[PartOf, Relayed | None]) -> Screen | None:
    if (relayed := given.context) is None:
        return None
    return relay_view.from_staff(given.locale, given.seminar, relayed, given.arguments.part, given.now)


def _title(_: Locale) -> str:
    return _.plain("Words to or from organizers")


WORDS: RelayType = MessageType(
    "help.words",
    PartOf,
    load_relayed,
    _words,
    despite_pause=True,
    priority=Priority.ALERT,
    title=_title,
    ttl=help_messages.TTL,
)
WRITTEN: RelayType = MessageType(
    "help.written",
    PartOf,
    load_relayed,
    _written,
    despite_pause=True,
    priority=Priority.ALERT,
    title=_title,
    ttl=help_messages.TTL,
)
MESSAGE_TYPES = (WORDS, WRITTEN)
