"""What organizers change about one person: each once, recorded, and told to whom it concerns."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.access import Role
from bot.messages import people as people_messages
from bot.messages.departure import DepartureResult
from bot.messages.people import PersonChange, StaffNews
from bot.services import departure as departure_service
from bot.services import me as me_service
from bot.services import reachability as reachability_service
from bot.store import admission as admission_store
from bot.store import audit as audit_store
from bot.store import conversation, outbox, person, person_note
from bot.store import invite as invite_store
from bot.store import joining as joining_store
from bot.store.conversation import Conversation
from bot.store.person import Person


@dataclass(frozen=True, slots=True)
class Changed:
    """About whom it was (None: they are not here any more), and whether it changed something."""

    someone: Person | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """Somebody who is not in the bot any more, and what that changed on organizers' phones."""

    someone: Person
    departure: DepartureResult


def move(connection: sqlite3.Connection, me: Person, person_id: int, group: str, *, now: datetime) -> Changed:
    """Put a teacher into a group of the seminar; they are told."""
    someone = _member(connection, person_id)
    if someone is None or someone.role is not Role.TEACHER or someone.group == group:
        return Changed(someone, is_new=False)
    me_service.set_group(connection, someone, group, now)
    details = {"group": group, "was": someone.group}
    number = audit_store.record(connection, "person.moved", by_id=me.id, now=now, person_id=person_id, details=details)
    return _tell(connection, PersonChange.MOVED, someone, number, now)


def rename(
    connection: sqlite3.Connection,
    me: Person,
    person_id: int,
    name: str,
    *,
    awaits: Conversation | None = None,
    now: datetime,
) -> Changed:
    """Call somebody by another name; they are told. It ends the question for it (`awaits`)."""
    if awaits is not None:
        conversation.end(connection, me.telegram_id, awaits)
    someone = _member(connection, person_id)
    if someone is None or someone.name == name:
        return Changed(someone, is_new=False)
    person.set_name(connection, person_id, name)
    number = audit_store.record(connection, "person.renamed", by_id=me.id, now=now, person_id=person_id)
    return _tell(connection, PersonChange.RENAMED, someone, number, now)


def note(
    connection: sqlite3.Connection,
    me: Person,
    person_id: int,
    words: str,
    *,
    message_id: int,
    awaits: Conversation | None = None,
    now: datetime,
) -> Changed:
    """Note something of somebody, for the organizers."""
    if awaits is not None:
        conversation.end(connection, me.telegram_id, awaits)
    someone = _member(connection, person_id)
    is_new = person_note.add(connection, person_id, words, by_id=me.id, message_id=message_id, now=now)
    if is_new:
        audit_store.record(connection, "note.added", by_id=me.id, now=now, person_id=person_id)
    return Changed(someone, is_new)


def remove_note(connection: sqlite3.Connection, me: Person, number: int, *, now: datetime) -> int | None:
    """Forget a note; return whom it was about, None where it is gone already."""
    about = person_note.remove(connection, number)
    if about is not None:
        audit_store.record(connection, "note.removed", by_id=me.id, now=now, person_id=about)
    return about


def pause(connection: sqlite3.Connection, me: Person, person_id: int, *, now: datetime) -> Changed:
    """From now on nothing is sent to a teacher that nobody has written to them; what waits is cancelled."""
    someone = _member(connection, person_id)
    if someone is None or not person.set_paused(connection, person_id, now):
        return Changed(someone, is_new=False)
    number = audit_store.record(connection, "person.paused", by_id=me.id, now=now, person_id=person_id)
    return _tell(connection, PersonChange.PAUSED, someone, number, now)


def resume(
    connection: sqlite3.Connection, me: Person, person_id: int, *, owners: Collection[int], now: datetime
) -> Changed:
    """Messages come again, as after an unblocking: what is open and what has changed, and nothing of what was missed.

    Who is paused can end it (`me`), too, and needs no word of it.
    """
    someone = _member(connection, person_id)
    if someone is None or not person.set_paused(connection, person_id, None):
        return Changed(someone, is_new=False)
    number = audit_store.record(connection, "person.resumed", by_id=me.id, now=now, person_id=person_id)
    if someone.reachable:
        reachability_service.unblocked(connection, someone, owners=owners, now=now)
    if someone.id == me.id:
        return Changed(someone, is_new=True)
    return _tell(connection, PersonChange.RESUMED, someone, number, now)


def remove(
    connection: sqlite3.Connection, me: Person, person_id: int, *, owners: Collection[int], now: datetime
) -> Removed | None:
    """Somebody is no member any more, and no invitation lets them in again until an organizer does.

    None where they are not here any more, or are of the staff: a role is taken back first.
    """
    someone = _member(connection, person_id)
    if someone is None or not is_removable(someone, owners):
        return None
    departure = departure_service.end(connection, someone, owners=owners, now=now)
    number = audit_store.record(connection, "person.removed", by_id=me.id, now=now, person_id=person_id)
    outbox.cancel(connection, person_id=person_id, now=now, why="removed")
    conversation.forget(connection, someone.telegram_id)
    invite_store.revoke_used(connection, someone.telegram_id, now)
    admission_store.forget(connection, someone.telegram_id)
    joining_store.remove(connection, someone, now)
    staff = [one for one in person.staff(connection, owners) if one.id != me.id]
    told = people_messages.news(StaffNews.REMOVED, someone, me.id, staff=staff, audit_id=number, now=now)
    outbox.enqueue(connection, [people_messages.removed(someone, number, now), *told], now)
    return Removed(someone, departure)


def is_removable(someone: Person, owners: Collection[int]) -> bool:
    """Whether a card can remove them: a teacher who is no owner."""
    return someone.role is Role.TEACHER and not someone.owner and someone.telegram_id not in owners


def _member(connection: sqlite3.Connection, person_id: int) -> Person | None:
    someone = person.by_id(connection, person_id)
    return someone if someone is not None and someone.active else None


def _tell(connection: sqlite3.Connection, what: PersonChange, someone: Person, number: int, now: datetime) -> Changed:
    """Put word of it into the outbox, unless the bot cannot write to them."""
    if someone.reachable:
        outbox.enqueue(connection, [people_messages.told(what, someone, number, now)], now)
    return Changed(someone, is_new=True)
