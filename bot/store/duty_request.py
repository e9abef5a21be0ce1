"""What organizers ask each other about duty: take my shift, exchange it for yours, join me."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.clock import to_text
from bot.programme.duty import DutyPeriod

_SELECT = """
SELECT r.*, asker.name AS asker, asked.name AS asked FROM duty_request AS r
JOIN person AS asker ON asker.id = r.person_id JOIN person AS asked ON asked.id = r.asked_id
"""
_OPEN = """
SELECT id FROM duty_request
 WHERE (kind, seminar, date, shift, person_id, asked_id) = (:kind, :seminar, :date, :shift, :asker, :asked)
   AND other_date IS :other_date AND other_shift IS :other_shift AND state = 'asked'
"""
_ADD = """
INSERT INTO duty_request (kind, seminar, date, shift, person_id, asked_id, other_date, other_shift, asked_at)
VALUES (:kind, :seminar, :date, :shift, :asker, :asked, :other_date, :other_shift, :now)
"""
_END = "UPDATE duty_request SET state = ? WHERE id = ? AND state = 'asked'"
_END_ALL = "UPDATE duty_request SET state = 'ended' WHERE state = 'asked' AND ? IN (person_id, asked_id)"


class DutyRequestKind(StrEnum):
    """What is asked: to take a shift, to exchange two, to share one."""

    GIVE = "give"
    SWAP = "swap"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class DutyRequest:
    """A row of `duty_request` with names. `state` is asked, agreed, refused or ended; `other_*`: for a swap."""

    id: int
    kind: DutyRequestKind
    seminar: str
    on: date
    shift: str
    asker_id: int
    asker: str
    asked_id: int
    asked: str
    other_on: date | None
    other_shift: str | None
    state: str

    @property
    def occurrence(self) -> str:
        """What the outbox rows about it share."""
        return f"duty-request:{self.id}"


def add(
    connection: sqlite3.Connection,
    kind: DutyRequestKind,
    seminar: str,
    shift: DutyPeriod,
    *,
    asker_id: int,
    asked_id: int,
    other: DutyPeriod | None,
    now: datetime,
) -> DutyRequest:
    """Keep the request; the same that is open still is the same row."""
    on, key = shift.key
    other_on, other_key = other.key if other else (None, None)
    values = {
        "kind": kind,
        "seminar": seminar,
        "date": on,
        "shift": key,
        "asker": asker_id,
        "asked": asked_id,
        "other_date": other_on,
        "other_shift": other_key,
        "now": to_text(now),
    }
    row = connection.execute(_OPEN, values).fetchone()
    number = row["id"] if row is not None else connection.execute(_ADD, values).lastrowid
    found = get(connection, number or 0)
    assert found is not None
    return found


def get(connection: sqlite3.Connection, number: int) -> DutyRequest | None:
    """The request with this number, or None."""
    row = connection.execute(f"{_SELECT} WHERE r.id = ?", (number,)).fetchone()
    if row is None:
        return None
    return DutyRequest(
        row["id"],
        DutyRequestKind(row["kind"]),
        row["seminar"],
        date.fromisoformat(row["date"]),
        row["shift"],
        row["person_id"],
        row["asker"],
        row["asked_id"],
        row["asked"],
        date.fromisoformat(row["other_date"]) if row["other_date"] else None,
        row["other_shift"],
        row["state"],
    )


def end(connection: sqlite3.Connection, number: int, state: str) -> bool:
    """The request is agreed, refused or ended; return whether it was open until now."""
    return connection.execute(_END, (state, number)).rowcount == 1


def end_all(connection: sqlite3.Connection, person_id: int) -> None:
    """Nothing that this person has asked, or was asked, can be answered any more."""
    connection.execute(_END_ALL, (person_id,))
