"""After a start, or a clock that was corrected: what becomes of outbox rows that were on their way."""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

import orjson

from bot.clock import to_text
from bot.store.claims import MOST_ATTEMPTS

_LAST_TRY_AFTER: Final = timedelta(seconds=5)
_RECOVER_UNKNOWN = """
UPDATE outbox SET state = 'unknown', error = 'killed while sending', done_at = ?
 WHERE state = 'sending' AND (attempts >= ? OR kind IN (SELECT value FROM json_each(?)))
"""
_RECOVER_NOT_BEGUN = """
UPDATE outbox SET state = 'due', attempts = attempts - 1
 WHERE state = 'sending' AND id || ':' || attempts NOT IN (SELECT value FROM json_each(?))
"""
_RECOVER_DUE = "UPDATE outbox SET state = 'due', error = 'killed while sending' WHERE state = 'sending'"
# Who has one try left is not tried in the first seconds of a life: what killed the last ones may kill this one soon.
_RECOVER_LAST_TRY = "UPDATE outbox SET next_at = max(next_at, ?) WHERE state = 'due' AND attempts = ?"
_CALM = "UPDATE outbox SET next_at = max(due_at, :now) WHERE state = 'due' AND next_at > :horizon AND next_at > due_at"


def recover(
    connection: sqlite3.Connection,
    once: Collection[str],
    now: datetime,
    begun: Collection[tuple[int, int]] | None = None,
) -> int:
    """After a start: rows that were under way when the process died are unclear. Returns how many there were.

    Kinds of `once` and rows that used up their attempts become `unknown`, the others are due again. `begun` are the
    rows (id, attempt) whose requests had begun: the others were only claimed, and are due as if they had not been.
    None: that is not known.
    """
    if begun is not None:
        known = orjson.dumps([f"{row_id}:{attempt}" for row_id, attempt in begun]).decode()
        connection.execute(_RECOVER_NOT_BEGUN, (known,))
    kinds = orjson.dumps(sorted(once)).decode()
    unknown = connection.execute(_RECOVER_UNKNOWN, (to_text(now), MOST_ATTEMPTS, kinds)).rowcount
    due = connection.execute(_RECOVER_DUE).rowcount
    connection.execute(_RECOVER_LAST_TRY, (to_text(now + _LAST_TRY_AFTER), MOST_ATTEMPTS - 1))
    return unknown + due


def calm(connection: sqlite3.Connection, now: datetime, horizon: datetime) -> int:
    """After the clock was set back: no second try lies beyond `horizon`. Returns how many rows did."""
    return connection.execute(_CALM, {"now": to_text(now), "horizon": to_text(horizon)}).rowcount
