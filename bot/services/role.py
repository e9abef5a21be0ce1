"""A role of the staff is taken, given or taken back: every organizer hears of it, and who is concerned."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.access import Role
from bot.messages import role as role_messages
from bot.services import alert as alert_service
from bot.services import duty as duty_service
from bot.services import redelivery as redelivery_service
from bot.store import admission as admission_store
from bot.store import audit as audit_store
from bot.store import conversation, outbox, person
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from bot.store import role as role_store
from bot.store.invite import Invitation
from bot.store.person import Person
from bot.store.role import Demotion, GrantMethod, GrantSource, RoleGrant


@dataclass(frozen=True, slots=True)
class Appointed:
    """A member with a role of the staff."""

    someone: Person
    grant: RoleGrant


def accept(
    connection: sqlite3.Connection, me: Person, code: str, *, owners: Collection[int], now: datetime
) -> Invitation:
    """A member takes the role of a staff invitation, and lets go what was an organizer's alone.

    One for teachers changes nothing.
    """
    invitation = invite_store.redeem(connection, code, me.telegram_id, now)
    if not invitation.good or invitation.role is Role.TEACHER:
        return invitation
    person.set_role(connection, me.id, invitation.role)
    audit_store.record(
        connection, "role.taken", by_id=me.id, now=now, person_id=me.id, details={"role": invitation.role}
    )
    redelivery_service.redeliver(connection, owners, now)
    someone = person.by_id(connection, me.id)
    if someone is not None:
        announce(connection, someone, owners=owners, now=now)
    if invitation.role in {Role.ORGANIZER, Role.OWNER}:
        return invitation
    if not me.owner:
        duty_service.drop(connection, me, by_id=me.id, owners=owners, now=now)
    alert_service.release_all(connection, me, person.staff(connection, owners), now)
    return invitation


def announce(
    connection: sqlite3.Connection, someone: Person, *, owners: Collection[int], now: datetime, by_id: int | None = None
) -> RoleGrant | None:
    """Tell every organizer that someone has a role of the staff, and where it comes from; once for each time.

    Who gave it (`by_id`) sees it already, and the person knows. None where there is nothing to tell: the role is no
    staff's, was told before, or comes from the settings.
    """
    if someone.role not in role_store.STAFF_ROLES or role_store.is_known(connection, someone):
        return None
    source = role_store.source(connection, someone.telegram_id, someone.role)
    if source is None:
        return None
    grant = role_store.add(connection, someone, source, now)
    others = _others(connection, owners, someone.id, by_id)
    outbox.enqueue(connection, role_messages.notices(grant, others, now), now)
    return grant


def appoint(
    connection: sqlite3.Connection, person_id: int, role: Role, by: Person, *, owners: Collection[int], now: datetime
) -> Appointed | None:
    """Give a member a role of the staff; the other organizers hear of it, and they themselves.

    None where they are no member any more, are an owner, or have the role already.
    """
    someone = person.by_id(connection, person_id)
    if someone is None or not someone.active or someone.owner or someone.telegram_id in owners or someone.role is role:
        return None
    if someone.id == by.id or role not in role_store.STAFF_ROLES:
        return None
    person.set_role(connection, person_id, role)
    person.set_paused(connection, person_id, None)
    audit_store.record(connection, "role.given", by_id=by.id, now=now, person_id=person_id, details={"role": role})
    redelivery_service.redeliver(connection, owners, now)
    appointed = replace(someone, role=role, paused=False)
    grant = role_store.add(connection, appointed, GrantSource(GrantMethod.APPOINTMENT, by.id), now)
    others = _others(connection, owners, person_id, by.id)
    outbox.enqueue(connection, [*role_messages.notices(grant, others, now), role_messages.given(grant, now)], now)
    if role is Role.COORDINATOR:
        alert_service.release_all(connection, someone, person.staff(connection, owners), now)
    return Appointed(appointed, grant)


def take_back(
    connection: sqlite3.Connection, grant_id: int, to: Demotion, by: Person, *, owners: Collection[int], now: datetime
) -> Person | None:
    """Make someone a teacher, or nobody, and return them; what waits for them is cancelled.

    None when the role does not stand, or they are an owner by a link. The links and the answer that let them in do so
    no more.
    """
    grant = role_store.by_id(connection, grant_id)
    someone = person.by_id(connection, grant.person_id) if grant is not None else None
    if grant is None or someone is None or someone.owner or not grant.stands:
        return None
    if not role_store.end(connection, grant.id, to, by.id, now):
        return None
    ended: dict[str, str | int | bool | None] = {"role": grant.role, "to": to}
    audit_store.record(connection, "role.taken_back", by_id=by.id, now=now, person_id=someone.id, details=ended)
    others = _others(connection, owners, someone.id, by.id)
    outbox.enqueue(connection, role_messages.endings(grant, others, now), now)
    duty_service.drop(connection, someone, by_id=by.id, owners=owners, now=now)
    alert_service.release_all(connection, someone, person.staff(connection, owners), now)
    outbox.cancel(connection, person_id=someone.id, now=now, why="role")
    conversation.forget(connection, someone.telegram_id)
    _demote(connection, someone, to, by, now)
    outbox.enqueue(connection, [role_messages.loss(grant, to, someone, now)], now)
    return someone


def _demote(connection: sqlite3.Connection, someone: Person, to: Demotion, by: Person, now: datetime) -> None:
    invite_store.revoke_used(connection, someone.telegram_id, now)
    back_as = Role.TEACHER if to is Demotion.TEACHER else None
    admission_store.change_role(connection, someone.telegram_id, back_as, by.id, now)
    if to is Demotion.TEACHER:
        person.set_role(connection, someone.id, Role.TEACHER)
    else:
        joining_store.put_out(connection, someone, now)


def _others(connection: sqlite3.Connection, owners: Collection[int], *known: int | None) -> list[Person]:
    return [one for one in person.staff(connection, owners) if one.id not in known]
