"""Invitations: links with a code that let people in. The database holds the code's SHA-256, never the code."""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.access import Role
from bot.clock import to_text

_CODE_BYTES = 16  # 22 characters of A-Z a-z 0-9 _ - ; Telegram takes up to 64 after /start

_ADD = """
INSERT INTO invite (code_hash, role, uses_left, expires_at, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?)
"""
_FIND = """
SELECT id, role, uses_left, expires_at,
       EXISTS (SELECT 1 FROM invite_use WHERE invite_id = invite.id AND telegram_id = ?) AS mine
FROM invite WHERE code_hash = ?
"""
_USE = "INSERT INTO invite_use (invite_id, telegram_id, used_at) VALUES (?, ?, ?)"
_COUNT_DOWN = "UPDATE invite SET uses_left = uses_left - 1 WHERE id = ? AND uses_left IS NOT NULL"
_COUNT_UP = """
UPDATE invite SET uses_left = uses_left + 1
WHERE uses_left IS NOT NULL AND id IN (SELECT invite_id FROM invite_use WHERE telegram_id = ?)
"""
_FORGET = "DELETE FROM invite_use WHERE telegram_id = ?"
_USED = "SELECT 1 FROM invite_use WHERE telegram_id = ?"


class Verdict(StrEnum):
    """What a code is worth."""

    GOOD = "good"
    EXPIRED = "expired"
    USED_UP = "used up"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What was found for a code. `role` means something only when the verdict is good."""

    verdict: Verdict
    role: Role = Role.STRANGER
    id: int = 0

    @property
    def good(self) -> bool:
        """Whether it lets its bearer in."""
        return self.verdict is Verdict.GOOD


def make_link(username: str, code: str) -> str:
    """The link that opens the bot with this code. `username` is the bot's, without @."""
    return f"https://t.me/{username}?start={code}"


def create(connection: sqlite3.Connection, role: Role, *, days: int, now: datetime, made_by: int | None = None) -> str:
    """Make an invitation that lives `days` days and return its code, which cannot be read back later.

    A teacher's invitation works for any number of people, a staff one for one. `made_by` is a Telegram account;
    None is the command line.
    """
    code = secrets.token_urlsafe(_CODE_BYTES)
    uses = None if role is Role.TEACHER else 1
    expires = to_text(now + timedelta(days=days))
    connection.execute(_ADD, (_hash(code), role, uses, expires, made_by, to_text(now)))
    return code


def look(connection: sqlite3.Connection, code: str, telegram_id: int, now: datetime) -> Invitation:
    """What the code is worth to this account at this moment; nothing changes."""
    row = connection.execute(_FIND, (telegram_id, _hash(code))).fetchone()
    if row is None:
        return Invitation(Verdict.UNKNOWN)
    if row["expires_at"] <= to_text(now):
        return Invitation(Verdict.EXPIRED)
    if row["uses_left"] == 0 and not row["mine"]:
        return Invitation(Verdict.USED_UP)
    return Invitation(Verdict.GOOD, Role(row["role"]), row["id"])


def redeem(connection: sqlite3.Connection, code: str, telegram_id: int, now: datetime) -> Invitation:
    """Use the code for this account, if it is good. The same account using it again uses nothing up."""
    found = look(connection, code, telegram_id, now)
    if found.good:
        try:
            connection.execute(_USE, (found.id, telegram_id, to_text(now)))
        except sqlite3.IntegrityError:
            return found  # this account came through this link before
        connection.execute(_COUNT_DOWN, (found.id,))
    return found


def was_used(connection: sqlite3.Connection, telegram_id: int) -> bool:
    """Whether this account came through an invitation."""
    return connection.execute(_USED, (telegram_id,)).fetchone() is not None


def give_back(connection: sqlite3.Connection, telegram_id: int) -> None:
    """Undo this account's use of invitations: it decided not to join."""
    connection.execute(_COUNT_UP, (telegram_id,))
    connection.execute(_FORGET, (telegram_id,))


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
