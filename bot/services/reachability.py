"""Whether the bot can write to somebody, and what follows from that for what waits."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.services import attendance as attendance_service
from bot.services import broadcast_card as broadcast_card_service
from bot.services import headcount as headcount_service
from bot.services import programme_publish as programme_publish_service
from bot.services import redelivery as redelivery_service
from bot.store import person, side_effects
from bot.store.person import Person


def unblocked(connection: sqlite3.Connection, someone: Person, *, owners: Collection[int], now: datetime) -> None:
    """Somebody has unblocked the bot: they get what is open, and what has changed."""
    person.set_reachable(connection, someone.telegram_id, reachable=True)
    redelivery_service.redeliver(connection, owners, now)
    broadcast_card_service.offer(connection, someone.id, now)
    headcount_service.ask_who_came(connection, someone.id, now)
    attendance_service.ask_who_came(connection, someone.id, now)
    programme_publish_service.tell_returned(connection, someone, now)


def blocked(connection: sqlite3.Connection, someone: Person, *, owners: Collection[int], now: datetime) -> None:
    """Somebody has blocked the bot: nothing waits for them, and what they alone were to read goes to others."""
    side_effects.unreachable(connection, someone.id, now)
    redelivery_service.redeliver(connection, owners, now)


def lost(connection: sqlite3.Connection, chat_id: int, now: datetime) -> None:
    """A private chat takes no messages any more: nothing waits for whose it is."""
    someone = person.by_telegram_id(connection, chat_id)
    if someone is not None:
        side_effects.unreachable(connection, someone.id, now)
