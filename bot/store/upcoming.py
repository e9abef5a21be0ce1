"""What organizers decided about messages that the bot sends by itself, and how far these have come."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import orjson

from bot.clock import from_text, to_text
from bot.store.fanout import Occurrence, of_row
from bot.store.person import Person

PAGE: Final = 10  # occurrences a message


class Decision(StrEnum):
    """What was decided last; `KEEP`: what was decided before was undone."""

    SKIP = "skip"
    NOW = "now"
    POSTPONE = "postpone"
    KEEP = "keep"

    @property
    def moves(self) -> bool:
        """Whether it is sent at another time than planned."""
        return self in {Decision.NOW, Decision.POSTPONE}


@dataclass(frozen=True, slots=True)
class Override:
    """A decision about the occurrence of this key, which was planned for `planned_at` then.

    `revision` counts the decisions about it. `by` is the name of who decided, empty when it was erased.
    """

    event: str
    decision: Decision
    planned_at: datetime
    due_at: datetime
    by_id: int | None
    by: str
    at: datetime
    revision: int


class Stage(StrEnum):
    """How far an occurrence has come."""

    PLANNED = "planned"
    NOW = "now"  # an organizer let it go; it leaves in a few seconds
    POSTPONED = "postponed"
    SKIPPED = "skipped"
    FOLLOWS = "follows"  # not sent because what it follows was skipped
    SENDING = "sending"
    GONE = "gone"


class Limit(StrEnum):
    """Why something cannot be sent at a moment."""

    PAST = "past"  # the moment is over
    ANOTHER_DAY = "another_day"  # it speaks of its day as of today
    CLOSED = "closed"  # the check-in cannot be answered yet
    UNASKED = "unasked"  # it is about the silent, and nobody has been asked yet
    REMINDER = "reminder"  # the reminder to the silent would come first
    USELESS = "useless"  # it has expired by then


@dataclass(frozen=True, slots=True)
class UpcomingItem:
    """An occurrence as organizers see it. `token` stands for its key in buttons; `recipients` is counted now.

    `asks`: it is a check-in, which a reminder and the list of who is absent follow. `session`: the key of the session
    that it is about, or empty.
    """

    token: str
    kind: str
    planned_at: datetime
    due_at: datetime
    stage: Stage
    recipients: int
    revision: int
    by: str
    asks: bool
    session: str = ""


@dataclass(frozen=True, slots=True)
class UpcomingList:
    """One page of what is sent on a day, which has `of_day` occurrences."""

    today: date
    on: date
    items: tuple[UpcomingItem, ...]
    page: int
    of_day: int

    @property
    def tomorrow(self) -> date:
        """The other day."""
        return self.today + timedelta(days=1)

    @property
    def pages(self) -> int:
        """How many pages the day has, at least one."""
        return max(1, -(-self.of_day // PAGE))


_GET = """
SELECT o.*, coalesce(p.name, '') AS by_name FROM upcoming_override AS o LEFT JOIN person AS p ON p.id = o.by_id
 WHERE o.event IN (SELECT value FROM json_each(?))
"""
_SKIPPED = "SELECT event FROM upcoming_override WHERE decision = 'skip'"
_ADD = """
INSERT INTO upcoming_override (event, decision, planned_at, due_at, by_id, at, revision)
SELECT :event, :decision, :planned_at, :due_at, :by, :now, 1 WHERE :revision = 0
ON CONFLICT (event) DO NOTHING
"""
_SET = """
UPDATE upcoming_override SET decision = :decision, planned_at = :planned_at, due_at = :due_at, by_id = :by, at = :now,
       revision = revision + 1
 WHERE event = :event AND revision = :revision
"""
# A fan-out that has not started, as it was scheduled; one of these that an organizer skips is kept to be brought back.
_STORED = """
SELECT * FROM fanout
 WHERE due_at < :until AND expires_at > :now AND (done_at IS NULL OR (cancelled = 1 AND cursor = 0 AND event IN (
       SELECT event FROM upcoming_override WHERE decision = 'skip')))
 ORDER BY due_at, event
"""
_STARTED = """
SELECT event, done_at IS NOT NULL AS done FROM fanout
 WHERE event IN (SELECT value FROM json_each(:events)) AND cancelled = 0
   AND (due_at <= :now OR done_at IS NOT NULL OR cursor > 0)
"""
_MOVE_STORED = """
UPDATE fanout SET due_at = :due_at, done_at = CASE WHEN :skipped THEN :now END, cancelled = :skipped
 WHERE event = :event AND cursor = 0 AND (done_at IS NULL OR cancelled = 1)
"""


def get(connection: sqlite3.Connection, events: Collection[str]) -> dict[str, Override]:
    """The last decisions about the occurrences of these keys."""
    rows = connection.execute(_GET, (orjson.dumps(sorted(events)).decode(),))
    return {row["event"]: _override(row) for row in rows}


def skipped(connection: sqlite3.Connection) -> frozenset[str]:
    """The keys of the occurrences that are not sent."""
    return frozenset(row["event"] for row in connection.execute(_SKIPPED))


def save(
    connection: sqlite3.Connection,
    event: str,
    decision: Decision,
    *,
    planned_at: datetime,
    due_at: datetime,
    by: Person,
    revision: int,
    now: datetime,
) -> bool:
    """Keep a decision, if the last one is the `revision` that its maker saw (0: none); return whether it was."""
    values = {
        "event": event,
        "decision": decision,
        "planned_at": to_text(planned_at),
        "due_at": to_text(due_at),
        "by": by.id,
        "now": to_text(now),
        "revision": revision,
    }
    saved = connection.execute(_ADD if revision == 0 else _SET, values).rowcount == 1
    if saved:
        connection.execute(_MOVE_STORED, {**values, "skipped": int(decision is Decision.SKIP)})
    return saved


def stored(connection: sqlite3.Connection, now: datetime, until: datetime) -> list[Occurrence]:
    """What is scheduled already, and is still to be sent or was skipped."""
    rows = connection.execute(_STORED, {"now": to_text(now), "until": to_text(until)})
    return [of_row(row) for row in rows]


def started(connection: sqlite3.Connection, events: Collection[str], now: datetime) -> Mapping[str, bool]:
    """Which of these occurrences are being sent (False), or have been handed over for all their people (True)."""
    values = {"events": orjson.dumps(sorted(events)).decode(), "now": to_text(now)}
    return {row["event"]: bool(row["done"]) for row in connection.execute(_STARTED, values)}


def _override(row: sqlite3.Row) -> Override:
    return Override(
        row["event"],
        Decision(row["decision"]),
        from_text(row["planned_at"]),
        from_text(row["due_at"]),
        row["by_id"],
        row["by_name"],
        from_text(row["at"]),
        row["revision"],
    )
