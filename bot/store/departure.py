"""Who has left. A name is kept only while it is on its way to the organizers."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.access import Role
from bot.clock import to_text
from bot.store import wiping
from bot.store.person import Person

_ADD = """
INSERT INTO departure (name, role, group_key, how, closed, reopened, left_at) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_FORGET_TOLD = """
UPDATE departure SET name = '' WHERE name <> '' AND NOT EXISTS (
    SELECT 1 FROM outbox WHERE outbox.event = 'departure:' || departure.id AND outbox.state IN ('due', 'sending'))
"""


class DepartureReason(StrEnum):
    """How someone left: with an erasure, or by not agreeing any more when they were asked again."""

    ERASED = "erased"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Departure:
    """A row of `departure`. `name` is "" where it is not to be told.

    `closed` counts the person's own urgent calls, questions not among them, `reopened` those of others that they had
    taken.
    """

    id: int
    name: str
    role: Role
    group: str | None
    how: DepartureReason
    closed: int
    reopened: int

    @property
    def occurrence(self) -> str:
        """What its outbox rows share."""
        return f"departure:{self.id}"


def add(
    connection: sqlite3.Connection,
    someone: Person,
    how: DepartureReason,
    *,
    named: bool,
    closed: int,
    reopened: int,
    now: datetime,
) -> Departure:
    """Keep that this person leaves; without `named` not who, nor of which group."""
    name, group = (someone.name, someone.group) if named else ("", None)
    values = (name, someone.role, group, how, closed, reopened, to_text(now))
    number = connection.execute(_ADD, values).lastrowid
    assert number is not None
    return Departure(number, name, someone.role, group, how, closed, reopened)


def by_id(connection: sqlite3.Connection, number: int) -> Departure | None:
    """The departure with this number, or None."""
    row = connection.execute("SELECT * FROM departure WHERE id = ?", (number,)).fetchone()
    if row is None:
        return None
    how, role = DepartureReason(row["how"]), Role(row["role"])
    return Departure(row["id"], row["name"], role, row["group_key"], how, row["closed"], row["reopened"])


def forget_told(connection: sqlite3.Connection) -> None:
    """Forget the names that every organizer who could be told has been told."""
    if connection.execute(_FORGET_TOLD).rowcount > 0:
        wiping.ask(connection)
