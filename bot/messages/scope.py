"""What coordinators are told when an organizer has decided whose numbers they see."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.access import Role
from bot.delivery.message_types import MessageType, Rendering
from bot.people_filter import PeopleFilter
from bot.priority import Priority
from bot.screen import Screen
from bot.store import scope as scope_store
from bot.store.claims import Row
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import scope as scope_view

_TTL: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class ScopeOf:
    """Whose numbers this coordinator sees; the message says what is true when it is sent."""

    person: int


def told(someone: Person, audit_id: int, now: datetime) -> Draft:
    """Word to the coordinator of what was recorded under this number."""
    key = f"scope.told:{audit_id}"
    return TOLD.draft(
        ScopeOf(someone.id),
        key=key,
        occurrence=key,
        chat_id=someone.telegram_id,
        person_id=someone.id,
        due_at=now,
    )


def _load(connection: sqlite3.Connection, arguments: ScopeOf, _row: Row) -> PeopleFilter:
    return scope_store.get(connection, arguments.person)


def _told(given: Rendering[ScopeOf, PeopleFilter]) -> Screen | None:
    if given.recipient.role != Role.COORDINATOR:
        return None
    return scope_view.told(given.locale, given.seminar, given.context)


TOLD = MessageType(
    "scope.told",
    ScopeOf,
    _load,
    _told,
    priority=Priority.NOTICE,
    title=lambda _: _.plain("Whose numbers a coordinator sees"),
    ttl=_TTL,
)
MESSAGE_TYPES = (TOLD,)
