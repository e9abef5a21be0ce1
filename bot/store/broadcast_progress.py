"""How far broadcasts have come, and their corrections and deletions, for the cards that show it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import orjson

from bot.clock import from_text, to_text
from bot.languages import LANGUAGES
from bot.store import outbox
from bot.store.audience import confirmed
from bot.store.broadcast import Broadcast, BroadcastState, of_row

PAGE: Final = 10  # names on a page
DELETABLE_FOR: Final = timedelta(hours=48)  # Telegram's limit for a bot's own messages
_OPEN = """
SELECT * FROM broadcast WHERE state = 'sending' OR (state IN ('stopped', 'taken_back') AND ended_at IS NULL)
ORDER BY id DESC
"""
_END = """
UPDATE broadcast SET state = CASE state WHEN 'sending' THEN 'finished' ELSE state END, paused_at = NULL, ended_at = ?
WHERE id = ? AND ended_at IS NULL
"""
_FANNING_OUT = "SELECT 1 FROM fanout WHERE event = ? AND done_at IS NULL"
_EXPIRED = "SELECT 1 FROM fanout WHERE event = ? AND cancelled = 0 AND done_at >= expires_at"
_ANY = "SELECT 1 FROM outbox WHERE event = ? LIMIT 1"
_ANY_DUE = "SELECT 1 FROM outbox WHERE event = ? AND state IN ('due', 'sending') LIMIT 1"
# By the index of events and states: the last ones that left.
_LAST_SENT = """
SELECT min(done_at) AS first, max(done_at) AS last, count(*) AS n FROM (
    SELECT done_at FROM outbox WHERE event = ? AND state = 'sent' ORDER BY id DESC LIMIT 200)
"""
_SENT_IN = """
SELECT count(*) FROM outbox o JOIN person p ON p.id = o.person_id
 WHERE o.event = ? AND o.state = 'sent' AND p.language IN (SELECT value FROM json_each(?))
"""
_UNSERVED = """
SELECT p.language, count(*) AS n FROM outbox o JOIN person p ON p.id = o.person_id
 WHERE o.event = ? AND o.state = 'sent' AND p.language IN (SELECT value FROM json_each(?)) GROUP BY p.language
"""
_OLDER = "SELECT count(*) FROM outbox WHERE event = ? AND state = 'sent' AND done_at <= ?"
_NEWEST = "SELECT event FROM fanout WHERE event > ? AND event < ? ORDER BY created_at DESC, event DESC LIMIT 1"
_CONFIRMED_AT_ALL = "SELECT count(*) FROM broadcast_confirmation WHERE broadcast_id = :broadcast"
_CONFIRMED = f"""
SELECT count(*) FROM broadcast_confirmation b JOIN person p ON p.id = b.person_id
 WHERE b.broadcast_id = :broadcast AND {confirmed(":broadcast")}
"""  # noqa: S608 - constants of the store
_UNCONFIRMED = f"""
FROM outbox o JOIN person p ON p.id = o.person_id
WHERE o.event = :event AND o.state = 'sent' AND p.state = 'active' AND NOT {confirmed(":broadcast")}
"""
_COUNT_UNCONFIRMED = f"SELECT count(DISTINCT p.id) {_UNCONFIRMED}"
_PAGE_UNCONFIRMED = f"SELECT DISTINCT p.id, p.name {_UNCONFIRMED} ORDER BY p.id LIMIT :size OFFSET :skip"


@dataclass(frozen=True, slots=True)
class ChangeProgress:
    """How far a correction or a deletion of what arrived has come; `failed` is by reason."""

    done: int
    waiting: int
    failed: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BroadcastProgress:
    """How far a broadcast has come. `waiting` are those whose message has not left; `failed` is by Telegram's words.

    `left`: how long that takes at the rate of the last messages, the last of which left at `last_sent`; None where that
    cannot be told. `confirmed`: how many have pressed that they have read what it says now. `correction` is the newest
    one.
    """

    total: int
    sent: int
    blocked: int
    failed: Mapping[str, int]
    stopped: int
    waiting: int
    left: timedelta | None = None
    last_sent: datetime | None = None
    confirmed: int = 0
    correction: ChangeProgress | None = None
    deletion: ChangeProgress | None = None
    author: str = ""


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A page (from 0 on) of the names of those who have got a broadcast and have not confirmed it."""

    total: int
    page: int
    pages: int
    names: tuple[str, ...] = field(default=())


