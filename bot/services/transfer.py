"""A person goes on with another account: everything stays theirs, and the old account is signed off."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.access import Role
from bot.messages import people as people_messages
from bot.messages.departure import DepartureResult
from bot.messages.people import StaffNews
from bot.services import departure as departure_service
from bot.store import audit as audit_store
from bot.store import joining as joining_store
from bot.store import me as me_store
from bot.store import outbox, person, wiping
from bot.store import roster as roster_store
from bot.store import transfer as transfer_store
from bot.store.person import Person


class TransferOutcome(StrEnum):
    """What became of a press."""

    DONE = "done"
    OVER = "over"  # the link was used, is too old, or another took its place
    OWN = "own"  # it is this account's person already
    TAKEN = "taken"  # this account is of the staff, or the person an owner: nobody takes that over


@dataclass(frozen=True, slots=True)
class Transferred:
    """The person as they were before; `departure`: of who had joined anew with the new account."""

    outcome: TransferOutcome
    before: Person | None = None
    departure: DepartureResult | None = None


def offer(
    connection: sqlite3.Connection, me: Person, person_id: int, *, owners: Collection[int], now: datetime
) -> str | None:
    """Make a link for a person and return its code; None for who is no member, or is an owner."""
    someone = person.by_id(connection, person_id)
    if someone is None or not someone.active or is_fixed(someone, owners):
        return None
    code = transfer_store.offer(connection, person_id, me.id, now)
    audit_store.record(connection, "person.transfer_offered", by_id=me.id, now=now, person_id=person_id)
    return code


def is_fixed(someone: Person, owners: Collection[int]) -> bool:
    """Whether the person is an owner: where the bot runs, accounts are named, and a link would give all rights away."""
    return someone.owner or someone.telegram_id in owners


def take_over(
    connection: sqlite3.Connection,
    ticket: str,
    account: int,
    *,
    username: str | None,
    owners: Collection[int],
    now: datetime,
) -> Transferred:
    """The person of this link has this account from now on, once; who they were with it until then is erased."""
    link = transfer_store.by_ticket(connection, ticket, account, now)
    someone = person.by_id(connection, link.person_id) if link is not None else None
    if link is None or someone is None or not someone.active:
        return Transferred(TransferOutcome.OVER)
    if someone.telegram_id == account:
        return Transferred(TransferOutcome.OWN, someone)
    anew = person.by_telegram_id(connection, account)
    if is_fixed(someone, owners) or account in owners or (anew is not None and _is_staff(anew)):
        return Transferred(TransferOutcome.TAKEN)
    transfer_store.use(connection, link.id, now)
    if anew is not None:
        _keep_entry(connection, anew, someone)
    departure = _give_way(connection, anew, owners, now) if anew is not None else None
    transfer_store.move(connection, someone.id, someone.telegram_id, account, username=username)
    number = audit_store.record(connection, "person.transferred", by_id=link.made_by, now=now, person_id=someone.id)
    staff = [one for one in person.staff(connection, owners) if one.id != someone.id]
    news = people_messages.news(
        StaffNews.TRANSFERRED, someone, link.made_by or 0, staff=staff, audit_id=number, now=now
    )
    outbox.enqueue(connection, [people_messages.signed_off(someone, number, now), *news], now)
    wiping.ask(connection)
    return Transferred(TransferOutcome.DONE, someone, departure)


def _is_staff(someone: Person) -> bool:
    return someone.active and (someone.owner or someone.role is not Role.TEACHER)


def _keep_entry(connection: sqlite3.Connection, anew: Person, someone: Person) -> None:
    """What the roster says of who had joined anew is about the person, and is not erased with the new account."""
    entry = roster_store.for_person(connection, anew.id)
    if entry is not None:
        roster_store.unlink(connection, anew.id)
        if roster_store.for_person(connection, someone.id) is None:
            roster_store.link(connection, entry.id, someone.id)


def _give_way(
    connection: sqlite3.Connection, anew: Person, owners: Collection[int], now: datetime
) -> DepartureResult | None:
    """Erase who had joined anew with the new phone, or was about to, or had left."""
    if not anew.active:
        joining_store.decline(connection, anew, now)
        return None
    departure = departure_service.end(connection, anew, owners=owners, now=now)
    me_store.forget(connection, anew, now)
    return departure
