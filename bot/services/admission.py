"""A stranger asks to be let in, and an organizer answers: everybody concerned hears of it."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.access import Role
from bot.messages import admission as admission_messages
from bot.services import role as role_service
from bot.store import admission as admission_store
from bot.store import audit as audit_store
from bot.store import joining as joining_store
from bot.store import person
from bot.store.admission import Admission
from bot.store.person import Person
from bot.store.role import RoleGrant


@dataclass(frozen=True, slots=True)
class Decision:
    """What an organizer's answer did: the request (None: it is gone), whether it changed, the staff role it gave."""

    admission: Admission | None
    changed: bool
    grant: RoleGrant | None


def ask(
    connection: sqlite3.Connection,
    telegram_id: int,
    *,
    name: str,
    username: str | None,
    language: str,
    owners: Collection[int],
    now: datetime,
) -> Admission:
    """Keep that this account asks to be let in, and tell the organizers. Asking twice does not alert them twice."""
    admission = admission_store.add(connection, telegram_id, name=name, username=username, language=language, now=now)
    admission_messages.tell_staff(connection, person.staff(connection, owners), now)
    return admission


def decide(
    connection: sqlite3.Connection,
    number: int,
    role: Role | None,
    by: Person,
    *,
    owners: Collection[int],
    now: datetime,
) -> Decision:
    """Let the stranger in as `role`, or not (None), and tell everybody concerned. Only a refusal can be changed."""
    changed = admission_store.answer(connection, number, role, by.id, now)
    admission = admission_store.by_id(connection, number)
    if not changed or admission is None:
        return Decision(admission, changed, None)
    someone = _let_in(connection, admission, role, now) if role is not None else None
    subject, who = f"admission:{admission.id}", someone.id if someone is not None else None
    if role is None:
        audit_store.record(connection, "admission.refused", by_id=by.id, now=now, subject=subject)
    else:
        about = {"role": role}
        audit_store.record(
            connection, "admission.admitted", by_id=by.id, now=now, person_id=who, subject=subject, details=about
        )
    admission_messages.tell_stranger(connection, admission, now)
    if someone is None:
        return Decision(admission, changed, None)
    grant = role_service.announce(connection, someone, owners=owners, now=now, by_id=by.id)
    return Decision(admission, changed, grant)


def _let_in(connection: sqlite3.Connection, admission: Admission, role: Role, now: datetime) -> Person:
    return joining_store.begin(
        connection,
        admission.telegram_id,
        username=admission.username,
        language=admission.language,
        role=role,
        now=now,
    )