def unfinished(connection: sqlite3.Connection) -> list[Broadcast]:
    """Those whose card still has something to show, the newest first: somebody has just pressed its button."""
    return [one for row in connection.execute(_OPEN) if (one := of_row(connection, row))]


def is_under_way(connection: sqlite3.Connection, occurrence: str) -> bool:
    """Whether messages of it have not ended, or have not been made yet."""
    return _fans_out(connection, occurrence) or connection.execute(_ANY_DUE, (occurrence,)).fetchone() is not None


def deletion_of(broadcast: Broadcast) -> str:
    """What the rows share that delete what has arrived of it."""
    return f"{broadcast.occurrence}:deletion"


def newest_correction(connection: sqlite3.Connection, broadcast: Broadcast) -> str | None:
    """What the rows of its last correction share, if it was corrected."""
    begin, end = f"{broadcast.occurrence}:edit:", f"{broadcast.occurrence}:edit;"
    row = connection.execute(_NEWEST, (begin, end)).fetchone()
    return row["event"] if row else None


def end(connection: sqlite3.Connection, number: int, now: datetime) -> None:
    """Its last message has ended, and its card says so."""
    connection.execute(_END, (to_text(now), number))


def get(connection: sqlite3.Connection, broadcast: Broadcast) -> BroadcastProgress:
    """How far it has come."""
    fanning_out = _fans_out(connection, broadcast.occurrence)
    counts = outbox.counts(connection, broadcast.occurrence)
    cancelled = outbox.reasons(connection, broadcast.occurrence, "cancelled")
    sent = counts.get("sent", 0) + counts.get("unknown", 0)
    blocked = cancelled.get("unreachable", 0) + cancelled.get("left", 0)
    failed = outbox.reasons(connection, broadcast.occurrence, "dead")
    rows = sum(counts.values())
    never_made = 0 if fanning_out else _never_made(connection, broadcast, rows)
    failed |= {
        why: n
        for why, n in (("expired", counts.get("expired", 0) + never_made), ("paused", cancelled.get("paused", 0)))
        if n
    }
    rows += never_made
    is_cut_short = broadcast.state in {BroadcastState.STOPPED, BroadcastState.TAKEN_BACK}
    # Who left between the press and the fan-out gets no row; who was not reached before a stop has none either.
    total = max(rows, broadcast.recipients) if fanning_out or is_cut_short else rows
    waiting = counts.get("due", 0) + counts.get("sending", 0) + (total - rows if fanning_out else 0)
    stopped = total - sent - blocked - sum(failed.values()) - waiting
    left, last_sent = _left(connection, broadcast, waiting)
    correction = newest_correction(connection, broadcast)
    return BroadcastProgress(
        total,
        sent,
        blocked,
        failed,
        stopped,
        waiting,
        left=left,
        last_sent=last_sent,
        confirmed=_confirmed(connection, broadcast, is_corrected=correction is not None),
        correction=_change(connection, correction) if correction else None,
        deletion=_deletion(connection, broadcast, counts) if broadcast.taken_back_at else None,
        author=_author(connection, broadcast),
    )


def is_missed(connection: sqlite3.Connection, broadcast: Broadcast) -> bool:
    """Whether its time was over before any message of it was made."""
    is_over = bool(_never_made(connection, broadcast, 0))  # first: the rows of one that went are many
    return is_over and connection.execute(_ANY, (broadcast.occurrence,)).fetchone() is None


def unserved(connection: sqlite3.Connection, broadcast: Broadcast) -> dict[str, int]:
    """How many readers of each language without a version have got it; none where one message is for all."""
    known = {one.language for one in broadcast.versions}
    others = [] if "" in known else [one.value for one in LANGUAGES if one.value not in known]
    rows = connection.execute(_UNSERVED, (broadcast.occurrence, orjson.dumps(others).decode())) if others else ()
    found = {row["language"]: row["n"] for row in rows}
    return {one: found[one] for one in others if one in found}


