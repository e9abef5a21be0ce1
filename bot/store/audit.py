"""The audit trail: what staff did, when, about whom. Only added to, in the transaction that did it; without words."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson

from bot.clock import from_text, to_text

PAGE: Final = 15
COMMAND_LINE: Final = -1  # in place of a person's number, where a filter is about the command line and the bot itself

Details = Mapping[str, str | int | bool | None]

_ADD = "INSERT INTO audit (at, by_id, action, person_id, subject, details) VALUES (?, ?, ?, ?, ?, ?)"
_WHERE = """
 WHERE (:by = 0 OR a.by_id IS CASE :by WHEN -1 THEN NULL ELSE :by END) AND (:about = 0 OR a.person_id = :about)
   AND (:feature = '' OR (a.action >= :feature || '.' AND a.action < :feature || '/'))
   AND a.at >= :since AND a.at < :until
"""
_COUNT = f"SELECT count(*) FROM audit AS a {_WHERE}"  # noqa: S608 - a constant of this page
_ENTRIES = f"""
SELECT a.id, a.at, a.by_id, coalesce(author.name, '') AS by, a.action, a.person_id, coalesce(about.name, '') AS about,
       a.subject, a.details
  FROM (SELECT id FROM audit AS a {_WHERE} ORDER BY id DESC LIMIT :size OFFSET :skip) AS found
  JOIN audit AS a ON a.id = found.id
  LEFT JOIN person AS author ON author.id = a.by_id LEFT JOIN person AS about ON about.id = a.person_id
 ORDER BY a.id DESC
"""  # noqa: S608 - a constant of this page
# Each author, feature and moment by a step in an index: the trail itself may be long.
_AUTHORS = """
WITH RECURSIVE author (id) AS (
    SELECT min(by_id) FROM audit
    UNION ALL
    SELECT (SELECT min(by_id) FROM audit WHERE by_id > author.id) FROM author WHERE author.id IS NOT NULL
)
SELECT author.id, coalesce(p.name, '') AS name FROM author LEFT JOIN person AS p ON p.id = author.id
 WHERE author.id IS NOT NULL ORDER BY p.name, author.id
"""
_ACTIONS = """
WITH RECURSIVE done (action) AS (
    SELECT min(action) FROM audit
    UNION ALL
    SELECT (SELECT min(action) FROM audit WHERE action > done.action) FROM done WHERE done.action IS NOT NULL
)
SELECT action FROM done WHERE action IS NOT NULL
"""
_FIRST = "SELECT min(at), max(at) FROM audit"


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries: by whom, about whom (numbers of people, 0: anybody), of which feature ("": any), from when on."""

    by: int
    about: int
    feature: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done. `by_id` None: the command line or the bot; names are empty for who has left."""

    id: int
    at: datetime
    by_id: int | None
    by: str
    action: str
    about_id: int | None
    about: str
    subject: str
    details: Details


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the trail, the newest first, counted from 0."""

    entries: tuple[AuditEntry, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many there are."""
        return max(1, -(-self.total // PAGE))


def record(
    connection: sqlite3.Connection,
    action: str,
    *,
    by_id: int | None,
    now: datetime,
    person_id: int | None = None,
    subject: str = "",
    details: Details | None = None,
) -> int:
    """Note what a member of staff did, and return the entry's number. Call it only where that changed something.

    `action` is "feature.verb" in the past ("broadcast.sent"), `by_id` the person's number (None: the command line),
    `subject` which thing of that feature. `details` are keys and numbers, never names or what somebody wrote.
    """
    values = (to_text(now), by_id, action, person_id, subject, orjson.dumps(dict(details or {})).decode())
    number = connection.execute(_ADD, values).lastrowid
    assert number is not None
    return number


def page(connection: sqlite3.Connection, wanted: AuditFilter, number: int) -> AuditPage:
    """A page of what the filter lets through; the last one where there are fewer."""
    total: int = connection.execute(_COUNT, _values(wanted)).fetchone()[0]
    shown = max(0, min(number, -(-total // PAGE) - 1))
    return AuditPage(tuple(_entries(connection, wanted, PAGE, shown * PAGE)), total, shown)


def newest(connection: sqlite3.Connection, wanted: AuditFilter, size: int) -> list[AuditEntry]:
    """The newest entries that the filter lets through, at most so many."""
    return list(_entries(connection, wanted, size, 0))


def authors(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """The numbers and names of those who have done something, by name."""
    return [(row["id"], row["name"]) for row in connection.execute(_AUTHORS)]


def features(connection: sqlite3.Connection) -> list[str]:
    """The features of which something was done."""
    return sorted({row["action"].partition(".")[0] for row in connection.execute(_ACTIONS)})


def span(connection: sqlite3.Connection) -> tuple[datetime, datetime] | None:
    """When the first and the newest entry were made, or None while there is none."""
    first, last = connection.execute(_FIRST).fetchone()
    return None if first is None else (from_text(first), from_text(last))


def _entries(connection: sqlite3.Connection, wanted: AuditFilter, size: int, skip: int) -> Iterator[AuditEntry]:
    for row in connection.execute(_ENTRIES, {**_values(wanted), "size": size, "skip": skip}):
        yield AuditEntry(
            row["id"],
            from_text(row["at"]),
            row["by_id"],
            row["by"],
            row["action"],
            row["person_id"],
            row["about"],
            row["subject"],
            orjson.loads(row["details"]),
        )


def _values(wanted: AuditFilter) -> dict[str, object]:
    return {
        "by": wanted.by,
        "about": wanted.about,
        "feature": wanted.feature,
        "since": to_text(wanted.since),
        "until": to_text(wanted.until),
    }
