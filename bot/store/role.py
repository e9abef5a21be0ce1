"""Who was made an organizer or a coordinator, by whom, and who took that back."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.access import Role
from bot.clock import to_text
from bot.store import numbers
from bot.store.person import Person

STAFF_ROLES = (Role.ORGANIZER, Role.COORDINATOR)

_SELECT = """
SELECT role_grant.*, person.telegram_id, person.role AS role_now, person.owner AS owner_now, person.state,
       coalesce(nullif(person.name, ''), admission.name, '') AS name, giver.name AS giver, ender.name AS ender
FROM role_grant JOIN person ON person.id = role_grant.person_id
LEFT JOIN admission ON admission.telegram_id = person.telegram_id
LEFT JOIN person AS giver ON giver.id = role_grant.given_by
LEFT JOIN person AS ender ON ender.id = role_grant.ended_by
"""
_GIVE = numbers.numbered(
    "role_grant",
    """
INSERT INTO role_grant (id, person_id, role, owner, how, given_by, given_at)
VALUES ({number}, ?, ?, ?, ?, ?, ?)
""",
)
_OF_ADMISSION = """
SELECT max(role_grant.id) AS id FROM role_grant JOIN person ON person.id = role_grant.person_id
JOIN admission ON admission.telegram_id = person.telegram_id WHERE admission.id = ?
"""
_NEWEST = "SELECT role, owner, ended_at FROM role_grant WHERE person_id = ? ORDER BY id DESC LIMIT 1"
_END = "UPDATE role_grant SET ended_as = ?, ended_by = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL"
_MAKER = """
SELECT maker.id FROM invite_use AS used
JOIN invite ON invite.id = used.invite_id
LEFT JOIN person AS maker ON maker.telegram_id = invite.made_by
WHERE used.telegram_id = ? AND invite.role = ? ORDER BY used.used_at DESC, invite.id DESC LIMIT 1
"""
_ADMITTER = "SELECT answered_by FROM admission WHERE telegram_id = ? AND state = 'admitted' AND role = ?"


class GrantMethod(StrEnum):
    """How someone got a role: an organizer let them in, they opened a link, or an organizer gave it to a member."""

    ADMISSION = "admission"
    LINK = "link"
    APPOINTMENT = "appointment"  # a member was given it


class Demotion(StrEnum):
    """What someone is made whose role is taken back: a teacher, or nobody."""

    TEACHER = "teacher"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A row of `role_grant` with names. `giver` None: the bot's command line, or somebody who has left.

    `owner`: as an organizer who is an owner. `owner_now`: the person is an owner by a link at this moment.
    """

    id: int
    person_id: int
    telegram_id: int
    name: str
    role: Role
    how: GrantMethod
    giver: str | None
    stands: bool
    ended_as: Demotion | None
    ender: str | None
    owner: bool = False
    owner_now: bool = False

    @property
    def occurrence(self) -> str:
        """What the outbox rows of its notice share."""
        return f"role:{self.id}"


@dataclass(frozen=True, slots=True)
class GrantSource:
    """Where someone's role comes from; `giver_id` is the organizer's number, if one is known."""

    how: GrantMethod
    giver_id: int | None


def add(connection: sqlite3.Connection, someone: Person, source: GrantSource, now: datetime) -> RoleGrant:
    """Keep that this person has their role of the staff now."""
    owner = int(_as_owner(someone))
    values = (someone.id, someone.role, owner, source.how, source.giver_id, to_text(now))
    number = connection.execute(_GIVE, values).lastrowid
    assert number is not None
    grant = by_id(connection, number)
    assert grant is not None
    return grant


def by_id(connection: sqlite3.Connection, number: int) -> RoleGrant | None:
    """The grant with this number, or None."""
    row = connection.execute(f"{_SELECT} WHERE role_grant.id = ?", (number,)).fetchone()
    if row is None:
        return None
    holds = row["role_now"] == row["role"] and row["state"] in {"joining", "active"}
    return RoleGrant(
        row["id"],
        row["person_id"],
        row["telegram_id"],
        row["name"],
        Role(row["role"]),
        GrantMethod(row["how"]),
        row["giver"] or None,
        holds and row["ended_at"] is None,
        Demotion(row["ended_as"]) if row["ended_as"] else None,
        row["ender"] or None,
        bool(row["owner"]),
        bool(row["owner_now"]),
    )


def by_admission(connection: sqlite3.Connection, admission_id: int) -> RoleGrant | None:
    """The newest grant to whom an organizer let in with this request, or None."""
    row = connection.execute(_OF_ADMISSION, (admission_id,)).fetchone()
    return by_id(connection, row["id"]) if row["id"] is not None else None


def is_known(connection: sqlite3.Connection, someone: Person) -> bool:
    """Whether organizers have been told already that this person has their role."""
    newest = connection.execute(_NEWEST, (someone.id,)).fetchone()
    if newest is None or newest["ended_at"] is not None:
        return False
    return bool(newest["role"] == someone.role and newest["owner"] >= _as_owner(someone))


def end(connection: sqlite3.Connection, number: int, to: Demotion, by_id: int, now: datetime) -> bool:
    """Keep that the role was taken back; return whether that is new."""
    return connection.execute(_END, (to, by_id, to_text(now), number)).rowcount == 1


def source(connection: sqlite3.Connection, telegram_id: int, role: Role) -> GrantSource | None:
    """Where this account's role comes from: a link, or an organizer's answer; None: from the settings."""
    link = connection.execute(_MAKER, (telegram_id, role)).fetchone()
    if link is not None:
        return GrantSource(GrantMethod.LINK, link["id"])
    admitted = connection.execute(_ADMITTER, (telegram_id, role)).fetchone()
    return GrantSource(GrantMethod.ADMISSION, admitted["answered_by"]) if admitted is not None else None


def _as_owner(someone: Person) -> bool:
    """Whether the role is an owner's: who is an owner and a coordinator as well is named a coordinator."""
    return someone.owner and someone.role is Role.ORGANIZER
