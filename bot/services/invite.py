"""An invitation is withdrawn: nobody comes in by it any more, and what it gave ends."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.access import Role
from bot.store import audit as audit_store
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from bot.store import person
from bot.store.person import Person


@dataclass(frozen=True, slots=True)
class Revoked:
    """A link that lets nobody in any more, and the names of who came in by it as an owner and is none now."""

    former_owners: tuple[str, ...]


def make(connection: sqlite3.Connection, role: Role, by: Person | None, *, days: int, now: datetime) -> str:
    """Make an invitation and return its code; `by` None: on the command line."""
    code = invite_store.create(connection, role, days=days, now=now, made_by=by.telegram_id if by else None)
    audit_store.record(connection, "invite.made", by_id=by.id if by else None, now=now, details={"role": role})
    return code


def withdraw(connection: sqlite3.Connection, number: int, now: datetime, *, by_id: int | None = None) -> bool:
    """Revoke a link, if it still works; return whether it did. A card may be older than who came in by it."""
    works = any(link.id == number for link in invite_store.working(connection, now))
    return works and revoke(connection, number, now, by_id=by_id) is not None


def revoke(connection: sqlite3.Connection, number: int, now: datetime, *, by_id: int | None = None) -> Revoked | None:
    """Withdraw an invitation: who opened it and has not come in yet does not come in by it. None: it was none.

    Who has come in stays; an owner who did so by it stays as what they are beside that.
    """
    if not invite_store.revoke(connection, number, now):
        return None
    audit_store.record(connection, "invite.revoked", by_id=by_id, now=now, subject=f"invite:{number}")
    owners = [person.by_id(connection, person_id) for person_id in invite_store.owners_by(connection, number)]
    for one in filter(None, owners):
        person.end_ownership(connection, one.id)
    for person_id in invite_store.joining_through(connection, number):
        someone = person.by_id(connection, person_id)
        if someone is not None:
            joining_store.turn_away(connection, someone, now)
    return Revoked(tuple(one.name for one in owners if one is not None))
