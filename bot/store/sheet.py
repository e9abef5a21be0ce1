"""Attendance sheets: each version as it was made, so that a signed paper can be compared with what it said.

A sheet is about a day or a session; when something on it has changed, asking again makes another version with a
number of its own, and the one before stays as it was signed.
"""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

import orjson

from bot import arguments as codec
from bot.clock import from_text, to_text
from bot.people_filter import PeopleFilter
from bot.store.mark import MarkMethod, MarkState


class SheetKind(StrEnum):
    """What a sheet is about."""

    DAY = "day"
    SESSION = "session"


class SheetOf(NamedTuple):
    """What a sheet is about, and whom it covers; `about` is the key of the session, empty for a day."""

    seminar: str
    date: date
    kind: SheetKind
    about: str
    people: PeopleFilter
    part: int = 0


@dataclass(frozen=True, slots=True)
class SheetSession:
    """A session as it was called when the sheet was made; `title` and `place` by language."""

    key: str
    hours: str
    title: dict[str, str]
    place: dict[str, str]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetMark:
    """What is known of somebody at a session; `how` and `at` are None for an excuse of the whole day."""

    state: MarkState
    how: MarkMethod | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Somebody on a sheet: `marks` for each of its sessions. `person_id` is None for who has not joined."""

    number: int
    person_id: int | None
    roster_id: int | None
    name: str
    latin_name: str
    school: str
    group: str
    marks: tuple[SheetMark | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version of a sheet. `parts`: how many such sheets hold all of its people."""

    id: int
    of: SheetOf
    parts: int
    version: int
    sessions: tuple[SheetSession, ...]
    made_at: datetime
    digest: str


_SERIES = "(seminar, date, kind, about, people, part) = (:seminar, :date, :kind, :about, :people, :part)"
_NEWEST = f"SELECT * FROM sheet WHERE {_SERIES} ORDER BY version DESC LIMIT 1"  # noqa: S608 - texts of this file
_ADD = """
INSERT INTO sheet (seminar, date, kind, about, people, part, parts, version, sessions, digest, made_at, made_by)
VALUES (:seminar, :date, :kind, :about, :people, :part, :parts, :version, :sessions, :digest, :now, :by)
"""
_ADD_LINE = """
INSERT INTO sheet_person (sheet_id, number, person_id, roster_id, name, latin_name, school, group_key, marks)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_LINES = "SELECT * FROM sheet_person WHERE sheet_id = ? ORDER BY number"
_PRUNE = "DELETE FROM sheet WHERE id IN (SELECT id FROM sheet WHERE made_at < ? ORDER BY id LIMIT ?)"


def get(connection: sqlite3.Connection, number: int) -> Sheet | None:
    """The sheet with this number, or None."""
    row = connection.execute("SELECT * FROM sheet WHERE id = ?", (number,)).fetchone()
    return None if row is None else _sheet(row)


def newest(connection: sqlite3.Connection, of: SheetOf) -> Sheet | None:
    """The newest version, or None where there is none."""
    row = connection.execute(_NEWEST, _values(of)).fetchone()
    return None if row is None else _sheet(row)


def lines(connection: sqlite3.Connection, number: int) -> list[SheetLine]:
    """Who stands on a sheet, in order."""
    return [_line(row) for row in connection.execute(_LINES, (number,))]


def keep(
    connection: sqlite3.Connection,
    of: SheetOf,
    sessions: Sequence[SheetSession],
    people: Sequence[SheetLine],
    *,
    parts: int,
    by_id: int | None,
    now: datetime,
) -> tuple[Sheet, bool]:
    """The newest version if all of it is still so, or another one; and whether it is another one."""
    rows = [_row(one) for one in people]
    columns = orjson.dumps(sessions).decode()
    # A session's own sheet is the same sheet when the folder calls the session otherwise: but it says so.
    digest = hashlib.sha256(orjson.dumps([columns, rows])).hexdigest()
    last = newest(connection, of)
    if last is not None and last.digest == digest:
        return last, False
    version = 1 if last is None else last.version + 1
    values = {**_values(of), "parts": parts, "version": version, "sessions": columns, "digest": digest}
    number = connection.execute(_ADD, {**values, "now": to_text(now), "by": by_id}).lastrowid
    assert number is not None
    connection.executemany(_ADD_LINE, [(number, *row) for row in rows])
    made = get(connection, number)
    assert made is not None
    return made, True


def prune(connection: sqlite3.Connection, before: datetime, limit: int) -> int:
    """Forget sheets that were made before then, with their lines; return how many."""
    return connection.execute(_PRUNE, (to_text(before), limit)).rowcount


def _values(of: SheetOf) -> dict[str, object]:
    return {**of._asdict(), "date": of.date.isoformat(), "people": codec.write(of.people)}


def _row(one: SheetLine) -> tuple[object, ...]:
    marks = [None if mark is None else [mark.state, mark.how, mark.at and to_text(mark.at)] for mark in one.marks]
    names = (one.name, one.latin_name, one.school, one.group)
    return (one.number, one.person_id, one.roster_id, *names, orjson.dumps(marks).decode())


def _mark(said: list[str | None] | None) -> SheetMark | None:
    if said is None:
        return None
    state, how, at = said
    assert state is not None
    return SheetMark(MarkState(state), MarkMethod(how) if how else None, from_text(at) if at else None)


def _line(row: sqlite3.Row) -> SheetLine:
    return SheetLine(
        row["number"],
        row["person_id"],
        row["roster_id"],
        row["name"],
        row["latin_name"],
        row["school"],
        row["group_key"],
        tuple(_mark(one) for one in orjson.loads(row["marks"])),
    )


def _sheet(row: sqlite3.Row) -> Sheet:
    people = codec.read(PeopleFilter, row["people"])
    of = SheetOf(
        row["seminar"], date.fromisoformat(row["date"]), SheetKind(row["kind"]), row["about"], people, row["part"]
    )
    sessions = tuple(
        SheetSession(one["key"], one["hours"], one["title"], one["place"], tuple(one["groups"]))
        for one in orjson.loads(row["sessions"])
    )
    return Sheet(
        row["id"],
        of,
        row["parts"],
        row["version"],
        sessions,
        from_text(row["made_at"]),
        row["digest"],
    )
