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
_MEMBERS: Final = orjson.dumps(sorted(role.value for role in MEMBERS)).decode()

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
                    WHERE s.person_id = o.person_id AND s.seminar = :seminar AND s.version = :version)
"""
# Whose day a version changes and who cannot be told, for they have blocked the bot: asked of each notice of it. The
# sign before `o.event` lets the rows of one person be read, and not those of everybody who was told.
_UNTOLD = f"""
  FROM person p
 WHERE p.state = 'active' AND p.reachable = 0 AND p.role IN (SELECT value FROM json_each(:roles))
   AND EXISTS (SELECT 1 FROM fanout f WHERE f.event IN (SELECT value FROM json_each(:notices))
                  AND p.joined_at <= f.created_at AND ({CONDITIONS["programme"].replace(":data", "f.data")}))
   AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id AND o.state IN ('due', 'sending', 'sent')
                      AND +o.event IN (SELECT value FROM json_each(:notices)))
"""  # noqa: S608 - constants
_PERSON = "p.id, p.name, p.group_key, p.reachable, p.telegram_id"
_UNSEEN_PEOPLE = f"""
SELECT {_PERSON}, 1 AS told {_UNSEEN} UNION ALL SELECT {_PERSON}, 0 {_UNTOLD}
 ORDER BY told DESC, name, id LIMIT :limit OFFSET :skip
"""
_UNSEEN_COUNT = f"SELECT count(*) {_UNSEEN}"
_UNTOLD_COUNT = f"SELECT count(*) {_UNTOLD}"
# The earlier versions that somebody was told of and has not said to have seen.
_UNREAD = """
SELECT DISTINCT json_extract(o.data, '$.version') AS version, json_extract(o.data, '$.was') AS was
  FROM outbox o
 WHERE o.person_id = :person AND o.kind = 'programme.change' AND o.state = 'sent'
   AND json_extract(o.data, '$.seminar') = :seminar AND json_extract(o.data, '$.version') < :version
   AND NOT EXISTS (SELECT 1 FROM programme_seen s WHERE s.person_id = :person AND s.seminar = :seminar
                       AND s.version = json_extract(o.data, '$.version'))
"""
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
    """One who was told of a version and has not said to have seen it, or (`told` is False) cannot be told."""

    id: int
    name: str
    group: str | None
    reachable: bool
    telegram_id: int
    told: bool = True


@dataclass(frozen=True, slots=True)
class SeenList:
    """How far a version is known: one page of who has not seen it, and the numbers of everybody whose day it changes.

    `waiting` are those whose notice has not left, `untold` those who have blocked the bot before it came; they stand
    after the others. `reminded` is how often organizers have reminded.
    """

    told: int
    waiting: int
    unseen: int
    people: tuple[Unseen, ...]
    page: int
    reminded: int
    untold: int = 0

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-(self.unseen + self.untold) // PAGE))


def key(seminar: str, version: int, was: int) -> str:
    """What the notices of a version share that compare it with the version `was`."""
    return f"{_prefix(seminar)}{version}:{was}"


def reach(connection: sqlite3.Connection, data: str) -> Reach:
    """How many people a notice with these arguments is for: by the same condition as the fan-out."""
    row = connection.execute(
        _REACH.format(condition=CONDITIONS["programme"]), {"roles": _MEMBERS, "data": data}
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


def see(connection: sqlite3.Connection, person_id: int, seminar: str, versions: Iterable[int], now: datetime) -> None:
    """Somebody says that they have seen what these versions changed; what was said before stays as it was."""
    connection.executemany(_SEEN, [(person_id, seminar, version, to_text(now)) for version in versions])


def unread(connection: sqlite3.Connection, person_id: int, seminar: str, before: int) -> list[tuple[int, int]]:
    """The versions before this one that somebody was told of and has not seen, each with what it was compared with."""
    rows = connection.execute(_UNREAD, {"person": person_id, "seminar": seminar, "version": before})
    return [(row["version"], row["was"]) for row in rows]


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
    values = {"notices": notices, "seminar": seminar, "version": version, "roles": _MEMBERS}
    unseen, untold = (connection.execute(count, values).fetchone()[0] for count in (_UNSEEN_COUNT, _UNTOLD_COUNT))
    page = max(0, min(page, -(-(unseen + untold) // PAGE) - 1))
    rows = connection.execute(_UNSEEN_PEOPLE, {**values, "limit": PAGE, "skip": page * PAGE})
    people = tuple(
        Unseen(
            row["id"], row["name"], row["group_key"], bool(row["reachable"]), row["telegram_id"], told=bool(row["told"])
        )
        for row in rows
    )
    return SeenList(told, waiting, unseen, people, page, reminded(connection, seminar, version), untold)


def _prefix(seminar: str) -> str:
    return f"programme:{seminar}:"


def _range(prefix: str) -> dict[str, str]:
    """From the prefix to the first text after all that begin with it."""
    return {"prefix": prefix, "end": prefix[:-1] + chr(ord(prefix[-1]) + 1)}


def _json(keys: Iterable[str]) -> str:
    return orjson.dumps(list(keys)).decode()
