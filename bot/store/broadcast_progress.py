"""How far broadcasts have come, for the cards that show it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_text
from bot.store import outbox
from bot.store.broadcast import Broadcast, BroadcastState, of_row

_OPEN = """
SELECT * FROM broadcast WHERE state = 'sending' OR (state IN ('stopped', 'taken_back') AND ended_at IS NULL)
ORDER BY id DESC
"""
_END = """
UPDATE broadcast SET state = CASE state WHEN 'sending' THEN 'finished' ELSE state END, ended_at = ?
WHERE id = ? AND ended_at IS NULL
"""
_FANNING_OUT = "SELECT 1 FROM fanout WHERE event = ? AND done_at IS NULL"
_ANY_DUE = "SELECT 1 FROM outbox WHERE event = ? AND state IN ('due', 'sending') LIMIT 1"


@dataclass(frozen=True, slots=True)
class BroadcastProgress:
    """How far a broadcast has come. `waiting` are those whose message has not left; `failed` is by Telegram's words."""

    total: int
    sent: int
    blocked: int
    failed: Mapping[str, int]
    stopped: int
    waiting: int


def unfinished(connection: sqlite3.Connection) -> list[Broadcast]:
    """Those whose card still has something to show, the newest first: somebody has just pressed its button."""
    return [one for row in connection.execute(_OPEN) if (one := of_row(connection, row))]


def is_under_way(connection: sqlite3.Connection, occurrence: str) -> bool:
    """Whether messages of it have not ended, or have not been made yet."""
    return _fans_out(connection, occurrence) or connection.execute(_ANY_DUE, (occurrence,)).fetchone() is not None


def end(connection: sqlite3.Connection, number: int, now: datetime) -> None:
    """Its last message has ended, and its card says so."""
    connection.execute(_END, (to_text(now), number))


def get(connection: sqlite3.Connection, broadcast: Broadcast) -> BroadcastProgress:
    """How far it has come."""
    counts = outbox.counts(connection, broadcast.occurrence)
    cancelled = outbox.reasons(connection, broadcast.occurrence, "cancelled")
    sent = counts.get("sent", 0) + counts.get("unknown", 0)
    blocked = cancelled.get("unreachable", 0) + cancelled.get("left", 0)
    failed = outbox.reasons(connection, broadcast.occurrence, "dead")
    if expired := counts.get("expired", 0):
        failed["expired"] = expired
    rows = sum(counts.values())
    fanning_out = _fans_out(connection, broadcast.occurrence)
    # Who left between the press and the fan-out gets no row; who was not reached before a stop has none either.
    total = max(rows, broadcast.recipients) if fanning_out or broadcast.state is BroadcastState.STOPPED else rows
    waiting = counts.get("due", 0) + counts.get("sending", 0) + (total - rows if fanning_out else 0)
    stopped = total - sent - blocked - sum(failed.values()) - waiting
    return BroadcastProgress(total, sent, blocked, failed, stopped, waiting)


def _fans_out(connection: sqlite3.Connection, occurrence: str) -> bool:
    return connection.execute(_FANNING_OUT, (occurrence,)).fetchone() is not None
