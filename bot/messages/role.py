"""A role of the staff is given or taken back: every organizer hears of it, and who is concerned."""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.access import Role
from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.messages import help as calls
from bot.screen import Screen
from bot.store import admission, conversation, invite, joining, outbox, person
from bot.store import role as store
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.store.role import End, Grant
from bot.views import role as view

_TTL: Final = timedelta(days=3)


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
    _tell(connection, "role.notice", grant, _others(connection, owners, someone.id, by_id), now)
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
    _tell(connection, "role.ended", grant, _others(connection, owners, someone.id, by.id), now)
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


def _tell(connection: sqlite3.Connection, kind: str, grant: Grant, people: Iterable[Person], now: datetime) -> None:
    drafts = [
        Draft(
            key=f"{kind}:{grant.id}:person-{one.id}",
            event=grant.event,
            kind=kind,
            chat_id=one.telegram_id,
            person_id=one.id,
            priority=Priority.ALERT,
            due_at=now,
            expires_at=now + _TTL,
            data={"grant": grant.id},
        )
        for one in people
    ]
    outbox.enqueue(connection, drafts, now)


def _tell_person(connection: sqlite3.Connection, grant: Grant, to: End, someone: Person, now: datetime) -> None:
    """As to an account, for who is put out is nobody's member any more."""
    draft = Draft(
        key=f"role.lost:{grant.id}",
        event=f"role.lost:{grant.id}",
        kind="role.lost",
        chat_id=someone.telegram_id,
        person_id=None,
        priority=Priority.ALERT,
        due_at=now,
        expires_at=now + _TTL,
        data={"to": to, "language": someone.language},
    )
    outbox.enqueue(connection, [draft], now)


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_context(connection: sqlite3.Connection, row: Row) -> Grant | None:
    return store.by_id(connection, int(str(row.data["grant"])))


def _notice(given: Rendering) -> Screen | None:
    """A role that was taken back before this was said needs no word."""
    grant = given.context
    return view.notice(given.words, grant) if isinstance(grant, Grant) and grant.stands else None


def _ended(given: Rendering) -> Screen | None:
    grant = given.context
    return view.taken_back(given.words, grant) if isinstance(grant, Grant) and grant.ended_as else None


def _lost(given: Rendering) -> Screen | None:
    return view.lost(given.words, End(str(given.row.data["to"])))


MESSAGE_TYPES = (
    MessageType("role.notice", Priority.ALERT, _notice, load_context=_load_context),
    MessageType("role.ended", Priority.ALERT, _ended, load_context=_load_context),
    MessageType("role.lost", Priority.ALERT, _lost),
)
