"""A person goes on with another account: the link for it, and what of the database is about the account then."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import to_text
from bot.store import invite as invite_store

VALID_FOR: Final = timedelta(days=1)
_CODE_BYTES: Final = 16

_WITHDRAW = "UPDATE transfer SET used_at = :now WHERE person_id = :person AND used_at IS NULL"
_ADD = "INSERT INTO transfer (person_id, code_hash, made_by, expires_at) VALUES (:person, :hash, :by, :until)"
_OPEN = "SELECT id, person_id, made_by, code_hash FROM transfer WHERE used_at IS NULL AND expires_at > ?"
_USE = "UPDATE transfer SET used_at = ? WHERE id = ? AND used_at IS NULL"
_MOVE = """
UPDATE person SET telegram_id = :new, username = :username, reachable = 1, menu = NULL WHERE id = :person
"""
# What the new account was before it was this person's; of a member that is erased by then (bot.store.me).
_STRANGER = tuple(
    f"DELETE FROM {table} WHERE {column} = :new"  # noqa: S608 - names of this page
    for table, column in (("invite_use", "telegram_id"), ("admission", "telegram_id"), ("conversation", "chat_id"))
)
# How they came stays with the person. What shows on the old phone is not changed any more, and nothing waits there.
_FOLLOW = (
    "UPDATE invite_use SET telegram_id = :new WHERE telegram_id = :old",
    "UPDATE admission SET telegram_id = :new WHERE telegram_id = :old",
    "UPDATE invite SET made_by = :new WHERE made_by = :old",
    "UPDATE outbox SET chat_id = :new WHERE person_id = :person AND state = 'due'",
    "UPDATE outbox SET message_id = NULL WHERE person_id = :person AND chat_id = :old AND message_id IS NOT NULL",
    "UPDATE broadcast SET card_id = NULL WHERE chat_id = :old",
    "UPDATE today_card SET pin = 'over' WHERE person_id = :person",
    "DELETE FROM live_card WHERE chat_id = :old",
    "DELETE FROM attendance_screen WHERE chat_id = :old",
    "DELETE FROM receipt WHERE chat_id = :old",
    "DELETE FROM admission_card WHERE person_id = :person",
    "DELETE FROM conversation WHERE chat_id = :old",
    "DELETE FROM multipart WHERE chat_id = :old",
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """A link that works: whose, and who has made it (None: somebody who has left)."""

    id: int
    person_id: int
    made_by: int | None


def offer(connection: sqlite3.Connection, person_id: int, by_id: int, now: datetime) -> str:
    """Make a link's code for this person, and return it; an earlier link of theirs works no more."""
    code = secrets.token_urlsafe(_CODE_BYTES)
    values = {"person": person_id, "by": by_id, "now": to_text(now), "until": to_text(now + VALID_FOR)}
    connection.execute(_WITHDRAW, values)
    connection.execute(_ADD, {**values, "hash": invite_store.seal(code)})
    return code


def by_code(connection: sqlite3.Connection, sealed: str, now: datetime) -> Transfer | None:
    """The link of this code, as decoding has sealed it; None where it is none that works."""
    rows = connection.execute(_OPEN, (to_text(now),))
    return next((_transfer(row) for row in rows if row["code_hash"] == sealed), None)


def by_ticket(connection: sqlite3.Connection, ticket: str, telegram_id: int, now: datetime) -> Transfer | None:
    """The link that this account's ticket stands for, or None where it works no more."""
    for row in connection.execute(_OPEN, (to_text(now),)):
        if invite_store.ticket(row["code_hash"], telegram_id) == ticket:
            return _transfer(row)
    return None


def use(connection: sqlite3.Connection, number: int, now: datetime) -> bool:
    """The link has been used; return whether that is new."""
    return connection.execute(_USE, (to_text(now), number)).rowcount == 1


def move(connection: sqlite3.Connection, person_id: int, old: int, new: int, *, username: str | None) -> None:
    """The person has the account `new` from now on. Whoever had it before must be erased by now."""
    values = {"person": person_id, "old": old, "new": new, "username": username}
    for statement in (*_STRANGER, _MOVE, *_FOLLOW):
        connection.execute(statement, values)


def _transfer(row: sqlite3.Row) -> Transfer:
    return Transfer(row["id"], row["person_id"], row["made_by"])
