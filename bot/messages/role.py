"""What organizers are told when a role of the staff is given or taken back, and who is concerned."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.i18n import Locale
from bot.priority import Priority
from bot.screen import Screen
from bot.store import role as role_store
from bot.store.claims import Row
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.role import Demotion, RoleGrant
from bot.views import role as role_view

_TTL: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class GrantOf:
    """The role that somebody was given, or has lost."""

    grant: int


@dataclass(frozen=True, slots=True)
class LostFor:
    """What someone is whose role was taken back, and their language."""

    to: Demotion
    language: str


def notices(grant: RoleGrant, people: Iterable[Person], now: datetime) -> list[Draft]:
    """Word to each of them that the role was given."""
    return [_draft(NOTICE, grant, one, now) for one in people]


def endings(grant: RoleGrant, people: Iterable[Person], now: datetime) -> list[Draft]:
    """Word to each of them that the role was taken back."""
    return [_draft(ENDED, grant, one, now) for one in people]


def loss(grant: RoleGrant, to: Demotion, someone: Person, now: datetime) -> Draft:
    """Word to who has lost the role; as to an account, for who is put out is nobody's member any more."""
    occurrence = f"role.lost:{grant.id}"
    return LOST.draft(
        LostFor(to, someone.language),
        key=occurrence,
        occurrence=occurrence,
        chat_id=someone.telegram_id,
        person_id=None,
        due_at=now,
    )


def given(grant: RoleGrant, now: datetime) -> Draft:
    """Word to the member who was given the role."""
    occurrence = f"role.given:{grant.id}"
    return GIVEN.draft(
        GrantOf(grant.id),
        key=occurrence,
        occurrence=occurrence,
        chat_id=grant.telegram_id,
        person_id=grant.person_id,
        due_at=now,
    )


def _draft(message_type: MessageType[GrantOf, RoleGrant | None], grant: RoleGrant, to: Person, now: datetime) -> Draft:
    return message_type.draft(
        GrantOf(grant.id),
        key=f"{message_type.name}:{grant.id}:person-{to.id}",
        occurrence=grant.occurrence,
        chat_id=to.telegram_id,
        person_id=to.id,
        due_at=now,
    )


def _load_grant(connection: sqlite3.Connection, arguments: GrantOf, _row: Row) -> RoleGrant | None:
    return role_store.by_id(connection, arguments.grant)


def _notice(given: Rendering[GrantOf, RoleGrant | None]) -> Screen | None:
    """A role that was taken back before this was said needs no word."""
    grant = given.context
    return role_view.notice(given.locale, grant) if grant is not None and grant.stands else None


def _given(given: Rendering[GrantOf, RoleGrant | None]) -> Screen | None:
    grant = given.context
    return role_view.given(given.locale, grant) if grant is not None and grant.stands else None


def _ended(given: Rendering[GrantOf, RoleGrant | None]) -> Screen | None:
    grant = given.context
    return role_view.taken_back(given.locale, grant) if grant is not None and grant.ended_as else None


def _lost(given: Rendering[LostFor, None]) -> Screen | None:
    return role_view.lost(given.locale, given.arguments.to)


def _taken_back(_: Locale) -> str:
    return _.plain("A role was taken back")


NOTICE = MessageType(
    "role.notice",
    GrantOf,
    _load_grant,
    _notice,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Someone has a new role"),
    ttl=_TTL,
)
GIVEN = MessageType(
    "role.given",
    GrantOf,
    _load_grant,
    _given,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Someone has a new role"),
    ttl=_TTL,
)
ENDED = MessageType("role.ended", GrantOf, _load_grant, _ended, priority=Priority.ALERT, title=_taken_back, ttl=_TTL)
LOST = MessageType("role.lost", LostFor, no_context, _lost, priority=Priority.ALERT, title=_taken_back, ttl=_TTL)
MESSAGE_TYPES = (NOTICE, GIVEN, ENDED, LOST)
