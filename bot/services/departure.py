"""Someone leaves: organizers hear of it, and nothing of theirs stays open on anybody's phone."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.access import Role
from bot.messages import departure as departure_messages
from bot.messages import help as help_messages
from bot.messages.departure import DepartureResult
from bot.services import duty as duty_service
from bot.services import redelivery as redelivery_service
from bot.store import departure as departure_store
from bot.store import help as help_store
from bot.store import outbox, person
from bot.store import sent as sent_store
from bot.store.departure import DepartureReason
from bot.store.person import Person


def leave(
    connection: sqlite3.Connection,
    someone: Person,
    how: DepartureReason,
    *,
    named: bool,
    owners: Collection[int],
    now: datetime,
) -> DepartureResult:
    """Tell organizers that this person leaves, close their calls, and open again what they had taken.

    Call it in the transaction of the departure, before anything of the person is erased; then
    `bot.messages.departure.show`.
    """
    own = help_store.active_of(connection, someone.id)
    cards = tuple(
        copy
        for call in own
        for copy in sent_store.messages_of(connection, help_messages.occurrence(call), help_messages.ALERT.name)
    )
    for call in own:
        help_store.close(connection, call.id, someone.id, now)
    staff = [one for one in person.staff(connection, owners) if one.id != someone.id]
    duty_service.drop(connection, someone, by_id=someone.id, owners=owners, now=now)
    reopened = help_messages.reopen_taken_by(connection, someone, staff, now)
    redelivery_service.hand_over(connection, someone, owners, now)
    urgent = sum(call.kind.urgent for call in own)
    departure = departure_store.add(
        connection, someone, how, named=named, closed=urgent, reopened=len(reopened), now=now
    )
    outbox.enqueue(connection, departure_messages.notices(departure, staff, now), now)
    return DepartureResult(told=bool(staff), of_teacher=someone.role is Role.TEACHER, closed=cards, reopened=reopened)
