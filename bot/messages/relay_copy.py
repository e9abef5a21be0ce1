"""A photo, an album, a place that moves: copied to who it is for. Where Telegram refuses that, both hear of it."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locale
from bot.messages import help as help_messages
from bot.priority import Priority
from bot.screen import Screen
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store import outbox, person
from bot.store import relay_copy as relay_copy_store
from bot.store.claims import Row
from bot.store.help_message import HelpMessage
from bot.store.person import Person
from bot.store.relay_copy import Relayed
from bot.views import correction as correction_view
from bot.views import relay as relay_view

# So long the first part of an album waits for the others; phones send them together.
GATHERS: Final = timedelta(seconds=1)
_TTL: Final = timedelta(days=1)
_NO_VOICE: Final = "VOICE_MESSAGES_FORBIDDEN"


@dataclass(frozen=True, slots=True)
class MessageOf:
    """This message that somebody wrote."""

    message: int


@dataclass(frozen=True, slots=True)
class NotPassed:
    """This message did not get through; `reader` is who accepts no voice messages, where that is why."""

    message: int
    reader: int | None = None


@dataclass(frozen=True, slots=True)
class MessageAndReader:
    """A message that did not get through, and who accepts no voice messages, where that is why."""

    message: HelpMessage
    reader: Person | None


def refused(connection: sqlite3.Connection, arguments: MessageOf, row: Row, error: str, now: datetime) -> None:
    """A copy was refused: its reader sees that something is missing, its writer that nobody has it, if that is so."""
    message = help_message_store.get(connection, arguments.message)
    author = person.by_id(connection, message.author_id) if message else None
    reader = person.by_id(connection, row.person_id) if row.person_id is not None else None
    if message is None or author is None or reader is None:
        return
    call = help_store.get(connection, message.help_id) if message.help_id is not None else None
    drafts = [
        NOT_COPIED.draft(
            MessageOf(message.id),
            key=f"{NOT_COPIED.name}:{row.occurrence}:person-{reader.id}",
            occurrence=f"{NOT_COPIED.name}:{message.id}",
            chat_id=reader.telegram_id,
            person_id=reader.id,
            due_at=now,
            priority=help_messages.priority(call),
        )
    ]
    if not outbox.sent_or_pending(connection, row.occurrence, row.kind):
        drafts.append(
            NOT_PASSED.draft(
                NotPassed(message.id, reader.id if _NO_VOICE in error.upper() else None),
                key=f"{NOT_PASSED.name}:{row.occurrence}:person-{author.id}",
                occurrence=f"{NOT_PASSED.name}:{message.id}",
                chat_id=author.telegram_id,
                person_id=author.id,
                due_at=now,
                priority=help_messages.priority(call),
            )
        )
    outbox.enqueue(connection, drafts, now)


# --- rendering ----------------------------------------------------------------------------------------------------


def load_message(connection: sqlite3.Connection, arguments: MessageOf, row: Row) -> HelpMessage | None:
    """The message, or None when it is not kept any more."""
    del row
    return help_message_store.get(connection, arguments.message)


def _load_with_reader(connection: sqlite3.Connection, arguments: NotPassed, row: Row) -> MessageAndReader | None:
    del row
    message = help_message_store.get(connection, arguments.message)
    reader = person.by_id(connection, arguments.reader) if arguments.reader else None
    return MessageAndReader(message, reader) if message else None


def _load_copy(connection: sqlite3.Connection, arguments: MessageOf, row: Row) -> Relayed | None:
    """The message, or None when it is not kept any more, or is there as a part of its album."""
    relayed = relay_copy_store.load(connection, arguments.message, row.chat_id, row.person_id)
    is_change = row.occurrence.startswith("help.corrected:")
    if relayed is None or (not is_change and relay_copy_store.is_in_album(connection, relayed.message, row.chat_id)):
        return None
    return relayed


def _copy(given: Rendering[MessageOf, Relayed | None]) -> Screen | None:
    return relay_view.copy(given.locale, given.seminar, given.context, given.now) if given.context else None


def _album(given: Rendering[MessageOf, Relayed | None]) -> Screen | None:
    return relay_view.album(given.locale, given.seminar, given.context, given.now) if given.context else None


def _album_sent(connection: sqlite3.Connection, arguments: MessageOf, row: Row, message_ids: Sequence[int]) -> None:
    first = help_message_store.get(connection, arguments.message)
    if first is not None:
        relay_copy_store.add_album(connection, row.chat_id, message_ids, relay_copy_store.album_of(connection, first))


def _pin(given: Rendering[MessageOf, HelpMessage | None]) -> Screen | None:
    return correction_view.pin(given.context, given.now) if given.context else None


def _not_copied(given: Rendering[MessageOf, HelpMessage | None]) -> Screen | None:
    return correction_view.not_copied(given.locale, given.context) if given.context else None


def _not_passed(given: Rendering[NotPassed, MessageAndReader | None]) -> Screen | None:
    if given.context is None:
        return None
    message, reader = given.context.message, given.context.reader
    contacts = given.seminar.contacts if message.author_id == message.person_id else ()
    if reader is None:
        return relay_view.did_not_pass(given.locale, contacts)
    return relay_view.no_voice(given.locale, reader.name, contacts)


def _title(_: Locale) -> str:
    return _.plain("Something that could not be passed on")


COPY = MessageType(
    "help.copy",
    MessageOf,
    _load_copy,
    _copy,
    despite_pause=True,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Words to or from organizers"),
    ttl=help_messages.TTL,
    refused=refused,
)
ALBUM = MessageType(
    "help.album",
    MessageOf,
    _load_copy,
    _album,
    despite_pause=True,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Words to or from organizers"),
    ttl=help_messages.TTL,
    sent_album=_album_sent,
    refused=refused,
)
PIN = MessageType(
    "help.pin",
    MessageOf,
    load_message,
    _pin,
    despite_pause=True,
    priority=Priority.ALERT,
    title=lambda _: _.plain("A place that moves"),
    ttl=help_messages.TTL,
    refused=refused,
)
NOT_COPIED = MessageType(
    "help.not_copied",
    MessageOf,
    load_message,
    _not_copied,
    despite_pause=True,
    priority=Priority.ALERT,
    title=_title,
    ttl=_TTL,
)
NOT_PASSED = MessageType(
    "help.not_passed",
    NotPassed,
    _load_with_reader,
    _not_passed,
    despite_pause=True,
    priority=Priority.ALERT,
    title=_title,
    ttl=_TTL,
)
MESSAGE_TYPES = (COPY, ALBUM, PIN, NOT_COPIED, NOT_PASSED)
