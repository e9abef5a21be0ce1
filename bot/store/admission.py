"""Strangers who ask to be let in. One row an account, so that asking twice is asking once."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.access import Role
from bot.clock import to_text
from bot.store import numbers

ROLES = (Role.TEACHER, Role.ORGANIZER, Role.COORDINATOR)
PAGE = 8  # requests on one page of a card

_ADD = numbers.numbered(
    "admission",
    """
INSERT INTO admission (id, telegram_id, name, username, language, state, asked_at)
VALUES ({number}, ?, ?, ?, ?, 'asked', ?)
ON CONFLICT (telegram_id) DO NOTHING
""",
)
_SELECT = """
SELECT admission.*, person.name AS answered_name
FROM admission LEFT JOIN person ON person.id = admission.answered_by
"""
_COUNT = "SELECT count(*), coalesce(max(id), 0) FROM admission WHERE state = 'asked'"
_PAGE = f"{_SELECT} WHERE admission.state = 'asked' ORDER BY admission.id DESC LIMIT ? OFFSET ?"
_LAST = f"""
{_SELECT} WHERE admission.state <> 'asked' AND admission.answered_at >= ? AND admission.name <> ''
ORDER BY admission.answered_at DESC, admission.id DESC LIMIT 1
"""
_ANSWER = """
UPDATE admission SET state = ?, role = ?, answered_at = ?, answered_by = ?
WHERE id = ? AND state <> 'admitted' AND state <> ?
"""

_CHANGE_ROLE = """
UPDATE admission SET state = ?, role = ?, answered_at = ?, answered_by = ? WHERE telegram_id = ? AND state = 'admitted'
"""


@dataclass(frozen=True, slots=True)
class Admission:
    """A row of `admission`. `state` is asked, admitted or refused; `role` is what they are admitted as."""

    id: int
    telegram_id: int
    name: str
    username: str | None
    language: str
    state: str
    role: Role | None
    answered_by: str | None


@dataclass(frozen=True, slots=True)
class AdmissionQueue:
    """Who waits for an answer: how many, the number of the newest request (0: none), and one page, the newest first."""

    waiting: int
    newest: int
    page: int
    people: tuple[Admission, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.waiting // PAGE))


def add(
    connection: sqlite3.Connection, telegram_id: int, *, name: str, username: str | None, language: str, now: datetime
) -> Admission:
    """Keep that this account asks to be let in, unless it has asked before; return the request."""
    connection.execute(_ADD, (telegram_id, name, username, language, to_text(now)))
    admission = get(connection, telegram_id)
    assert admission is not None
    return admission


def get(connection: sqlite3.Connection, telegram_id: int) -> Admission | None:
    """This account's request, or None."""
    return _admission(connection.execute(f"{_SELECT} WHERE admission.telegram_id = ?", (telegram_id,)).fetchone())


def by_id(connection: sqlite3.Connection, admission_id: int) -> Admission | None:
    """The request with this number, or None."""
    return _admission(connection.execute(f"{_SELECT} WHERE admission.id = ?", (admission_id,)).fetchone())


def queue(connection: sqlite3.Connection, page: int = 0) -> AdmissionQueue:
    """Who waits for an answer; a page past the end is the last one."""
    count, newest = connection.execute(_COUNT).fetchone()
    page = min(max(page, 0), max(0, (count - 1) // PAGE))
    rows = connection.execute(_PAGE, (PAGE, page * PAGE))
    return AdmissionQueue(count, newest, page, tuple(one for row in rows if (one := _admission(row))))


def last_answered(connection: sqlite3.Connection, since: str) -> Admission | None:
    """The request that was answered last, since a moment as the database writes it; None when there is none."""
    return _admission(connection.execute(_LAST, (since,)).fetchone())


def answer(connection: sqlite3.Connection, admission_id: int, role: Role | None, person_id: int, now: datetime) -> bool:
    """Admit as `role`, or refuse with None; return whether that changed anything.

    Who is in stays in; a refusal can be taken back. `person_id` is the organizer's.
    """
    state = "refused" if role is None else "admitted"
    cursor = connection.execute(_ANSWER, (state, role, to_text(now), person_id, admission_id, state))
    return cursor.rowcount == 1


def change_role(
    connection: sqlite3.Connection, telegram_id: int, role: Role | None, person_id: int, now: datetime
) -> None:
    """Who was admitted is from now on as `role`, or not at all (None), by the word of this organizer."""
    state = "refused" if role is None else "admitted"
    connection.execute(_CHANGE_ROLE, (state, role, to_text(now), person_id, telegram_id))


def forget(connection: sqlite3.Connection, telegram_id: int) -> None:
    """Forget this account's request, and that it was answered."""
    connection.execute("DELETE FROM outbox WHERE chat_id = ? AND kind = 'admission.answer'", (telegram_id,))
    connection.execute("DELETE FROM admission WHERE telegram_id = ?", (telegram_id,))


def _admission(row: sqlite3.Row | None) -> Admission | None:
    if row is None:
        return None
    return Admission(
        row["id"],
        row["telegram_id"],
        row["name"],
        row["username"],
        row["language"],
        row["state"],
        Role(row["role"]) if row["role"] else None,
        row["answered_name"],
    )
