"""Someone leaves: organizers hear of it, and nothing of theirs stays open on anybody's phone."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.access import Role
from bot.messages import alert_cards as alert_cards_messages
from bot.messages import departure as departure_messages
from bot.messages.departure import DepartureResult
from bot.services import alert as alert_service
from bot.services import duty as duty_service
from bot.services import redelivery as redelivery_service
from bot.store import alert as alert_store
from bot.store import departure as departure_store
from bot.store import live_card as live_card_store
from bot.store import outbox, person
from bot.store.departure import DepartureReason
from bot.store.person import Person
from bot.store.sent import SentMessage


def leave(
    connection: sqlite3.Connection,
    someone: Person,
    how: DepartureReason,
    *,
    named: bool,
    owners: Collection[int],
    now: datetime,
) -> DepartureResult:
    """Tell organizers that this person leaves, end the alerts about them, and open again what they had taken.

    Call it in the transaction of the departure, before anything of the person is erased; then
    `bot.messages.departure.show`.
    """
    staff = _staff_beside(connection, someone, owners)
    closed, reopened, urgent = _close(connection, someone, staff, owners, now)
    departure = departure_store.add(connection, someone, how, named=named, closed=urgent, reopened=reopened, now=now)
    outbox.enqueue(connection, departure_messages.notices(departure, staff, now), now)
    return DepartureResult(bool(staff), someone.role is Role.TEACHER, closed)


def end(connection: sqlite3.Connection, someone: Person, *, owners: Collection[int], now: datetime) -> DepartureResult:
    """The same for whom an organizer removes: who did that, and whom, is told by the removal's own notice."""
    staff = _staff_beside(connection, someone, owners)
    closed, _reopened, _urgent = _close(connection, someone, staff, owners, now)
    return DepartureResult(bool(staff), someone.role is Role.TEACHER, closed)


def _staff_beside(connection: sqlite3.Connection, someone: Person, owners: Collection[int]) -> list[Person]:
    return [one for one in person.staff(connection, owners) if one.id != someone.id]


def _close(
    connection: sqlite3.Connection, someone: Person, staff: list[Person], owners: Collection[int], now: datetime
) -> tuple[tuple[SentMessage, ...], int, int]:
    own = alert_store.active_of(connection, someone.id)
    cards = tuple(
        copy
        for alert in own
        for copy in live_card_store.messages_of(connection, alert_cards_messages.CARDS.name, str(alert.id))
    )
    for alert in own:
        alert_service.settle_by_itself(connection, alert, now)
    duty_service.drop(connection, someone, by_id=someone.id, owners=owners, now=now)
    reopened = alert_service.release_all(connection, someone, staff, now)
    redelivery_service.hand_over(connection, someone, owners, now)
    return cards, len(reopened), sum(alert.kind.urgent for alert in own)
