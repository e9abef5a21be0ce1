"""What someone who has just come in gets at once."""

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from bot.clock import to_text
from bot.delivery.message_types import MessageType, Priority, Rendering
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import outbox
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import agenda

_TTL: Final = timedelta(days=1)


def enqueue(connection: sqlite3.Connection, someone: Person, seminar: Seminar, now: datetime) -> None:
    """Today's agenda for someone who comes in now; before the seminar what its first day brings.

    Written with the consent, so that a crash in between loses neither. Call it once for each time someone comes in.
    """
    event = f"newcomer:{someone.id}:{to_text(now)}"
    kind = "newcomer.first_day" if seminar.today(now) < seminar.first else "newcomer.agenda"
    draft = Draft(
        key=f"{event}:{kind}",
        event=event,
        kind=kind,
        chat_id=someone.telegram_id,
        person_id=someone.id,
        priority=Priority.AGENDA,
        due_at=now,
        expires_at=now + _TTL,
    )
    outbox.enqueue(connection, [draft], now)


def _agenda(given: Rendering) -> Screen | None:
    return agenda.today(given.words, given.seminar, group=given.recipient.group_key, now=given.now)


def _first_day(given: Rendering) -> Screen | None:
    return agenda.day(given.words, given.seminar, 1, group=given.recipient.group_key, now=given.now)


MESSAGE_TYPES = (
    MessageType("newcomer.agenda", Priority.AGENDA, _agenda),
    MessageType("newcomer.first_day", Priority.AGENDA, _first_day),
)
