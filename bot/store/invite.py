"""Invitations: links with a code that let people in. The database holds the code's SHA-256, never the code.

Where a code has to be kept for a moment it is sealed: `#` and its SHA-256. Every update is sealed on decoding, also
what was sealed before: so whoever reads a seal in the database and sends it to the bot is not let in.
"""

import base64
import hashlib
import re
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.access import Role
from bot.clock import from_text, to_text
from bot.store import person

_SEALED = re.compile("#[0-9a-f]{64}")
_CODE_BYTES = 16  # 22 characters of A-Z a-z 0-9 _ - ; Telegram takes up to 64 after /start

_ADD = """
INSERT INTO invite (code_hash, role, owner, uses_left, expires_at, made_by, made_at, roster_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_FIND = """
SELECT id, role, owner, uses_left, expires_at, revoked_at,
       EXISTS (SELECT 1 FROM invite_use WHERE invite_id = invite.id AND telegram_id = ?) AS mine
FROM invite WHERE code_hash = ?
"""
_OF_STAFF = "SELECT code_hash FROM invite WHERE role <> 'teacher'"
_USE = "INSERT INTO invite_use (invite_id, telegram_id, used_at) VALUES (?, ?, ?)"
_COUNT_DOWN = "UPDATE invite SET uses_left = uses_left - 1 WHERE id = ? AND uses_left IS NOT NULL"
_COUNT_UP = """
UPDATE invite SET uses_left = uses_left + 1
WHERE uses_left IS NOT NULL AND id IN (SELECT invite_id FROM invite_use WHERE telegram_id = ?)
"""
_FORGET = "DELETE FROM invite_use WHERE telegram_id = ?"
_REVOKE = "UPDATE invite SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL"
_REVOKE_USED = """
UPDATE invite SET revoked_at = ? WHERE revoked_at IS NULL AND role <> 'teacher'
   AND id IN (SELECT invite_id FROM invite_use WHERE telegram_id = ?)
"""
# A link for one person still works while that person answers the questions.
_WORKING = """
SELECT * FROM (
    SELECT invite.id, invite.role, invite.owner, invite.uses_left, invite.expires_at, invite.made_at, invite.made_by,
           maker.name AS maker,
           (SELECT count(*) FROM invite_use AS used JOIN person AS p ON p.telegram_id = used.telegram_id
             WHERE used.invite_id = invite.id AND p.state = 'active') AS came_in,
           (SELECT count(*) FROM invite_use AS used JOIN person AS p ON p.telegram_id = used.telegram_id
             WHERE used.invite_id = invite.id AND p.state = 'joining') AS joining
      FROM invite LEFT JOIN person AS maker ON maker.telegram_id = invite.made_by
     WHERE invite.revoked_at IS NULL AND invite.expires_at > ? AND invite.roster_id IS NULL)
WHERE uses_left IS NULL OR uses_left > 0 OR joining > 0
ORDER BY id DESC
"""
_JOINING = """
SELECT p.id FROM invite_use AS used JOIN person AS p ON p.telegram_id = used.telegram_id
WHERE used.invite_id = ? AND p.state = 'joining' ORDER BY p.id
"""
_OWNERS = """
SELECT p.id AS person_id, p.name, p.state, max(invite.id) AS invite_id
  FROM person AS p LEFT JOIN invite_use AS used ON used.telegram_id = p.telegram_id
  LEFT JOIN invite ON invite.id = used.invite_id AND invite.owner = 1
 WHERE p.owner = 1 AND p.state IN ('joining', 'active') GROUP BY p.id ORDER BY p.id
"""
_OWNERS_BY = """
SELECT p.id FROM invite JOIN invite_use AS used ON used.invite_id = invite.id
  JOIN person AS p ON p.telegram_id = used.telegram_id
 WHERE invite.id = ? AND invite.owner = 1 AND p.owner = 1 AND p.state = 'active' ORDER BY p.id
"""
_USED = "SELECT 1 FROM invite_use WHERE telegram_id = ?"


class CodeStatus(StrEnum):
    """What a code is good for."""

    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"
    USED_UP = "used up"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code leads to. `role` means something only when the status is good."""

    status: CodeStatus
    role: Role = Role.STRANGER
    id: int = 0

    @property
    def good(self) -> bool:
        """Whether it lets its bearer in."""
        return self.status is CodeStatus.GOOD


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation that works. `uses_left` None: any number of people.

    `maker` is a name; None where the command line made it (`by_command_line`), or somebody who has left.
    `came_in` are members now, `joining` are still answering the questions.
    """

    id: int
    role: Role
    uses_left: int | None
    expires_at: datetime
    made_at: datetime
    maker: str | None
    by_command_line: bool
    came_in: int
    joining: int


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner by a link. `invite` is the link's number (None: not kept); `joining`: still answering the questions."""

    person_id: int
    name: str
    invite: int | None
    joining: bool


def make_link(username: str, code: str) -> str:
    """The link that opens the bot with this code. `username` is the bot's, without @."""
    return f"https://t.me/{username}?start={code}"


def seal(code: str) -> str:
    """The code as it may be kept: good for `check` and `redeem`, and for nothing from outside."""
    return f"#{hashlib.sha256(code.encode('utf-8', 'replace')).hexdigest()}"


