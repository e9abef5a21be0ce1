"""The versions of a programme, what organizers are changing in it, and what its folder held at the last start."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

import orjson

from bot.clock import from_text, to_text


class Source(StrEnum):
    """Where a version comes from. Stored as its value."""

    FOLDER = "folder"
    CHAT = "chat"
    FILE = "file"


class FolderState(StrEnum):
    """What became of the folder's programme: it is a version, is offered as one, or was not wanted as one."""

    TAKEN = "taken"
    OFFERED = "offered"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What is published. `by_id` is the author's, None for a start; `reason` by language, empty for none.

    `restores` is the number of the earlier version that is brought back.
    """

    document: str
    source: Source
    by_id: int | None = None
    reason: Mapping[str, str] = field(default_factory=dict)
    restores: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A published version without its document. `author` is empty where nobody's name is kept."""

    number: int
    source: Source
    digest: str
    restores: int | None
    by_id: int | None
    author: str
    published_at: datetime
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an organizer has changed and not published: `base` is the number of the version that it changes.

    `reason` is told with it, by language; empty for none.
    """

    base: int
    document: str
    source: Source
    updated_at: datetime
    reason: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder's programme as the last start found it; `version` is the last one that was the folder's."""

    document: str
    digest: str
    version: int
    state: FolderState


