"""Whose numbers a coordinator sees: an organizer decides it once, it is recorded, and the coordinator is told."""

import sqlite3
from collections.abc import Collection
from datetime import datetime

from bot.access import Role
from bot.messages import scope as scope_messages
from bot.people_filter import PeopleFilter
from bot.store import audit as audit_store
from bot.store import outbox, person
from bot.store import scope as scope_store
from bot.store.person import Person


def is_limitable(someone: Person | None, owners: Collection[int]) -> bool:
    """Whether numbers can be kept from them: a coordinator who is no owner."""
    if someone is None or not someone.active or someone.role is not Role.COORDINATOR:
        return False
    return not someone.owner and someone.telegram_id not in owners


def set_scope(
    connection: sqlite3.Connection,
    me: Person,
    person_id: int,
    people: PeopleFilter,
    *,
    owners: Collection[int],
    now: datetime,
) -> bool | None:
    """Let a coordinator see these people's numbers alone. Return whether that changed something; None: they are none.

    The districts are recorded by how many they are: they are words of the roster.
    """
    someone = person.by_id(connection, person_id)
    if someone is None or not is_limitable(someone, owners):
        return None
    if not scope_store.set_scope(connection, person_id, people, by_id=me.id, now=now):
        return False
    details: dict[str, str | int | bool | None] = {
        "groups": ",".join(people.groups),
        "districts": len(people.districts),
    }
    number = audit_store.record(connection, "scope.changed", by_id=me.id, now=now, person_id=person_id, details=details)
    if someone.reachable:
        outbox.enqueue(connection, [scope_messages.told(someone, number, now)], now)
    return True
