"""Telegram refuses for good to bring somebody what another person sent: both hear of it, in their own languages."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.screen import Screen
from bot.store import help as helps
from bot.store import outbox, person
from bot.store.help import HelpMessage
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import correction
from bot.views import help as view

_NOT_COPIED: Final = "help.not_copied"  # to who should have got it
_NOT_PASSED: Final = "help.not_passed"  # to who sent it
_TTL: Final = timedelta(days=1)
_NO_VOICE: Final = "VOICE_MESSAGES_FORBIDDEN"


def of_copy(connection: sqlite3.Connection, row: Row, error: str, now: datetime) -> None:
    """A copy was refused: its reader sees that something is missing, its writer that nobody has it, if that is so."""
    message = helps.message(connection, int(str(row.data["message"])))
    author = person.by_id(connection, message.author_id) if message else None
    reader = person.by_id(connection, row.person_id) if row.person_id is not None else None
    if message is None or author is None or reader is None:
        return
    call = helps.by_id(connection, message.help_id) if message.help_id is not None else None
    priority = Priority.SOS if call is not None and call.kind.urgent else Priority.ALERT
    drafts = [_draft(_NOT_COPIED, row, message, reader, now, about={})]
    if not outbox.sent_or_pending(connection, row.event, row.kind):
        voice = _NO_VOICE in error.upper()
        drafts.append(_draft(_NOT_PASSED, row, message, author, now, about={"reader": reader.id if voice else None}))
    outbox.enqueue(connection, [replace(draft, priority=priority) for draft in drafts], now)


def _draft(
    kind: str, row: Row, message: HelpMessage, to: Person, now: datetime, *, about: Mapping[str, int | None]
) -> Draft:
    return Draft(
        key=f"{kind}:{row.event}:person-{to.id}",
        event=f"{kind}:{message.id}",
        kind=kind,
        chat_id=to.telegram_id,
        person_id=to.id,
        priority=Priority.ALERT,
        due_at=now,
        expires_at=now + _TTL,
        data={"message": message.id, **about},
    )


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_context(connection: sqlite3.Connection, row: Row) -> tuple[HelpMessage, Person | None] | None:
    message = helps.message(connection, int(str(row.data["message"])))
    number = row.data.get("reader")
    return (message, person.by_id(connection, int(str(number))) if number else None) if message else None


def _not_copied(given: Rendering) -> Screen | None:
    return correction.not_copied(given.words, given.context[0]) if isinstance(given.context, tuple) else None


def _not_passed(given: Rendering) -> Screen | None:
    if not isinstance(given.context, tuple):
        return None
    message, reader = given.context
    contacts = given.seminar.contacts if message.author_id == message.person_id else ()
    if reader is None:
        return view.did_not_pass(given.words, contacts)
    return view.no_voice(given.words, reader.name, contacts)


MESSAGE_TYPES = (
    MessageType(_NOT_COPIED, Priority.ALERT, _not_copied, load_context=_load_context),
    MessageType(_NOT_PASSED, Priority.ALERT, _not_passed, load_context=_load_context),
)