_VERSION: Final = """
SELECT v.number, v.source, v.digest, v.restores, v.by_id, v.published_at, v.reason, coalesce(p.name, '') AS author
  FROM programme_version AS v LEFT JOIN person AS p ON p.id = v.by_id
"""
_NEWEST = f"{_VERSION} WHERE v.seminar = ? ORDER BY v.number DESC LIMIT 1"
_ONE = f"{_VERSION} WHERE v.seminar = ? AND v.number = ?"
_HISTORY = f"{_VERSION} WHERE v.seminar = ? AND v.number < ? ORDER BY v.number DESC LIMIT ?"
_NEWER = """
SELECT number, document FROM programme_version WHERE seminar = ? AND number > ? ORDER BY number DESC LIMIT 1
"""
_DOCUMENT = "SELECT document FROM programme_version WHERE seminar = ? AND number = ?"
_ADD = """
INSERT INTO programme_version (seminar, number, base, document, digest, source, restores, by_id, published_at, reason)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_DRAFT = "SELECT * FROM programme_draft WHERE person_id = ? AND seminar = ?"
_SAVE_DRAFT = """
INSERT INTO programme_draft (person_id, seminar, base, document, source, updated_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (person_id) DO UPDATE SET seminar = excluded.seminar, base = excluded.base, document = excluded.document,
                                      source = excluded.source, updated_at = excluded.updated_at
"""
_SET_REASON = "UPDATE programme_draft SET reason = ? WHERE person_id = ? AND seminar = ?"
_OF_DOCUMENT = """
SELECT number FROM programme_version WHERE seminar = ? AND digest = ? AND number < ? ORDER BY number DESC LIMIT 1
"""
_AT = "SELECT max(number) FROM programme_version WHERE seminar = ? AND published_at <= ?"
_DELETE_DRAFT = "DELETE FROM programme_draft WHERE person_id = ?"
_FOLDER = "SELECT document, digest, version, state FROM programme_folder WHERE seminar = ?"
_SAVE_FOLDER = """
INSERT INTO programme_folder (seminar, document, digest, version, state) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (seminar) DO UPDATE SET document = excluded.document, digest = excluded.digest,
                                    version = excluded.version, state = excluded.state
"""


def digest(document: str) -> str:
    """A document's fingerprint, 64 hexadecimal digits."""
    return sha256(document.encode()).hexdigest()


def newest(connection: sqlite3.Connection, seminar: str) -> Version | None:
    """The version that runs, or None before the first start."""
    row = connection.execute(_NEWEST, (seminar,)).fetchone()
    return None if row is None else _version(row)


def get(connection: sqlite3.Connection, seminar: str, number: int) -> Version | None:
    """The version of this number, or None."""
    row = connection.execute(_ONE, (seminar, number)).fetchone()
    return None if row is None else _version(row)


def history(connection: sqlite3.Connection, seminar: str, *, before: int = 1 << 62, limit: int = 10) -> list[Version]:
    """The versions with lower numbers than `before`, the newest first."""
    return [_version(row) for row in connection.execute(_HISTORY, (seminar, before, limit))]


def newer_than(connection: sqlite3.Connection, seminar: str, number: int) -> tuple[int, str] | None:
    """Number and document of the newest version, or None while it is the one of this number."""
    row = connection.execute(_NEWER, (seminar, number)).fetchone()
    return None if row is None else (row["number"], row["document"])


def document_of(connection: sqlite3.Connection, seminar: str, number: int) -> str | None:
    """The document of a version, or None where there is no such version."""
    row = connection.execute(_DOCUMENT, (seminar, number)).fetchone()
    return None if row is None else str(row["document"])


def add(connection: sqlite3.Connection, seminar: str, base: int, new: NewVersion, now: datetime) -> Version:
    """Publish a version on top of the newest one, whose number `base` is; 0 for the first.

    Raises sqlite3.IntegrityError where `base` is not the newest any more.
    """
    reason = orjson.dumps(dict(new.reason)).decode() if new.reason else ""
    values = (new.document, digest(new.document), new.source, new.restores, new.by_id, to_text(now), reason)
    connection.execute(_ADD, (seminar, base + 1, base, *values))
    made = get(connection, seminar, base + 1)
    assert made is not None
    return made


def draft(connection: sqlite3.Connection, seminar: str, person_id: int) -> Draft | None:
    """What this organizer has changed and not published, or None."""
    row = connection.execute(_DRAFT, (person_id, seminar)).fetchone()
    if row is None:
        return None
    reason = orjson.loads(row["reason"]) if row["reason"] else {}
    return Draft(row["base"], row["document"], Source(row["source"]), from_text(row["updated_at"]), reason)


def save_draft(
    connection: sqlite3.Connection,
    seminar: str,
    person_id: int,
    *,
    base: int,
    document: str,
    now: datetime,
    source: Source = Source.CHAT,
) -> None:
    """Keep what this organizer has changed, in place of what was kept."""
    connection.execute(_SAVE_DRAFT, (person_id, seminar, base, document, source, to_text(now)))


def set_reason(connection: sqlite3.Connection, seminar: str, person_id: int, reason: Mapping[str, str]) -> None:
    """Keep why this organizer changes the programme, with what is changed; nothing where nothing is."""
    text = orjson.dumps(dict(reason)).decode() if reason else ""
    connection.execute(_SET_REASON, (text, person_id, seminar))


def earlier_with(connection: sqlite3.Connection, seminar: str, document: str, *, before: int) -> int | None:
    """The newest version below the number `before` that holds this document, or None."""
    row = connection.execute(_OF_DOCUMENT, (seminar, digest(document), before)).fetchone()
    return None if row is None else int(row["number"])


def number_at(connection: sqlite3.Connection, seminar: str, moment: datetime) -> int | None:
    """The version that ran at a moment; None before the first."""
    number: int | None = connection.execute(_AT, (seminar, to_text(moment))).fetchone()[0]
    return number


def delete_draft(connection: sqlite3.Connection, person_id: int) -> bool:
    """Throw away what this organizer has changed; return whether there was anything."""
    return connection.execute(_DELETE_DRAFT, (person_id,)).rowcount > 0


def folder(connection: sqlite3.Connection, seminar: str) -> Folder | None:
    """The folder's programme as the last start found it, or None before the first."""
    row = connection.execute(_FOLDER, (seminar,)).fetchone()
    if row is None:
        return None
    return Folder(row["document"], row["digest"], row["version"], FolderState(row["state"]))


def save_folder(
    connection: sqlite3.Connection, seminar: str, document: str, *, version: int, state: FolderState
) -> None:
    """Keep what the folder holds, and what became of that."""
    connection.execute(_SAVE_FOLDER, (seminar, document, digest(document), version, state))


def _version(row: sqlite3.Row) -> Version:
    return Version(
        number=row["number"],
        source=Source(row["source"]),
        digest=row["digest"],
        restores=row["restores"],
        by_id=row["by_id"],
        author=row["author"],
        published_at=from_text(row["published_at"]),
        reason=orjson.loads(row["reason"]) if row["reason"] else {},
    )
