"""The steps between an invitation and being a member. The step is a column, so that /start can resume at it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.access import Role
from bot.clock import to_text
from bot.store import admission, invite, person
from bot.store import me as me_store
from bot.store.invite import Invitation
from bot.store.person import Person

_STEP = "SELECT step FROM person WHERE id = ?"
_SET_STEP = "UPDATE person SET step = ? WHERE id = ?"
_BEGIN = """
UPDATE person SET role = ?, owner = ?, state = 'joining', step = 'language' WHERE id = ? AND state <> 'active'
"""
_ACTIVATE = """
UPDATE person SET state = 'active', step = NULL, reachable = 1, consented_at = ?, joined_at = coalesce(joined_at, ?)
WHERE id = ? AND state = 'joining' AND step = 'consent'
"""
_NEVER_IN = "DELETE FROM person WHERE id = ? AND joined_at IS NULL"
_LEFT = "UPDATE person SET state = 'left', step = NULL, owner = 0 WHERE id = ?"
_WAS_IN = "SELECT 1 FROM person WHERE id = ? AND joined_at IS NOT NULL"


class Step(StrEnum):
    """What someone who joins is asked, in this order."""

    LANGUAGE = "language"
    NAME = "name"
    GROUP = "group"
    CONSENT = "consent"


def asked(step: Step, *, languages: bool, groups: bool) -> Step:
    """The first question from `step` on in which there is something to choose: one of several languages, or groups."""
    if step is Step.LANGUAGE and not languages:
        return Step.NAME
    return Step.CONSENT if step is Step.GROUP and not groups else step


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of an account that arrives: who joins (None: nobody), and what the code was worth (None: no code)."""

    someone: Person | None
    invitation: Invitation | None


def arrive(
    connection: sqlite3.Connection,
    telegram_id: int,
    *,
    code: str,
    owner: bool,
    username: str | None,
    language: str,
    now: datetime,
) -> Arrival:
    """Let an account in that is no member: by the code, as an owner, or because an organizer said so.

    Who joins already goes on, with the role of a staff invitation if that is what they brought.
    """
    invitation = invite.redeem(connection, code, telegram_id, now) if code else None
    someone = person.by_telegram_id(connection, telegram_id)
    if someone is not None and someone.state == "joining":
        if invitation is not None and invitation.good and invitation.role is not Role.TEACHER:
            person.set_role(connection, someone.id, invitation.role)
        return Arrival(person.by_id(connection, someone.id), invitation)
    role = _role(connection, telegram_id, invitation, owner=owner)
    if role is None:
        return Arrival(None, invitation)
    member = begin(connection, telegram_id, username=username, language=language, role=role, now=now)
    return Arrival(member, invitation)


def begin(
    connection: sqlite3.Connection,
    telegram_id: int,
    *,
    username: str | None,
    language: str,
    role: Role,
    now: datetime,
) -> Person:
    """Someone begins to join as `role`, or begins anew after leaving. A member stays as they are."""
    someone = person.add(connection, telegram_id, username=username, language=language, role=role, now=now)
    connection.execute(_BEGIN, (person.kept_as(role), int(role is Role.OWNER), someone.id))
    found = person.by_id(connection, someone.id)
    assert found is not None
    return found


def step(connection: sqlite3.Connection, person_id: int) -> Step | None:
    """What the person is asked now; None for members."""
    row = connection.execute(_STEP, (person_id,)).fetchone()
    return Step(row["step"]) if row and row["step"] else None


def go_to(connection: sqlite3.Connection, person_id: int, next_step: Step) -> None:
    """The person is asked this next."""
    connection.execute(_SET_STEP, (next_step, person_id))


def finish(connection: sqlite3.Connection, person_id: int, now: datetime) -> bool:
    """The person agreed to what is stored and is a member; return whether that is new."""
    moment = to_text(now)
    return connection.execute(_ACTIVATE, (moment, moment, person_id)).rowcount == 1


def was_in(connection: sqlite3.Connection, person_id: int) -> bool:
    """Whether this person has been a member before."""
    return connection.execute(_WAS_IN, (person_id,)).fetchone() is not None


def decline(connection: sqlite3.Connection, someone: Person, now: datetime) -> bool:
    """The person does not agree, or does not answer: keep nothing. Return whether they need a link to come again."""
    by_link = invite.was_used(connection, someone.telegram_id)
    invite.give_back(connection, someone.telegram_id)
    me_store.forget(connection, someone, now)
    connection.execute(_NEVER_IN, (someone.id,))
    return by_link


def put_out(connection: sqlite3.Connection, someone: Person, now: datetime) -> None:
    """The organizers do not want this person here: a member has left, who was never in is forgotten."""
    if was_in(connection, someone.id):
        connection.execute(_LEFT, (someone.id,))
    else:
        decline(connection, someone, now)


def revoke(connection: sqlite3.Connection, invite_id: int, now: datetime) -> bool:
    """Withdraw an invitation: who opened it and has not come in yet does not come in by it. Return whether it worked.

    Who has come in stays; an owner who did so by it stays as what they are beside that.
    """
    if not invite.revoke(connection, invite_id, now):
        return False
    for person_id in invite.owners_by(connection, invite_id):
        person.end_ownership(connection, person_id)
    for person_id in invite.joining_through(connection, invite_id):
        someone = person.by_id(connection, person_id)
        if someone is not None:
            decline(connection, someone, now)
    return True


def _role(
    connection: sqlite3.Connection, telegram_id: int, invitation: Invitation | None, *, owner: bool
) -> Role | None:
    if invitation is not None and invitation.good:
        return invitation.role
    if owner:
        return Role.ORGANIZER
    asked = admission.of(connection, telegram_id)
    return asked.role if asked is not None else None
