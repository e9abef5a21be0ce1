"""The steps between an invitation and being a member. The step is a column, so that /start can resume at it."""

import sqlite3
from datetime import datetime
from enum import StrEnum

from bot.access import Role
from bot.clock import to_text
from bot.store import invite as invite_store
from bot.store import me as me_store
from bot.store import person
from bot.store import roster as roster_store
from bot.store.person import Person

_STEP = "SELECT step FROM person WHERE id = ?"
_SET_STEP = "UPDATE person SET step = ? WHERE id = ?"
_BEGIN = """
UPDATE person SET role = ?, owner = ?, state = 'joining', step = 'language', removed_at = NULL
WHERE id = ? AND state <> 'active'
"""
_ACTIVATE = """
UPDATE person SET state = 'active', step = NULL, reachable = 1, consented_at = ?, joined_at = coalesce(joined_at, ?)
WHERE id = ? AND state = 'joining' AND step = 'consent'
"""
_NEVER_IN = "DELETE FROM person WHERE id = ? AND joined_at IS NULL"
_LEFT = "UPDATE person SET state = 'left', step = NULL, owner = 0 WHERE id = ?"
_REMOVED = "UPDATE person SET state = 'left', step = NULL, paused_at = NULL, removed_at = ? WHERE id = ?"
_IS_REMOVED = "SELECT 1 FROM person WHERE telegram_id = ? AND state = 'left' AND removed_at IS NOT NULL"
_WAS_IN = "SELECT 1 FROM person WHERE id = ? AND joined_at IS NOT NULL"


class JoiningStep(StrEnum):
    """What someone who joins is asked, in this order."""

    LANGUAGE = "language"
    NAME = "name"
    GROUP = "group"
    CONSENT = "consent"


def asked(step: JoiningStep, *, languages: bool, groups: bool) -> JoiningStep:
    """The first question from `step` on in which there is something to choose: one of several languages, or groups."""
    if step is JoiningStep.LANGUAGE and not languages:
        return JoiningStep.NAME
    return JoiningStep.CONSENT if step is JoiningStep.GROUP and not groups else step


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
    joining = person.by_id(connection, someone.id)
    assert joining is not None
    return joining


def step(connection: sqlite3.Connection, person_id: int) -> JoiningStep | None:
    """What the person is asked now; None for members."""
    row = connection.execute(_STEP, (person_id,)).fetchone()
    return JoiningStep(row["step"]) if row and row["step"] else None


def set_step(connection: sqlite3.Connection, person_id: int, next_step: JoiningStep) -> None:
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
    by_link = invite_store.was_used(connection, someone.telegram_id)
    invite_store.give_back(connection, someone.telegram_id)
    me_store.forget(connection, someone, now)
    connection.execute(_NEVER_IN, (someone.id,))
    return by_link


def remove(connection: sqlite3.Connection, someone: Person, now: datetime) -> None:
    """An organizer removed this member: they have left, and come in again by an organizer's word alone."""
    connection.execute(_REMOVED, (to_text(now), someone.id))


def is_removed(connection: sqlite3.Connection, telegram_id: int) -> bool:
    """Whether an organizer removed this account's person, and none has let them in again."""
    return connection.execute(_IS_REMOVED, (telegram_id,)).fetchone() is not None


def turn_away(connection: sqlite3.Connection, someone: Person, now: datetime) -> None:
    """The link by which this person was coming in is withdrawn: forget them, unless they have been a member before.

    Then they have left again, and what is kept of them is kept as after a removal.
    """
    if was_in(connection, someone.id):
        remove(connection, someone, now)
    else:
        decline(connection, someone, now)


def put_out(connection: sqlite3.Connection, someone: Person, now: datetime) -> None:
    """The organizers do not want this person here: a member has left, who was never in is forgotten."""
    if was_in(connection, someone.id):
        connection.execute(_LEFT, (someone.id,))
        roster_store.unlink(connection, someone.id)  # the list is the office's, and says again who is not in
    else:
        decline(connection, someone, now)
