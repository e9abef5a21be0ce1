"""A person's own data: another name, and the erasure of everything."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.messages.departure import DepartureResult
from bot.services import attendance as attendance_service
from bot.services import departure as departure_service
from bot.services import headcount as headcount_service
from bot.services import staff_group as staff_group_service
from bot.store import conversation, person
from bot.store import me as me_store
from bot.store.conversation import Conversation
from bot.store.departure import DepartureReason
from bot.store.person import Person


def rename(
    connection: sqlite3.Connection, person_id: int, name: str, *, chat_id: int, awaits: Conversation | None
) -> None:
    """Set the name; it ends the question for it (`awaits`), if there was one."""
    person.set_name(connection, person_id, name)
    if awaits is not None:
        conversation.end(connection, chat_id, awaits)


def set_group(connection: sqlite3.Connection, me: Person, group: str, now: datetime) -> None:
    """Put the person into a group; a headcount and a session of that group ask them, too."""
    person.set_group(connection, me.id, group)
    headcount_service.ask_who_came(connection, me.id, now)
    attendance_service.ask_who_came(connection, me.id, now)


def erase(
    connection: sqlite3.Connection,
    me: Person,
    *,
    update_id: int,
    named: bool,
    owners: Collection[int],
    now: datetime,
) -> DepartureResult:
    """Erase everything about the person, and what was about to be sent to them; organizers hear that someone left.

    `named`: they hear who. `update_id` is the update that asks for it, which counts as handled from here on.
    """
    result = departure_service.leave(connection, me, DepartureReason.ERASED, named=named, owners=owners, now=now)
    staff_group_service.forget(connection, me, now)
    me_store.erase(connection, me, update_id, now)
    return result
