"""The people of the seminar."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.access import Role
from bot.clock import to_text
from bot.store import numbers


@dataclass(frozen=True, slots=True)
class Person:
    """A row of `person`. `state` is joining, active or left; `telegram_id` is also the private chat's id."""

    id: int
    telegram_id: int
    username: str | None
    name: str
    language: str
    role: Role
    group: str | None
    state: str
    reachable: bool
    owner: bool = False  # by a link; who is named in the settings is not marked
    reminder: int | None = None  # minutes before each session; None: no reminder
    has_keyboard: bool = False  # their chat shows a button in place of the phone's letters
    paused: bool = False  # nothing is sent to a teacher that nobody has written to them

    @property
    def active(self) -> bool:
        """Whether the steps of joining are done and the person has not left."""
        return self.state == "active"


_BY_TELEGRAM = "SELECT * FROM person WHERE telegram_id = ?"
_BY_ID = "SELECT * FROM person WHERE id = ?"
# Two branches, so that each is read by its index.
_STAFF = """
SELECT * FROM person WHERE role = 'organizer' AND state = 'active' AND reachable = 1
UNION SELECT * FROM person WHERE owner = 1 AND state = 'active' AND reachable = 1
ORDER BY id
"""
_SET_ROLE = "UPDATE person SET role = ?, owner = max(owner, ?) WHERE id = ?"
_SET_PAUSED = """
UPDATE person SET paused_at = :since
 WHERE id = :person AND state = 'active' AND (:since IS NULL OR role = 'teacher')
   AND (paused_at IS NULL) <> (:since IS NULL)
"""
_ADD = numbers.numbered(
    "person",
    """
INSERT INTO person (id, telegram_id, username, language, role, state, created_at)
VALUES ({number}, ?, ?, ?, ?, 'joining', ?)
ON CONFLICT (telegram_id) DO NOTHING
""",
)


def _person(row: sqlite3.Row | None) -> Person | None:
    if row is None:
        return None
    return Person(
        row["id"],
        row["telegram_id"],
        row["username"],
        row["name"],
        row["language"],
        Role(row["role"]),
        row["group_key"],
        row["state"],
        bool(row["reachable"]),
        bool(row["owner"]),
        row["reminder_minutes"],
        bool(row["has_keyboard"]),
        row["paused_at"] is not None,
    )


def by_telegram_id(connection: sqlite3.Connection, telegram_id: int) -> Person | None:
    """The person with this Telegram account, or None."""
    return _person(connection.execute(_BY_TELEGRAM, (telegram_id,)).fetchone())


def by_id(connection: sqlite3.Connection, person_id: int) -> Person | None:
    """The person with this number, or None."""
    return _person(connection.execute(_BY_ID, (person_id,)).fetchone())


def add(
    connection: sqlite3.Connection,
    telegram_id: int,
    *,
    username: str | None,
    language: str,
    role: Role,
    now: datetime,
) -> Person:
    """Add someone who begins to join, or return the one who is there already, unchanged."""
    connection.execute(_ADD, (telegram_id, username, language, kept_as(role), to_text(now)))
    person = by_telegram_id(connection, telegram_id)
    assert person is not None
    return person


def set_language(connection: sqlite3.Connection, person_id: int, language: str) -> None:
    """Speak `language` with this person from now on."""
    connection.execute("UPDATE person SET language = ? WHERE id = ?", (language, person_id))


def set_name(connection: sqlite3.Connection, person_id: int, name: str) -> None:
    """Call the person `name`."""
    connection.execute("UPDATE person SET name = ? WHERE id = ?", (name, person_id))


def set_group(connection: sqlite3.Connection, person_id: int, group: str | None) -> None:
    """Put the person into a group of the seminar."""
    connection.execute("UPDATE person SET group_key = ? WHERE id = ?", (group, person_id))


def set_keyboard(connection: sqlite3.Connection, person_id: int, *, shown: bool) -> None:
    """Remember whether the person's chat shows a button in place of the phone's letters."""
    connection.execute("UPDATE person SET has_keyboard = ? WHERE id = ?", (int(shown), person_id))


def set_reminder(connection: sqlite3.Connection, person_id: int, minutes: int | None) -> None:
    """Remind the person so many minutes before each session, or not at all."""
    connection.execute("UPDATE person SET reminder_minutes = ? WHERE id = ?", (minutes, person_id))


def reminder_minutes(connection: sqlite3.Connection, person_id: int) -> int | None:
    """How many minutes before each session the person is reminded, or None."""
    row = connection.execute("SELECT reminder_minutes FROM person WHERE id = ?", (person_id,)).fetchone()
    return None if row is None else row["reminder_minutes"]


def set_role(connection: sqlite3.Connection, person_id: int, role: Role) -> None:
    """Give the person another role. An owner stays one with any role, until `end_ownership`."""
    connection.execute(_SET_ROLE, (kept_as(role), int(role is Role.OWNER), person_id))


def end_ownership(connection: sqlite3.Connection, person_id: int) -> bool:
    """The person is no owner any more, but what they are beside that; return whether that is new."""
    return connection.execute("UPDATE person SET owner = 0 WHERE id = ? AND owner = 1", (person_id,)).rowcount == 1


def kept_as(role: Role) -> Role:
    """The role as it is stored: an owner is an organizer who is marked."""
    return Role.ORGANIZER if role is Role.OWNER else role


def set_reachable(connection: sqlite3.Connection, telegram_id: int, *, reachable: bool) -> None:
    """Remember whether the bot may write to this account (blocked or not)."""
    connection.execute("UPDATE person SET reachable = ? WHERE telegram_id = ?", (int(reachable), telegram_id))


def is_back(connection: sqlite3.Connection, someone: Person) -> Person:
    """The bot may write to this person again; return them so."""
    set_reachable(connection, someone.telegram_id, reachable=True)
    return replace(someone, reachable=True)


def set_paused(connection: sqlite3.Connection, person_id: int, since: datetime | None) -> bool:
    """Pause a teacher's messages, or (None) let them come again; return whether that is new."""
    return (
        connection.execute(_SET_PAUSED, {"person": person_id, "since": to_text(since) if since else None}).rowcount == 1
    )


def staff(connection: sqlite3.Connection, owners: Iterable[int]) -> list[Person]:
    """Everyone who is alerted: active, reachable organizers, and owners who have joined.

    `owners` are the Telegram ids of those whom the settings name.
    """
    people = [person for row in connection.execute(_STAFF) if (person := _person(row))]
    known = {person.telegram_id for person in people}
    for telegram_id in sorted(set(owners) - known):
        owner = by_telegram_id(connection, telegram_id)
        if owner and owner.active and owner.reachable:
            people.append(owner)
    return people


def anybody(connection: sqlite3.Connection) -> bool:
    """Whether the seminar has a member."""
    return connection.execute("SELECT 1 FROM person WHERE state = 'active' LIMIT 1").fetchone() is not None


def menu(connection: sqlite3.Connection, person_id: int) -> str | None:
    """The fingerprint of the command menu that the person's chat shows, or None."""
    row = connection.execute("SELECT menu FROM person WHERE id = ?", (person_id,)).fetchone()
    return row["menu"] if row else None


def set_menu(connection: sqlite3.Connection, person_id: int, fingerprint: str) -> None:
    """Remember which command menu the person's chat shows."""
    connection.execute("UPDATE person SET menu = ? WHERE id = ?", (fingerprint, person_id))
