"""Scheduled occurrences, and how far each has been fanned out to its recipients.

An occurrence is stored once and whole, so that a fan-out ends as it started, whatever crashes or changes meanwhile.
Only what nobody has a row of yet may still be moved.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import orjson

from bot.access import Role
from bot.clock import from_text, to_text
from bot.store import audience as audience_store
from bot.store.claims import PARKED


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A message to many people, due at a moment and expired from another on.

    `audience` names a condition of `bot.store.audience`, or several; `data` is the arguments of the message as JSON,
    and what the condition may ask about. `key` makes it happen once: each person's row is `<key>:person-<id>`.
    """

    key: str
    kind: str
    priority: int
    due_at: datetime
    expires_at: datetime
    roles: frozenset[Role]
    audience: str = "all"
    data: str = "{}"


class Chunk(NamedTuple):
    """What one transaction of a fan-out did: `made` rows for the occurrence of this key, `done` or not."""

    occurrence: str
    made: int
    done: bool


_SCHEDULE = """
INSERT INTO fanout (event, kind, priority, due_at, expires_at, roles, audience, data, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (event) DO NOTHING
"""
# What nobody has a row of follows the programme, also when its time had ended; what somebody has ends as it started.
_RESCHEDULE = """
UPDATE fanout SET due_at = :due_at, expires_at = :expires_at, data = :data, cursor = 0, done_at = NULL
 WHERE event = :event AND spread = 0 AND cancelled = 0
   AND (due_at, expires_at) IS NOT (:due_at, :expires_at)
"""
# One that is suspended makes no rows, until its time has ended.
_NEXT = """
SELECT * FROM fanout WHERE done_at IS NULL AND due_at <= :now AND (suspended <> 1 OR expires_at <= :now)
 ORDER BY priority, due_at, event LIMIT 1
"""
_RANGE = "SELECT count(*), max(id) FROM (SELECT id FROM person WHERE id > ? ORDER BY id LIMIT ?)"
# NOT INDEXED: a chunk of people is a range of row ids; by its indexes SQLite would scan everyone for each.
_FAN_OUT = """
INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, data, due_at, next_at, expires_at, created_at)
SELECT :event || ':person-' || p.id, :event, :kind, p.telegram_id, p.id, :priority, :data,
       :due_at, :due_at, :expires_at, :now
  FROM person p NOT INDEXED
 WHERE p.id > :cursor AND p.id <= :upper AND p.state = 'active' AND p.reachable = 1
   AND p.role IN (SELECT value FROM json_each(:roles))
   AND (p.paused_at IS NULL OR p.role <> 'teacher') AND ({condition})
 ORDER BY p.id
ON CONFLICT (key) DO NOTHING
"""
# Priority promotion: a chat keeps the order of its rows, so what waits before a more urgent row becomes as urgent.
_WAITS = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'due' AND priority > ?)"
_PROMOTE = f"""
UPDATE outbox SET priority = :priority WHERE id IN (
    SELECT earlier.id
      FROM person p NOT INDEXED
      CROSS JOIN outbox earlier ON earlier.chat_id = p.telegram_id AND earlier.state IN ('due', 'sending')
     WHERE p.id > :cursor AND p.id <= :upper
       AND earlier.state = 'due' AND earlier.priority > :priority AND earlier.id <= :last
       AND earlier.next_at < '{PARKED}'
       AND EXISTS (SELECT 1 FROM outbox later WHERE later.chat_id = p.telegram_id AND later.id > :last
                      AND later.state IN ('due', 'sending')))
"""  # noqa: S608 - a constant of the store
_MOVE = "UPDATE fanout SET cursor = ?, spread = spread + ? WHERE event = ?"
_DONE = "UPDATE fanout SET done_at = ? WHERE event = ?"
# By the range of their keys: a table of all that was ever scheduled has no index of its kinds.
_UNDER_WAY = """
SELECT * FROM fanout
 WHERE event >= :begin AND event < :begin || char(0x10ffff) AND kind = :kind AND cancelled = 0
   AND due_at <= :now AND expires_at > :now
 ORDER BY due_at, event
"""
_NEXT_DUE = "SELECT min(CASE suspended WHEN 1 THEN expires_at ELSE due_at END) FROM fanout WHERE done_at IS NULL"