def ticket(code: str, telegram_id: int) -> str:
    """What a member's button carries instead of a staff code: 22 characters, valid for this account alone."""
    made = hashlib.sha256(f"{_hash(code)}:{telegram_id}".encode()).digest()
    return base64.urlsafe_b64encode(made)[:22].decode()


def new_code() -> str:
    """A code that is good for nothing before an invitation is made with it."""
    return secrets.token_urlsafe(_CODE_BYTES)


def create(
    connection: sqlite3.Connection,
    role: Role,
    *,
    days: int,
    now: datetime,
    made_by: int | None = None,
    roster_id: int | None = None,
    code: str = "",
) -> str:
    """Make an invitation that is valid for `days` days and return its code, which cannot be read back later.

    `code`: of `new_code`, where it was needed before.

    A teacher's invitation works for any number of people, a staff one and one for somebody of the roster (`roster_id`)
    for one. `made_by` is a Telegram account; None is the command line.
    """
    code = code or new_code()
    uses = None if role is Role.TEACHER and roster_id is None else 1
    expires = to_text(now + timedelta(days=days))
    kept = (person.kept_as(role), int(role is Role.OWNER))
    connection.execute(_ADD, (_hash(code), *kept, uses, expires, made_by, to_text(now), roster_id))
    return code


def check(connection: sqlite3.Connection, code: str, telegram_id: int, now: datetime) -> Invitation:
    """What the code (sealed or not), or this account's ticket, is good for at this moment; nothing changes."""
    code_hash = _of_ticket(connection, code, telegram_id) or _hash(code)
    row = connection.execute(_FIND, (telegram_id, code_hash)).fetchone()
    if row is None:
        return Invitation(CodeStatus.UNKNOWN)
    if row["revoked_at"] is not None:
        return Invitation(CodeStatus.REVOKED)
    if row["expires_at"] <= to_text(now):
        return Invitation(CodeStatus.EXPIRED)
    if row["uses_left"] == 0 and not row["mine"]:
        return Invitation(CodeStatus.USED_UP)
    return Invitation(CodeStatus.GOOD, _role(row), row["id"])


def redeem(connection: sqlite3.Connection, code: str, telegram_id: int, now: datetime) -> Invitation:
    """Use the code for this account, if it is good. The same account using it again uses nothing up."""
    invitation = check(connection, code, telegram_id, now)
    if invitation.good:
        try:
            connection.execute(_USE, (invitation.id, telegram_id, to_text(now)))
        except sqlite3.IntegrityError:
            return invitation  # this account came through this link before
        connection.execute(_COUNT_DOWN, (invitation.id,))
    return invitation


def working(connection: sqlite3.Connection, now: datetime) -> list[Link]:
    """The invitations that let people in at this moment, the newest first, but for those of the roster."""
    return [
        Link(
            row["id"],
            _role(row),
            row["uses_left"],
            from_text(row["expires_at"]),
            from_text(row["made_at"]),
            row["maker"] or None,
            row["made_by"] is None,
            row["came_in"],
            row["joining"],
        )
        for row in connection.execute(_WORKING, (to_text(now),))
    ]


def owners(connection: sqlite3.Connection) -> list[Owner]:
    """Who is an owner by a link, in the order in which they came."""
    return [
        Owner(row["person_id"], row["name"], row["invite_id"], joining=row["state"] == "joining")
        for row in connection.execute(_OWNERS)
    ]


def owners_by(connection: sqlite3.Connection, number: int) -> list[int]:
    """The numbers of the people who have come in as owners by this invitation, and still are."""
    return [row["id"] for row in connection.execute(_OWNERS_BY, (number,))]


def revoke(connection: sqlite3.Connection, number: int, now: datetime) -> bool:
    """From now on this invitation lets nobody in; return whether that is new."""
    return connection.execute(_REVOKE, (to_text(now), number)).rowcount == 1


def revoke_used(connection: sqlite3.Connection, telegram_id: int, now: datetime) -> None:
    """The staff invitations that this account came in with let it in no more."""
    connection.execute(_REVOKE_USED, (to_text(now), telegram_id))


def joining_through(connection: sqlite3.Connection, number: int) -> list[int]:
    """The numbers of the people who opened this invitation and have not come in yet."""
    return [row["id"] for row in connection.execute(_JOINING, (number,))]


def was_used(connection: sqlite3.Connection, telegram_id: int) -> bool:
    """Whether this account came through an invitation."""
    return connection.execute(_USED, (telegram_id,)).fetchone() is not None


def give_back(connection: sqlite3.Connection, telegram_id: int) -> None:
    """Undo this account's use of invitations: it decided not to join."""
    connection.execute(_COUNT_UP, (telegram_id,))
    connection.execute(_FORGET, (telegram_id,))


def _hash(code: str) -> str:
    return code[1:] if _SEALED.fullmatch(code) else seal(code)[1:]


def _role(row: sqlite3.Row) -> Role:
    return Role.OWNER if row["owner"] else Role(row["role"])


def _of_ticket(connection: sqlite3.Connection, code: str, telegram_id: int) -> str | None:
    """The hash of the staff code that this ticket was made of, or None when it is none of this account's."""
    wanted = _hash(code)
    hashes = (row["code_hash"] for row in connection.execute(_OF_STAFF))
    return next((one for one in hashes if _hash(ticket(f"#{one}", telegram_id)) == wanted), None)
