"""Who is told that the programme has changed, who has seen it, and how far delivered agendas follow."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

import orjson

from bot.access import MEMBERS
from bot.clock import from_text, to_text
from bot.store.audience import CONDITIONS

PAGE: Final = 10

_REACH = """
SELECT coalesce(sum(p.reachable), 0) AS recipients, coalesce(sum(1 - p.reachable), 0) AS blocked FROM person AS p
WHERE p.state = 'active' AND p.role IN (SELECT value FROM json_each(:roles)) AND ({condition})
"""
# The occurrences of notices stand together in the key of their table.
_NOTICES = """
SELECT f.event, f.done_at IS NULL OR EXISTS (
           SELECT 1 FROM outbox o WHERE o.event = f.event AND o.state IN ('due', 'sending')) AS open
  FROM fanout f WHERE f.event > :prefix AND f.event < :end AND f.kind = 'programme.change' AND f.expires_at > :now
"""
_STOP = """
UPDATE fanout SET done_at = coalesce(done_at, :now), cancelled = 1
 WHERE event > :prefix AND event < :end AND kind = 'programme.change' AND cancelled = 0
"""
_OF_VERSION = "SELECT event, data, expires_at FROM fanout WHERE event > ? AND event < ? AND kind = 'programme.change'"
_SEEN = "INSERT INTO programme_seen (person_id, seminar, version, seen_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_TOLD_TO = """
SELECT count(*) FILTER (WHERE state = 'sent') AS told, count(*) FILTER (WHERE state IN ('due', 'sending')) AS waiting
  FROM outbox WHERE event IN (SELECT value FROM json_each(?))
"""
_UNSEEN = """
  FROM outbox o JOIN person p ON p.id = o.person_id
 WHERE o.event IN (SELECT value FROM json_each(:notices)) AND o.state = 'sent' AND p.state = 'active'
   AND NOT EXISTS (SELECT 1 FROM programme_seen s
                    WHERE s.person_id = o.person_id AND s.seminar = :seminar AND s.version >= :version)
"""
_UNSEEN_PEOPLE = (
    f"SELECT p.id, p.name, p.group_key, p.reachable {_UNSEEN} ORDER BY p.name, p.id LIMIT :limit OFFSET :skip"
)
_UNSEEN_COUNT = f"SELECT count(*) {_UNSEEN}"
_REMINDED = "SELECT count(*) FROM fanout WHERE event > ? AND event < ? AND kind = 'programme.reminder'"
# What somebody was not told while they could not be reached. Keys of notices stand together in the key of the table.
_MISSED = """
SELECT event, data, expires_at FROM fanout
 WHERE event > 'programme:' AND event < 'programme;' AND kind = 'programme.change' AND expires_at > :now
   AND created_at >= (SELECT joined_at FROM person WHERE id = :person) AND json_extract(data, '$.author') <> :person
 ORDER BY json_extract(data, '$.version'), json_extract(data, '$.was')
"""
_TOLD_OF = """
SELECT max(json_extract(data, '$.version')) FROM outbox
 WHERE person_id = ? AND kind = 'programme.change' AND state IN ('due', 'sending', 'sent', 'unknown')