def schedule(connection: sqlite3.Connection, occurrences: Iterable[Occurrence], now: datetime) -> int:
    """Store the occurrences whose keys are new, to be fanned out when they are due; return how many those were.

    Call it in the transaction that writes the state that they are about, and wake the fan-out after that.
    """
    added = 0
    for occurrence in occurrences:
        if not audience_store.is_known(occurrence.audience):
            raise ValueError(f"no audience {occurrence.audience!r} in bot.store.audience")
        added += connection.execute(_SCHEDULE, _values(occurrence, to_text(now))).rowcount
    return added


def reschedule(connection: sqlite3.Connection, occurrences: Iterable[Occurrence]) -> None:
    """Move the scheduled occurrences of these keys to where they are now, as far as nobody has a row of them."""
    for one in occurrences:
        moved = {"due_at": to_text(one.due_at), "expires_at": to_text(one.expires_at)}
        connection.execute(_RESCHEDULE, {"event": one.key, "data": one.data, **moved})


def fan_out(connection: sqlite3.Connection, now: datetime, size: int) -> Chunk | None:
    """Make the rows for the next `size` people of the most urgent occurrence that is due; None when none is open."""
    moment = to_text(now)
    event = connection.execute(_NEXT, {"now": moment}).fetchone()
    if event is None:
        return None
    people, upper = connection.execute(_RANGE, (event["cursor"], size)).fetchone()
    made = 0
    if event["expires_at"] <= moment:
        people = 0
    elif people:
        made = _expand(connection, event, upper, moment)
    done = people < size
    if done:
        connection.execute(_DONE, (moment, event["event"]))
    return Chunk(event["event"], made, done)


def _expand(connection: sqlite3.Connection, event: sqlite3.Row, upper: int, now: str) -> int:
    """Make the rows for the people up to the id `upper`; return how many."""
    values = {**dict(event), "upper": upper, "now": now}
    values["last"] = connection.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0]
    made = connection.execute(_FAN_OUT.format(condition=audience_store.condition(event["audience"])), values).rowcount
    if made and connection.execute(_WAITS, (event["priority"],)).fetchone()[0]:
        connection.execute(_PROMOTE, values)
    connection.execute(_MOVE, (upper, made, event["event"]))
    return made


def next_due(connection: sqlite3.Connection) -> str | None:
    """When the next scheduled occurrence is due, as the database writes moments, or None."""
    due: str | None = connection.execute(_NEXT_DUE).fetchone()[0]
    return due


def under_way(connection: sqlite3.Connection, kind: str, begin: str, now: datetime) -> list[Occurrence]:
    """The occurrences of a kind, whose keys begin like this, that are due and have not expired, fanned out or not."""
    rows = connection.execute(_UNDER_WAY, {"kind": kind, "begin": begin, "now": to_text(now)})
    return [of_row(row) for row in rows]


def of_row(row: sqlite3.Row) -> Occurrence:
    """The occurrence that a row of `fanout` holds."""
    return Occurrence(
        row["event"],
        row["kind"],
        row["priority"],
        from_text(row["due_at"]),
        from_text(row["expires_at"]),
        frozenset(Role(role) for role in orjson.loads(row["roles"])),
        row["audience"],
        row["data"],
    )


def _values(occurrence: Occurrence, now: str) -> tuple[object, ...]:
    return (
        occurrence.key,
        occurrence.kind,
        int(occurrence.priority),
        to_text(occurrence.due_at),
        to_text(occurrence.expires_at),
        orjson.dumps(sorted(role.value for role in occurrence.roles)).decode(),
        occurrence.audience,
        occurrence.data,
        now,
    )
