"""A role of the staff is given or taken back: every organizer hears of it, and who is concerned."""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.access import Role
from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.i18n import Words
from bot.messages import help as calls
from bot.priority import Priority
from bot.screen import Screen
from bot.store import admission, conversation, invite, joining, outbox, person
from bot.store import role as store
from bot.store.claims import Row
from bot.store.person import Person
from bot.store.role import End, Grant
from bot.views import role as view

_TTL: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class NoticeOf:
    """The role that somebody was given, or has lost."""

    grant: int


@dataclass(frozen=True, slots=True)
class LostFor:
    """What someone is whose role was taken back, and their language."""

    to: End
    language: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A role that was taken back: whose, and the calls for help that they had taken and nobody has now."""

    someone: Person
    reopened: tuple[int, ...]


def announce(
    connection: sqlite3.Connection, someone: Person, *, owners: Collection[int], now: datetime, by_id: int | None = None
) -> Grant | None:
    """Tell every organizer that someone has a role of the staff, and where it comes from; once for each time.

    Who gave it (`by_id`) sees it already, and the person knows. None where there is nothing to tell: the role is no
    staff's, was told before, or comes from the settings.
    """
    if someone.role not in store.STAFF_ROLES or store.is_known(connection, someone):
        return None
    source = store.source(connection, someone.telegram_id, someone.role)
    if source is None:
        return None
    grant = store.give(connection, someone, source, now)
    _tell(connection, NOTICE, grant, _others(connection, owners, someone.id, by_id), now)
    return grant


def take_back(
    connection: sqlite3.Connection, grant: Grant, to: End, by: Person, *, owners: Collection[int], now: datetime
) -> Ended | None:
    """Make someone a teacher, or nobody; what waits for them is cancelled.

    None when the role does not stand, or they are an owner by a link. The links and the answer that let them in do so
    no more.
    """
    someone = person.by_id(connection, grant.person_id)
    if someone is None or someone.owner or not grant.stands or not store.end(connection, grant.id, to, by.id, now):
        return None
    _tell(connection, ENDED, grant, _others(connection, owners, someone.id, by.id), now)
    reopened = calls.reopen(connection, someone, person.staff(connection, owners), now)
    outbox.cancel(connection, person_id=someone.id, now=now, why="role")
    conversation.forget(connection, someone.telegram_id)
    invite.revoke_used(connection, someone.telegram_id, now)
    back_as = Role.TEACHER if to is End.TEACHER else None
    admission.change_role(connection, someone.telegram_id, back_as, by.id, now)
    if to is End.TEACHER:
        person.set_role(connection, someone.id, Role.TEACHER)
    else:
        joining.put_out(connection, someone, now)
    _tell_person(connection, grant, to, someone, now)
    return Ended(someone, reopened)


def _others(connection: sqlite3.Connection, owners: Collection[int], *known: int | None) -> list[Person]:
    return [one for one in person.staff(connection, owners) if one.id not in known]


def _tell(
    connection: sqlite3.Connection,
    message_type: MessageType[NoticeOf, Grant | None],
    grant: Grant,
    people: Iterable[Person],
    now: datetime,
) -> None:
    drafts = [
        message_type.draft(
            NoticeOf(grant.id),
            key=f"{message_type.name}:{grant.id}:person-{one.id}",
            occurrence=grant.occurrence,
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
        )
        for one in people
    ]
    outbox.enqueue(connection, drafts, now)


def _tell_person(connection: sqlite3.Connection, grant: Grant, to: End, someone: Person, now: datetime) -> None:
    """As to an account, for who is put out is nobody's member any more."""
    occurrence = f"role.lost:{grant.id}"
    draft = LOST.draft(
        LostFor(to, someone.language),
        key=occurrence,
        occurrence=occurrence,
        chat_id=someone.telegram_id,
        person_id=None,
        due_at=now,
    )
    outbox.enqueue(connection, [draft], now)


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_grant(connection: sqlite3.Connection, arguments: NoticeOf, _row: Row) -> Grant | None:
    return store.by_id(connection, arguments.grant)


def _notice(given: Rendering[NoticeOf, Grant | None]) -> Screen | None:
    """A role that was taken back before this was said needs no word."""
    grant = given.context
    return view.notice(given.words, grant) if grant is not None and grant.stands else None


def _ended(given: Rendering[NoticeOf, Grant | None]) -> Screen | None:
    grant = given.context
    return view.taken_back(given.words, grant) if grant is not None and grant.ended_as else None


def _lost(given: Rendering[LostFor, None]) -> Screen | None:
    return view.lost(given.words, given.arguments.to)


def _taken_back(_: Words) -> str:
    return _.plain("A role was taken back")


NOTICE = MessageType(
    "role.notice",
    NoticeOf,
    _load_grant,
    _notice,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Someone has a new role"),
    ttl=_TTL,
)
ENDED = MessageType("role.ended", NoticeOf, _load_grant, _ended, priority=Priority.ALERT, title=_taken_back, ttl=_TTL)
LOST = MessageType("role.lost", LostFor, no_context, _lost, priority=Priority.ALERT, title=_taken_back, ttl=_TTL)
MESSAGE_TYPES = (NOTICE, ENDED, LOST)