def sent_in(connection: sqlite3.Connection, broadcast: Broadcast, language: str) -> int:
    """How many have got the version in this language ("": the one for all)."""
    readers = [
        one.value
        for one in LANGUAGES
        if (version := broadcast.version_for(one)) is not None and version.language == language
    ]
    values = (broadcast.occurrence, orjson.dumps(readers).decode())
    number: int = connection.execute(_SENT_IN, values).fetchone()[0]
    return number


def unconfirmed(connection: sqlite3.Connection, broadcast: Broadcast, page: int) -> Unconfirmed:
    """A page of those who have not confirmed it; a page past the end is the last one."""
    values = {"broadcast": broadcast.id, "event": broadcast.occurrence}
    total: int = connection.execute(_COUNT_UNCONFIRMED, values).fetchone()[0]
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    rows = connection.execute(_PAGE_UNCONFIRMED, {**values, "size": PAGE, "skip": page * PAGE}).fetchall()
    return Unconfirmed(total, page, pages, tuple(row["name"] for row in rows))


def _fans_out(connection: sqlite3.Connection, occurrence: str) -> bool:
    return connection.execute(_FANNING_OUT, (occurrence,)).fetchone() is not None


def _never_made(connection: sqlite3.Connection, broadcast: Broadcast, rows: int) -> int:
    """How many have no row, as its time was over before they were reached: nothing ran meanwhile."""
    if connection.execute(_EXPIRED, (broadcast.occurrence,)).fetchone() is None:
        return 0
    return max(0, broadcast.recipients - rows)


def _left(
    connection: sqlite3.Connection, broadcast: Broadcast, waiting: int
) -> tuple[timedelta | None, datetime | None]:
    if not waiting or broadcast.paused_at or broadcast.state is not BroadcastState.SENDING:
        return None, None
    row = connection.execute(_LAST_SENT, (broadcast.occurrence,)).fetchone()
    if row["n"] <= 1:
        return None, None
    first, last = from_text(row["first"]), from_text(row["last"])
    return (last - first) / (row["n"] - 1) * waiting, last


def _confirmed(connection: sqlite3.Connection, broadcast: Broadcast, *, is_corrected: bool) -> int:
    if not broadcast.options.confirmable:
        return 0
    query = _CONFIRMED if is_corrected else _CONFIRMED_AT_ALL
    number: int = connection.execute(query, {"broadcast": broadcast.id}).fetchone()[0]
    return number


def _change(connection: sqlite3.Connection, event: str) -> ChangeProgress:
    counts = outbox.counts(connection, event)
    failed = {**outbox.reasons(connection, event, "dead")}
    for why, count in outbox.reasons(connection, event, "cancelled").items():
        failed[why] = failed.get(why, 0) + count
    failed.pop("called off", None)
    if lost := counts.get("expired", 0) + counts.get("unknown", 0):
        failed["expired"] = lost
    waiting = counts.get("due", 0) + counts.get("sending", 0)
    return ChangeProgress(counts.get("sent", 0), waiting or int(_fans_out(connection, event)), failed)


def _deletion(connection: sqlite3.Connection, broadcast: Broadcast, counts: Mapping[str, int]) -> ChangeProgress:
    """How far the deletion has come, with those for whom no row was made: out of reach, or too old for Telegram."""
    change = _change(connection, deletion_of(broadcast))
    failed = dict(change.failed)
    if unknown := counts.get("unknown", 0):
        failed["unknown"] = unknown
    others = counts.get("sent", 0) - change.done - change.waiting - sum(change.failed.values())
    if change.waiting or others <= 0 or broadcast.taken_back_at is None or broadcast.confirmed_at is None:
        return replace(change, failed=failed)
    since = broadcast.taken_back_at - DELETABLE_FOR
    # Only of one that began so long ago are all its rows looked through.
    older = 0
    if (broadcast.options.due_at or broadcast.confirmed_at) <= since:
        older = min(others, connection.execute(_OLDER, (broadcast.occurrence, to_text(since))).fetchone()[0])
        failed["can't be deleted"] = failed.get("can't be deleted", 0) + older
    if others > older:
        failed["unreachable"] = failed.get("unreachable", 0) + others - older
    return replace(change, failed={why: n for why, n in failed.items() if n})


def _author(connection: sqlite3.Connection, broadcast: Broadcast) -> str:
    row = connection.execute("SELECT name FROM person WHERE id = ?", (broadcast.by_id,)).fetchone()
    return row["name"] if row else ""
