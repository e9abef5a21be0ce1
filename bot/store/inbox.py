"""Updates as Telegram sent them, stored before Telegram is told that they arrived.

Each has a rank: who is handled first when many wait. Within a rank a sender's updates keep their order.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from bot.clock import to_text

# An update that is not valid; the database has known the state by this word since its first version.
REJECTED: Final = "poisoned"


class Rank(IntEnum):
    """Who is handled first. Stored as its value."""

    URGENT = 0  # a member in trouble
    MEMBER = 1  # also who is about to join
    OUTSIDER = 2


@dataclass(frozen=True, slots=True)
class Incoming:
    """A decoded update. `error`: why it is rejected, if it is. `urgent`: if it is a member's."""

    update_id: int
    sender_id: int
    raw: bytes
    error: str | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """An update that waits to be handled; `id` is the order of arrival."""

    id: int
    update_id: int
    sender_id: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a stored update: `done`, `failed` or REJECTED; `outline`: how it was made, without its words."""

    id: int
    state: str
    attempts: int
    error: str | None = None
    outline: bytes = b"{}"


# What waits of a sender keeps its rank, and what comes after it gets the same: so a sender's updates keep their order,
# whether somebody joins or leaves meanwhile.
_ADD = """
INSERT INTO inbox (update_id, sender_id, raw, state, error, received_at, done_at, rank)
SELECT :update_id, :sender_id, :raw, :state, :error, :now, :done_at,
       CASE WHEN :urgent AND member.is_in THEN 0
            ELSE coalesce((SELECT max(rank) FROM inbox WHERE sender_id = :sender_id AND state = 'new' AND rank > 0),
                          CASE WHEN member.is_in THEN 1 ELSE 2 END)
       END
  FROM (SELECT EXISTS (SELECT 1 FROM person WHERE telegram_id = :sender_id AND state <> 'left') AS is_in) AS member
 WHERE true
ON CONFLICT (update_id) DO NOTHING
"""
_PAGE = """
SELECT id, update_id, sender_id, raw FROM inbox WHERE state = 'new' AND rank = ? AND id > ? ORDER BY id LIMIT ?
"""
_SENDER_PAGE = """
SELECT id, update_id, sender_id, raw FROM inbox
 WHERE state = 'new' AND sender_id = ? AND rank = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?
"""
_OF_PEOPLE = "SELECT 1 FROM inbox JOIN person ON person.telegram_id = inbox.sender_id WHERE inbox.id = ?"
# The row stays, so that a second copy of the update is known; who sent what does not, but for the count of members'
# updates that failed.
_END = """
UPDATE inbox SET state = :state, attempts = :attempts, error = :error, raw = :outline, done_at = :now,
                 sender_id = CASE WHEN :state <> 'done' AND sender_id IN (SELECT telegram_id FROM person)
                             THEN sender_id ELSE 0 END
 WHERE id = :id AND state = 'new'
"""
_WHO_SENT = "SELECT id, sender_id FROM inbox WHERE update_id = ?"
# One sender's updates are handled one after another, so those that came before this one have ended.
_FORGET_SENDER = """
UPDATE inbox SET state = 'done', raw = x'7B7D', sender_id = 0, done_at = :now
 WHERE id = :id OR (state = 'new' AND sender_id = :sender AND id < :id)
"""
_WAITING = "SELECT count(*) FROM inbox WHERE state = 'new'"
_LAST = "SELECT coalesce(max(id), 0) FROM inbox"
_WAITS = "SELECT EXISTS (SELECT 1 FROM inbox WHERE state = 'new' AND rank <= ? AND id <= ?)"
_PRUNE = """
DELETE FROM inbox WHERE id IN (
    SELECT id FROM inbox
     WHERE state <> 'new' AND done_at < ? AND (state = 'done' OR done_at < ?) ORDER BY done_at LIMIT ?)
"""


def store(connection: sqlite3.Connection, updates: Iterable[Incoming], now: datetime) -> int:
    """Store the updates that were not stored before, in their order; return how many those were."""
    moment = to_text(now)
    added = 0
    for update in updates:
        values = {
            "update_id": update.update_id,
            "sender_id": update.sender_id,
            "raw": update.raw,
            "state": REJECTED if update.error else "new",
            "error": update.error,
            "now": moment,
            "done_at": moment if update.error else None,
            "urgent": update.urgent,
        }
        added += max(0, connection.execute(_ADD, values).rowcount)
    return added


def page(connection: sqlite3.Connection, rank: Rank, after: int, limit: int) -> list[Stored]:
    """The next updates of this rank to handle that arrived after the one of this `id`."""
    return [Stored(*row) for row in connection.execute(_PAGE, (rank, after, limit))]


def sender_page(
    connection: sqlite3.Connection, sender_id: int, rank: Rank, *, after: int, upto: int, limit: int
) -> list[Stored]:
    """The next updates to handle of one sender and rank, with an `id` above `after` and at most `upto`."""
    return [Stored(*row) for row in connection.execute(_SENDER_PAGE, (sender_id, rank, after, upto, limit))]


def end(connection: sqlite3.Connection, handled: Sequence[Handled], now: datetime) -> None:
    """Write down what became of updates. One that has ended already is left as it is."""
    connection.executemany(_END, [{**asdict(one), "now": to_text(now)} for one in handled])


def any_of_people(connection: sqlite3.Connection, ids: Iterable[int]) -> bool:
    """Whether one of these updates comes from somebody of the seminar, not from outside."""
    return any(connection.execute(_OF_PEOPLE, (one,)).fetchone() for one in ids)


def forget_sender(connection: sqlite3.Connection, update_id: int, now: datetime) -> None:
    """Keep nothing of this update and of what its sender sent before; from here on it counts as handled.

    Its row stays, or Telegram's second copy of it would count as another one.
    """
    row = connection.execute(_WHO_SENT, (update_id,)).fetchone()
    if row is not None:
        values = {"id": row["id"], "sender": row["sender_id"], "now": to_text(now)}
        connection.execute(_FORGET_SENDER, values)


def waiting(connection: sqlite3.Connection) -> int:
    """How many updates wait to be handled."""
    count: int = connection.execute(_WAITING).fetchone()[0]
    return count


def last(connection: sqlite3.Connection) -> int:
    """The `id` of the update that arrived last, 0 before the first."""
    number: int = connection.execute(_LAST).fetchone()[0]
    return number


def waits(connection: sqlite3.Connection, upto: int, rank: Rank = Rank.OUTSIDER) -> bool:
    """Whether an update that arrived up to the one of this `id` is not handled yet (of this rank or before it)."""
    return bool(connection.execute(_WAITS, (rank, upto)).fetchone()[0])


def prune(
    connection: sqlite3.Connection, now: datetime, *, done: timedelta, others: timedelta, limit: int = 1_000
) -> int:
    """Forget up to `limit` handled updates older than `done` (failed and rejected: `others`); return how many."""
    return connection.execute(_PRUNE, (to_text(now - done), to_text(now - others), limit)).rowcount
