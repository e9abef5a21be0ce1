"""When the bot was last there, and what came and went for whom while it was not."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import orjson

from bot.access import Role
from bot.clock import from_text, to_text

_HEARTBEAT: Final = timedelta(seconds=10)  # of checks that follow each other faster, one writes


@dataclass(frozen=True, slots=True)
class Expired:
    """An occurrence that expired: the key that its rows share, and what it was about.

    `slot` is a check-in's, `lesson` a lesson's key; `kind` is agenda, lesson or checkin.
    """

    key: str
    kind: str
    seminar: str
    on: date
    due_at: datetime
    expires_at: datetime
    roles: frozenset[Role]
    slot: str = ""
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What one person missed in an outage: how many of each kind, and the check-ins as (date, slot)."""

    ended_at: datetime
    agendas: int
    lessons: int
    checkins: Sequence[tuple[date, str]]


_LAST = "SELECT at FROM heartbeat"
_SET = "INSERT INTO heartbeat (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
_ADD = "INSERT INTO outage (began_at, ended_at, passed) VALUES (?, ?, ?) ON CONFLICT (began_at) DO NOTHING"
# Fanned out to everyone in its time, and no row of it was left behind.
_DELIVERED = """
SELECT EXISTS (SELECT 1 FROM fanout WHERE event = :key AND done_at < :expires_at)
   AND NOT EXISTS (SELECT 1 FROM outbox WHERE event = :key AND state IN ('due', 'sending', 'expired'))
"""
# A row that expired, or none although the person was there: but what was done without being asked is not missed.
_GET = """
SELECT json_extract(one.value, '$.kind') AS kind, json_extract(one.value, '$.date') AS date,
       json_extract(one.value, '$.slot') AS slot
  FROM outage AS o, json_each(o.passed) AS one, person AS p
 WHERE o.began_at = :began_at AND p.id = :person_id
   AND p.joined_at <= json_extract(one.value, '$.due_at')
   AND p.role IN (SELECT value FROM json_each(one.value, '$.roles'))
   AND coalesce(
        (SELECT state = 'expired' FROM outbox WHERE key = json_extract(one.value, '$.key') || ':person-' || p.id),
        NOT EXISTS (SELECT 1 FROM fanout
                     WHERE event = json_extract(one.value, '$.key')
                       AND done_at < json_extract(one.value, '$.expires_at')))
   AND NOT EXISTS (SELECT 1 FROM lesson_progress
                    WHERE person_id = p.id AND seminar = json_extract(one.value, '$.seminar')
                      AND lesson_key = json_extract(one.value, '$.lesson'))
   AND NOT EXISTS (SELECT 1 FROM checkin
                    WHERE person_id = p.id AND seminar = json_extract(one.value, '$.seminar')
                      AND date = json_extract(one.value, '$.date') AND slot = json_extract(one.value, '$.slot'))
"""
# Rows that had become messages by then: their buttons could be pressed while the bot was away.
_HAD_RECEIVED = """
SELECT EXISTS (
    SELECT 1 FROM json_each(:events) AS one JOIN outbox AS o ON o.key = one.value || ':person-' || :person_id
     WHERE o.state IN ('sent', 'unknown') AND o.done_at < :ended_at)
"""


def record_presence(connection: sqlite3.Connection, now: datetime) -> tuple[datetime | None, datetime]:
    """Write down, at most every ten seconds, that the bot is there.

    Returns when it last was, None if never before, and what is written down now.
    """
    row = connection.execute(_LAST).fetchone()
    last = from_text(row["at"]) if row else None
    if last is not None and abs(now - last) < _HEARTBEAT:
        return last, last
    connection.execute(_SET, (to_text(now),))
    return last, from_text(to_text(now))


def undelivered(connection: sqlite3.Connection, passed: Iterable[Expired]) -> list[Expired]:
    """Those that were not said to all whom they were for."""
    return [one for one in passed if not connection.execute(_DELIVERED, _values(one)).fetchone()[0]]


def save(connection: sqlite3.Connection, began: datetime, ended: datetime, passed: Sequence[Expired]) -> None:
    """Write an outage down, with what passed in it."""
    listed = orjson.dumps([_values(one) for one in passed]).decode()
    connection.execute(_ADD, (to_text(began), to_text(ended), listed))


def get(connection: sqlite3.Connection, began: datetime, person_id: int) -> CatchUp | None:
    """What the person missed in the outage that began then, or None when it was nothing."""
    values = {"began_at": to_text(began), "person_id": person_id}
    rows = connection.execute(_GET, values).fetchall()
    if not rows:
        return None
    kinds = [row["kind"] for row in rows]
    checkins = [(date.fromisoformat(row["date"]), row["slot"]) for row in rows if row["kind"] == "checkin"]
    ended = connection.execute("SELECT ended_at FROM outage WHERE began_at = ?", (to_text(began),)).fetchone()
    return CatchUp(from_text(ended["ended_at"]), kinds.count("agenda"), kinds.count("lesson"), checkins)


def had_received(connection: sqlite3.Connection, occurrences: Iterable[str], person_id: int, ended: datetime) -> bool:
    """Whether one of these occurrences had reached the person before the outage ended."""
    values = {"events": orjson.dumps(list(occurrences)).decode(), "person_id": person_id, "ended_at": to_text(ended)}
    return bool(connection.execute(_HAD_RECEIVED, values).fetchone()[0])


def _values(one: Expired) -> dict[str, object]:
    return {
        "key": one.key,
        "kind": one.kind,
        "seminar": one.seminar,
        "date": one.on.isoformat(),
        "due_at": to_text(one.due_at),
        "expires_at": to_text(one.expires_at),
        "roles": sorted(role.value for role in one.roles),
        "slot": one.slot,
        "lesson": one.lesson,
    }
