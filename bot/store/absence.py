"""Who has not answered a check-in, and who of them somebody knows about."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_text
from bot.programme.checkin import CheckinKey
from bot.store.person import Person

PAGE = 8


@dataclass(frozen=True, slots=True)
class Absentee:
    """A person without an answer; `accounted_by` names the organizer who knows where the person is."""

    id: int
    telegram_id: int
    name: str
    group: str | None
    reachable: bool
    accounted_by: str | None


@dataclass(frozen=True, slots=True)
class RollCall:
    """A check-in's absent people: the numbers, and one page of `PAGE` names (pages count from 0).

    `expected` had joined when the check-in opened. `absent` and `unreachable` (who blocked the bot, and so could not
    be asked) leave out the `accounted`; all three have not answered. Listed are all of them, the unreachable last.
    """

    expected: int
    absent: int
    unreachable: int
    accounted: int
    page: int
    people: tuple[Absentee, ...]

    @property
    def listed(self) -> int:
        """How many people are on all pages together."""
        return self.absent + self.unreachable + self.accounted

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.listed // PAGE))


# Who has answered is taken from the roll-up, without those who joined after the check-in had opened: so that the
# numbers of a hundred thousand people cost one scan of an index. CROSS JOIN: people first, of whom few joined later.
_EXPECTED = "SELECT count(*) FROM person WHERE role = 'teacher' AND state = 'active' AND joined_at <= :opens"
_ANSWERED = """
SELECT coalesce(sum(answered), 0) - (
    SELECT count(*) FROM person AS p
      CROSS JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
     WHERE p.role = 'teacher' AND p.state = 'active' AND p.joined_at > :opens
) FROM checkin_tally WHERE seminar = :seminar AND date = :date AND slot = :slot
"""
_ACCOUNTED = """
SELECT count(*) FROM accounted AS a JOIN person AS p ON p.id = a.person_id
WHERE a.seminar = :seminar AND a.date = :date AND a.slot = :slot
  AND p.role = 'teacher' AND p.state = 'active' AND p.joined_at <= :opens
"""
_UNREACHABLE = """
SELECT count(*) FROM person AS p
LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
LEFT JOIN accounted AS a ON (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, :slot, p.id)
WHERE p.role = 'teacher' AND p.state = 'active' AND p.reachable = 0 AND p.joined_at <= :opens
  AND c.person_id IS NULL AND a.person_id IS NULL
"""
_PAGE = """
SELECT p.id, p.telegram_id, p.name, p.group_key, p.reachable,
       CASE WHEN a.person_id IS NOT NULL THEN coalesce(o.name, '') END AS accounted_by
FROM person AS p
LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
LEFT JOIN accounted AS a ON (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, :slot, p.id)
LEFT JOIN person AS o ON o.id = a.by_id
WHERE p.role = 'teacher' AND p.state = 'active' AND p.joined_at <= :opens AND c.person_id IS NULL
ORDER BY p.reachable DESC, p.group_key, p.name, p.id LIMIT :size OFFSET :skip
"""
_IS_SILENT = """
SELECT 1 FROM person AS p
LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
LEFT JOIN accounted AS a ON (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, :slot, p.id)
WHERE p.id = :person AND p.role = 'teacher' AND p.state = 'active' AND c.person_id IS NULL AND a.person_id IS NULL
"""
_ACCOUNT_FOR = """
INSERT INTO accounted (seminar, date, slot, person_id, group_key, by_id, at)
SELECT :seminar, :date, :slot, p.id, coalesce(p.group_key, ''), :by, :now
FROM person AS p
LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, :slot, p.id)
WHERE p.id = :person AND p.role = 'teacher' AND p.state = 'active' AND c.person_id IS NULL
ON CONFLICT (seminar, date, slot, person_id) DO NOTHING
"""
_ACCOUNTED_BY = """
SELECT coalesce(o.name, '') AS name FROM accounted AS a LEFT JOIN person AS o ON o.id = a.by_id
WHERE (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, :slot, :person)
"""
_WAS_ASKED = "SELECT 1 FROM outbox WHERE event = ? AND state IN ('sent', 'unknown') LIMIT 1"


def roll_call(connection: sqlite3.Connection, key: CheckinKey, opens: datetime, page: int = 0) -> RollCall:
    """Who has not answered the check-in that opened at `opens`; a page past the end is the last one."""
    values = {**_values(key), "opens": to_text(opens)}
    expected, answered, accounted, unreachable = (
        connection.execute(query, values).fetchone()[0] for query in (_EXPECTED, _ANSWERED, _ACCOUNTED, _UNREACHABLE)
    )
    absent = expected - answered - accounted - unreachable
    page = min(max(page, 0), max(0, (expected - answered - 1) // PAGE))
    rows: Iterable[sqlite3.Row] = ()
    if answered < expected:
        rows = connection.execute(_PAGE, {**values, "size": PAGE, "skip": page * PAGE})
    return RollCall(expected, absent, unreachable, accounted, page, tuple(_absentee(row) for row in rows))


def is_silent(connection: sqlite3.Connection, key: CheckinKey, person_id: int) -> bool:
    """Whether the person has not answered, and nobody knows about them: whom a nudge is for."""
    values = {**_values(key), "person": person_id}
    return connection.execute(_IS_SILENT, values).fetchone() is not None


def account_for(
    connection: sqlite3.Connection, key: CheckinKey, person_id: int, *, by: Person, now: datetime
) -> str | None:
    """Mark the person as accounted for, if nobody has yet, and return the name of who did it first.

    None when the person has answered already (or is no teacher any more): then nothing is marked.
    """
    values = {**_values(key), "person": person_id, "by": by.id, "now": to_text(now)}
    connection.execute(_ACCOUNT_FOR, values)
    row = connection.execute(_ACCOUNTED_BY, values).fetchone()
    return row["name"] if row else None


def was_asked(connection: sqlite3.Connection, occurrence: str) -> bool:
    """Whether anyone was sent this check-in: without that, silence means nothing."""
    return connection.execute(_WAS_ASKED, (occurrence,)).fetchone() is not None


def _values(key: CheckinKey) -> dict[str, object]:
    return {"seminar": key.seminar, "date": key.on.isoformat(), "slot": key.slot}


def _absentee(row: sqlite3.Row) -> Absentee:
    return Absentee(
        row["id"], row["telegram_id"], row["name"], row["group_key"], bool(row["reachable"]), row["accounted_by"]
    )
