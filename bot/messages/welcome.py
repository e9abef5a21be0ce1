"""What someone who has just joined gets at once."""

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from bot.arguments import NoArguments
from bot.clock import to_text
from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.i18n import Locale
from bot.messages.today_card_screens import is_kept
from bot.priority import Priority
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import outbox
from bot.store.person import Person
from bot.views import agenda as agenda_view

_TTL: Final = timedelta(days=1)


def enqueue(connection: sqlite3.Connection, someone: Person, seminar: Seminar, now: datetime) -> None:
    """Today's agenda for someone who joins now; before the seminar what its first day brings.

    Written with the consent, so that a crash in between loses neither. Call it once for each time someone joins.
    """
    occurrence = f"newcomer:{someone.id}:{to_text(now)}"
    message_type = FIRST_DAY if seminar.today(now) < seminar.first else TODAY
    draft = message_type.draft(
        NoArguments(),
        key=f"{occurrence}:{message_type.name}",
        occurrence=occurrence,
        chat_id=someone.telegram_id,
        person_id=someone.id,
        due_at=now,
    )
    outbox.enqueue(connection, [draft], now)


def _title(_: Locale) -> str:
    return _.plain("Agenda")


def _today(given: Rendering[NoArguments, bool]) -> Screen | None:
    number = given.seminar.day_number_on(given.seminar.today(given.now))
    if number is None:
        return agenda_view.today(given.locale, given.seminar, group=given.recipient.group_key, now=given.now)
    return agenda_view.card(
        given.locale,
        given.seminar,
        number,
        group=given.recipient.group_key,
        now=given.now,
        changed=False,
        as_of=given.now,
        is_kept=given.context,
    )


def _first_day(given: Rendering[NoArguments, None]) -> Screen | None:
    return agenda_view.day(given.locale, given.seminar, 1, group=given.recipient.group_key, now=given.now)


# Their names stand in databases.
TODAY = MessageType("newcomer.agenda", NoArguments, is_kept, _today, priority=Priority.AGENDA, title=_title, ttl=_TTL)
FIRST_DAY = MessageType(
    "newcomer.first_day", NoArguments, no_context, _first_day, priority=Priority.AGENDA, title=_title, ttl=_TTL
)
MESSAGE_TYPES = (TODAY, FIRST_DAY)
