"""What organizers are told when someone leaves, and what then changes on their phones."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.context import Context
from bot.delivery.message_types import MessageType, Rendering
from bot.messages import absence_cards as absence_cards_messages
from bot.priority import Priority
from bot.screen import Screen
from bot.store import departure as departure_store
from bot.store import live_card as live_card_store
from bot.store.claims import Row
from bot.store.departure import Departure
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.sent import SentMessage
from bot.views import departure as departure_view

_TTL: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class DepartureOf:
    """The departure of this number."""

    departure: int


@dataclass(frozen=True, slots=True)
class DepartureResult:
    """What a departure changed: whether anybody hears of it, and the cards of alerts that ended.

    `of_teacher`: organizers may have the person on a list of who is missing.
    """

    told: bool
    of_teacher: bool
    closed: tuple[SentMessage, ...]


def notices(departure: Departure, staff: Iterable[Person], now: datetime) -> list[Draft]:
    """Word of it to each of them."""
    return [
        NOTICE.draft(
            DepartureOf(departure.id),
            key=f"{departure.occurrence}:person-{one.id}",
            occurrence=departure.occurrence,
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
        )
        for one in staff
    ]


async def show(context: Context, result: DepartureResult) -> None:
    """Bring the cards of the alerts and the list of who is missing on organizers' phones up to date."""
    for copy in result.closed:
        await context.change(
            copy.chat_id, copy.message_id, departure_view.call_closed(context.runtime.locales[copy.language])
        )
    if result.of_teacher:
        await context.write(live_card_store.hurry_feature, absence_cards_messages.CARDS.name)
    context.runtime.wake()


def _load_departure(connection: sqlite3.Connection, arguments: DepartureOf, _row: Row) -> Departure | None:
    return departure_store.by_id(connection, arguments.departure)


def _notice(given: Rendering[DepartureOf, Departure | None]) -> Screen | None:
    departure = given.context
    return None if departure is None else departure_view.notice(given.locale, given.seminar, departure)


NOTICE = MessageType(
    "departure.notice",
    DepartureOf,
    _load_departure,
    _notice,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Someone has left"),
    ttl=_TTL,
)
MESSAGE_TYPES = (NOTICE,)
