"""Recovery of the outbox: after a start, rows that were in flight; after a clock change, rows too far ahead."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

import orjson

from bot.clock import to_text
from bot.store.claims import DUE_PRIORITIES, MOST_ATTEMPTS, PARKED

_LAST_TRY_AFTER: Final = timedelta(seconds=5)
_RECOVER_UNKNOWN = """
UPDATE outbox SET state = 'unknown', error = 'killed while sending', done_at = ?
 WHERE state = 'sending' AND (attempts >= ? OR kind IN (SELECT value FROM json_each(?)))
"""
_RECOVER_NOT_STARTED = """
UPDATE outbox SET state = 'due', attempts = attempts - 1
 WHERE state = 'sending' AND id || ':' || attempts NOT IN (SELECT value FROM json_each(?))
"""
_RECOVER_DUE = "UPDATE outbox SET state = 'due', error = 'killed while sending' WHERE state = 'sending'"
# A last try waits for the first seconds of a process: what killed the process before may kill this one soon.
_RECOVER_LAST_TRY = "UPDATE outbox SET next_at = max(next_at, ?) WHERE state = 'due' AND attempts = ?"
# Both find rows far ahead by the index, priority by priority: to scan all that is due would delay answers to presses.
_CLAMP_RETRIES = f"""{DUE_PRIORITIES}
UPDATE outbox SET next_at = max(due_at, :now)
 WHERE state = 'due' AND priority IN (SELECT priority FROM due_priority) AND next_at > :horizon AND next_at > due_at
   AND next_at < '{PARKED}'
"""  # noqa: S608 - constants of the store
# A row that a clock ahead made due at once is due now; what was planned for a moment keeps it.
_CLAMP_ROWS = f"""{DUE_PRIORITIES}
UPDATE outbox SET due_at = :now, next_at = :now
 WHERE state = 'due' AND priority IN (SELECT priority FROM due_priority) AND next_at > :then AND due_at > :then
   AND (due_at = created_at OR event IN (SELECT event FROM fanout WHERE due_at > :then AND due_at = created_at))
"""  # noqa: S608 - constants of the store
_CLAMP_FANOUTS = "UPDATE fanout SET due_at = :now WHERE done_at IS NULL AND due_at > :then AND due_at = created_at"
# A terminal state never changes, so what was due and ended under a wrong clock is inserted again as a new row. What is
# not due yet is planned again at its moment; so is what `_FREE_KEYS` has renamed.
_REINSERT_ENDED = """
INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, data, due_at, next_at, expires_at, created_at)
SELECT key || ':again-' || id, event, kind, chat_id, person_id, priority, data, due_at, due_at, expires_at, :now
  FROM outbox INDEXED BY outbox_ended
 WHERE state IN ('expired', 'cancelled') AND done_at > :then AND due_at < :then AND expires_at > :now
   AND (state = 'expired' OR (state = 'cancelled' AND error = 'not wanted')) AND event NOT LIKE '%:early'
 ORDER BY id
ON CONFLICT (key) DO NOTHING
"""
_MADE_EARLY = "SELECT 1 FROM fanout WHERE event = ? AND created_at > ?"
_FREE_KEYS = """
UPDATE outbox SET key = key || ':early-' || id, event = event || ':early'
 WHERE event = :event AND created_at > :then AND state NOT IN ('due', 'sending')
   AND NOT (state IN ('sent', 'unknown') AND kind IN (SELECT value FROM json_each(:at_most_once)))
"""
_FREE_EVENT = """
UPDATE fanout SET event = event || ':early-' || created_at, done_at = coalesce(done_at, :now), cancelled = 1
 WHERE event = :event
"""
_CLOCK_TOLERANCE: Final = timedelta(minutes=2)  # clocks are corrected by less all the time, without a copy


def recover(
    connection: sqlite3.Connection,
    at_most_once: Collection[str],
    now: datetime,
    started: Collection[tuple[int, int]] | None = None,
) -> int:
    """After a start: rows that were in flight when the process ended are unclear. Returns how many there were.

    Kinds of `at_most_once` and rows that used up their attempts become `unknown`, the others are due again. `started`
    are the rows (id, attempt) whose requests had started: the others were only claimed, and are due as if they had not
    been. None: that is not known.
    """
    if started is not None:
        known = orjson.dumps([f"{row_id}:{attempt}" for row_id, attempt in started]).decode()
        connection.execute(_RECOVER_NOT_STARTED, (known,))
    kinds = orjson.dumps(sorted(at_most_once)).decode()
    _correct(connection, now)
    unknown = connection.execute(_RECOVER_UNKNOWN, (to_text(now), MOST_ATTEMPTS, kinds)).rowcount
    due = connection.execute(_RECOVER_DUE).rowcount
    connection.execute(_RECOVER_LAST_TRY, (to_text(now + _LAST_TRY_AFTER), MOST_ATTEMPTS - 1))
    return unknown + due


def clamp_after_clock_change(connection: sqlite3.Connection, now: datetime, horizon: datetime) -> None:
    """Clamp rows after the clock was ahead: no retry lies beyond `horizon`, and no row waits for the time it showed."""
    connection.execute(_CLAMP_RETRIES, {"now": to_text(now), "horizon": to_text(horizon)})
    _correct(connection, now)


def _correct(connection: sqlite3.Connection, now: datetime) -> None:
    """Rows that a clock ahead made due at once are due now; rows that it ended before their time are inserted again."""
    for statement in (_CLAMP_ROWS, _CLAMP_FANOUTS, _REINSERT_ENDED):
        connection.execute(statement, {"now": to_text(now), "then": to_text(now + _CLOCK_TOLERANCE)})


def free_early(
    connection: sqlite3.Connection, events: Iterable[str], now: datetime, at_most_once: Collection[str]
) -> None:
    """Events that are due now, but were scheduled by a clock that was ahead, may be scheduled once more.

    Kinds of `at_most_once` that were sent then are not sent again.
    """
    then, kinds = to_text(now + _CLOCK_TOLERANCE), orjson.dumps(sorted(at_most_once)).decode()
    for event in events:
        if connection.execute(_MADE_EARLY, (event, then)).fetchone():
            connection.execute(_FREE_KEYS, {"event": event, "then": then, "at_most_once": kinds})
            connection.execute(_FREE_EVENT, {"event": event, "now": to_text(now)})
