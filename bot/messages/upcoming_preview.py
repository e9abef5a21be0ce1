"""A message that is still to be sent, as one of its readers will get it: rendered by its own type."""

import sqlite3
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.clock import to_text
from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locales
from bot.messages import absence as absence_messages
from bot.messages.registry import MESSAGE_TYPES
from bot.programme.model import Seminar
from bot.screen import Change, Screen
from bot.store import absence as absence_store
from bot.store import audience, person
from bot.store.audience import Reader
from bot.store.claims import Recipient, Row
from bot.store.fanout import Occurrence


class Loaded(NamedTuple):
    """What the message is rendered from: its recipient and the context that its type has loaded."""

    recipient: Recipient
    context: Any


def load(connection: sqlite3.Connection, occurrence: Occurrence, reader: Reader) -> Loaded | None:
    """Find somebody who will get it, and load what their message needs. None where nobody would get it.

    What everybody of a language (and group) gets alike needs nobody.
    """
    message_type = MESSAGE_TYPES[occurrence.kind]
    if message_type.shared:
        group = reader.group if message_type.by_group else None
        anyone = Recipient(None, 0, "", reader.language, None, group)
        return Loaded(anyone, _context(connection, message_type, occurrence, None))
    found = audience.example(connection, occurrence.roles, occurrence.audience, occurrence.data, reader)
    someone = person.by_id(connection, found) if found is not None else None
    if someone is None:
        return None
    recipient = Recipient(
        someone.id,
        someone.telegram_id,
        someone.name,
        reader.language,
        someone.role.value,
        reader.group or someone.group,
    )
    return Loaded(recipient, _context(connection, message_type, occurrence, someone.id))


def render(seminar: Seminar, locales: Locales, occurrence: Occurrence, loaded: Loaded, now: datetime) -> Screen | None:
    """The message at the moment at which it is sent, or None when it would not be sent to this reader."""
    message_type = MESSAGE_TYPES[occurrence.kind]
    arguments, recipient = (
        message_type.read(_row(occurrence, recipient_id=loaded.recipient.person_id)),
        loaded.recipient,
    )
    at, late = max(now, occurrence.due_at), max(now - occurrence.due_at, timedelta(0))
    given = Rendering(arguments, recipient, loaded.context, seminar, locales[recipient.language], at, late)
    screen = message_type.render(given)
    assert not isinstance(screen, Change)  # what is planned is a new message
    return screen


def _context(
    connection: sqlite3.Connection, message_type: MessageType[Any, Any], occurrence: Occurrence, person_id: int | None
) -> Any:
    row = _row(occurrence, recipient_id=person_id)
    arguments = message_type.read(row)
    if message_type is absence_messages.ALERT:
        # Before the check-in is asked there is no list. This shows the one of that moment, if nobody else answers.
        return absence_store.roll_call(connection, arguments.key, arguments.opens)
    return message_type.load_context(connection, arguments, row)


def _row(occurrence: Occurrence, *, recipient_id: int | None) -> Row:
    """The row that the fan-out would make."""
    return Row(
        0,
        f"{occurrence.key}:person-{recipient_id}",
        occurrence.key,
        occurrence.kind,
        0,
        recipient_id,
        occurrence.data,
        to_text(occurrence.due_at),
        to_text(occurrence.expires_at),
        1,
        0,
        occurrence.priority,
    )