"""
_MADE = "SELECT count(*) FROM outbox WHERE event = ? AND person_id = ?"


class Reach(NamedTuple):
    """How many people are told, and how many others of them have blocked the bot."""

    recipients: int
    blocked: int


class Notices(NamedTuple):
    """The notices that were made before a version: the keys of each earlier version's, and the oldest to begin from.

    `since` is the newest version that everybody knows of whom no later one reached yet.
    """

    keys: dict[int, tuple[str, ...]]
    since: int


class Missed(NamedTuple):
    """A notice that somebody was not told: its key, its arguments as JSON, and from when it is of no use."""

    event: str
    data: str
    expires_at: datetime

    @property
    def version(self) -> int:
        """The version that it tells of."""
        return int(self.event.split(":")[-2])


@dataclass(frozen=True, slots=True)
class Unseen:
    """One who was told of a version and has not said to have seen it."""

    id: int
    name: str
    group: str | None
    reachable: bool


@dataclass(frozen=True, slots=True)
class SeenList:
    """How far a version is known: one page of who has not seen it, and the numbers of everybody who was told.

    `waiting` are those whose notice has not left; `reminded` how often organizers have reminded.
    """

    told: int
    waiting: int
    unseen: int
    people: tuple[Unseen, ...]
    page: int
    reminded: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.unseen // PAGE))


def key(seminar: str, version: int, was: int) -> str:
    """What the notices of a version share that compare it with the version `was`."""
    return f"{_prefix(seminar)}{version}:{was}"


def reach(connection: sqlite3.Connection, data: str) -> Reach:
    """How many people a notice with these arguments is for: by the same condition as the fan-out."""
    roles = orjson.dumps(sorted(role.value for role in MEMBERS)).decode()
    row = connection.execute(
        _REACH.format(condition=CONDITIONS["programme"]), {"roles": roles, "data": data}
    ).fetchone()
    return Reach(row["recipients"], row["blocked"])


def earlier(connection: sqlite3.Connection, seminar: str, version: int, now: datetime) -> Notices:
    """The notices of versions before this one, and since which of them there may be somebody who was not told."""
    keys: dict[int, tuple[str, ...]] = {}
    since = version - 1
    for row in connection.execute(_NOTICES, _range(_prefix(seminar)) | {"now": to_text(now)}):
        number, was = (int(part) for part in row["event"].split(":")[-2:])
        keys[number] = (*keys.get(number, ()), row["event"])
        if row["open"]:
            since = min(since, was)
    return Notices(keys, since)


def stop(connection: sqlite3.Connection, seminar: str, now: datetime) -> None:
    """Send no more notices of versions that another follows: from here on a row is on its way, or is never sent."""
    connection.execute(_STOP, _range(_prefix(seminar)) | {"now": to_text(now)})


def of_version(connection: sqlite3.Connection, seminar: str, version: int) -> list[tuple[str, str, str]]:
    """The notices of a version: their keys, their arguments as JSON, and when they expire as the database writes it."""
    limits = _range(f"{_prefix(seminar)}{version}:")
    return [tuple(row) for row in connection.execute(_OF_VERSION, (limits["prefix"], limits["end"]))]


def missed(connection: sqlite3.Connection, person_id: int, now: datetime) -> list[Missed]:
    """The notices still of use that this person was not told: of versions after the last one that they know of."""
    told = last_told(connection, person_id)
    rows = connection.execute(_MISSED, {"now": to_text(now), "person": person_id})
    made = [Missed(row["event"], row["data"], from_text(row["expires_at"])) for row in rows]
    return [one for one in made if one.version > told]


def last_told(connection: sqlite3.Connection, person_id: int) -> int:
    """The newest version that somebody was told of, or is about to be; 0 for none."""
    return int(connection.execute(_TOLD_OF, (person_id,)).fetchone()[0] or 0)


def made(connection: sqlite3.Connection, event: str, person_id: int) -> int:
    """How many rows somebody has of a notice."""
    return int(connection.execute(_MADE, (event, person_id)).fetchone()[0])


def see(connection: sqlite3.Connection, person_id: int, seminar: str, version: int, now: datetime) -> bool:
    """Somebody says that they have seen the notice of a version; return whether it is the first time."""
    return connection.execute(_SEEN, (person_id, seminar, version, to_text(now))).rowcount == 1


def reminded(connection: sqlite3.Connection, seminar: str, version: int) -> int:
    """How often organizers have reminded those who have not seen a version."""
    keys = [one for one, _data, _expires in of_version(connection, seminar, version)]
    if not keys:
        return 0
    limits = _range(f"{keys[0]}:tap:")
    return int(connection.execute(_REMINDED, (limits["prefix"], limits["end"])).fetchone()[0])


def seen_list(connection: sqlite3.Connection, seminar: str, version: int, page: int = 0) -> SeenList:
    """How far a version is known, with one page of who has not seen it."""
    notices = _json(one for one, _data, _expires in of_version(connection, seminar, version))
    told, waiting = connection.execute(_TOLD_TO, (notices,)).fetchone()
    values = {"notices": notices, "seminar": seminar, "version": version}
    unseen = connection.execute(_UNSEEN_COUNT, values).fetchone()[0]
    page = max(0, min(page, -(-unseen // PAGE) - 1))
    rows = connection.execute(_UNSEEN_PEOPLE, {**values, "limit": PAGE, "skip": page * PAGE})
    people = tuple(Unseen(row["id"], row["name"], row["group_key"], bool(row["reachable"])) for row in rows)
    return SeenList(told, waiting, unseen, people, page, reminded(connection, seminar, version))


def _prefix(seminar: str) -> str:
    return f"programme:{seminar}:"


def _range(prefix: str) -> dict[str, str]:
    """From the prefix to the first text after all that begin with it."""
    return {"prefix": prefix, "end": prefix[:-1] + chr(ord(prefix[-1]) + 1)}


def _json(keys: Iterable[str]) -> str:
    return orjson.dumps(list(keys)).decode()
