"""Messages that the bot starts: one row each, written together with the state that makes them true.

`bot.store.claims` takes them from here to Telegram.
"""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson

from bot.clock import to_text
from bot.priority import Priority
from bot.store.claims import PARKED


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to one chat, not yet rendered: `kind` and `data` (arguments as JSON) say what; it happens once a key.

    `occurrence` is what many people's rows share (`agenda:2025-08-04`), `key` is this person's
    (`agenda:2025-08-04:person-17`). Smaller `priority` goes first. `person_id` None: a group, or an owner who is
    not a member; the argument `language` then says in which language.
    """

    key: str
    occurrence: str
    kind: str
    chat_id: int
    person_id: int | None
    priority: int
    due_at: datetime
    expires_at: datetime
    data: str


_ADD = """
INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, data, due_at, next_at, expires_at, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO NOTHING
"""
# Priority promotion: a chat keeps the order of its rows, so what waits before a more urgent row becomes as urgent.
_PROMOTE = f"""
UPDATE outbox SET priority = ?
 WHERE chat_id = ? AND state = 'due' AND priority > ? AND id < ? AND next_at < '{PARKED}'
"""  # noqa: S608 - a constant of the store
_CANCEL = "UPDATE outbox SET state = 'cancelled', error = ?, done_at = ? WHERE state = 'due' AND "
_PAGE = """
SELECT max(id) AS last, max(created_at) AS newest FROM (
    SELECT id, created_at FROM outbox WHERE id > ? ORDER BY id LIMIT ?)
"""
_PRUNE = """
DELETE FROM outbox
 WHERE id > :after AND id <= :last AND state NOT IN ('due', 'sending') AND done_at < :before AND expires_at < :before
   AND kind NOT IN (SELECT value FROM json_each(:keep))
"""
_SENT_OR_PENDING = """
SELECT 1 FROM outbox WHERE event = ? AND kind = ? AND state IN ('due', 'sending', 'sent', 'unknown') LIMIT 1
"""
_COUNTS = "SELECT state, count(*) FROM outbox WHERE event = ? GROUP BY state"
_REASONS = "SELECT error, count(*) FROM outbox WHERE event = ? AND state = ? AND error IS NOT NULL GROUP BY error"
_STATES = "SELECT state FROM outbox WHERE event = ? AND person_id = ?"


def enqueue(connection: sqlite3.Connection, drafts: Iterable[Draft], now: datetime) -> int:
    """Add the drafts whose keys are new, in their order, and return how many those were.

    Call it in the transaction that writes the state it speaks of. Wake the dispatcher after that.
    """
    added = 0
    for draft in drafts:
        cursor = connection.execute(_ADD, _values(draft, to_text(now)))
        if cursor.rowcount > 0:
            added += 1
        if cursor.rowcount > 0 and draft.priority > Priority.SOS:  # one of a member in trouble passes what waits
            connection.execute(_PROMOTE, (draft.priority, draft.chat_id, draft.priority, cursor.lastrowid))
    return added


def again(connection: sqlite3.Connection, event: str, person_id: int) -> str | None:
    """The key of another row of an event for somebody who is to have it; None: they have it, or it is on its way."""
    rows = connection.execute(_STATES, (event, person_id)).fetchall()
    if any(row["state"] in {"due", "sending", "sent", "unknown"} for row in rows):
        return None
    return f"{event}:person-{person_id}{f':again-{len(rows)}' if rows else ''}"


def cancel(
    connection: sqlite3.Connection,
    *,
    now: datetime,
    key: str | None = None,
    event: str | None = None,
    person_id: int | None = None,
    why: str = "cancelled",
) -> int:
    """Cancel what is due under this key, of this event or for this person, and return how many rows that were.

    A row whose request is under way cannot be called back. The fan-out of an event stops there.
    """
    moment = to_text(now)
    cancelled = 0
    for column, value in (("key", key), ("event", event), ("person_id", person_id)):
        if value is not None:
            cancelled += connection.execute(f"{_CANCEL}{column} = ?", (why, moment, value)).rowcount
    if event is not None:
        connection.execute(
            "UPDATE fanout SET done_at = ?, cancelled = 1 WHERE event = ? AND done_at IS NULL", (moment, event)
        )
    return cancelled


def forget(connection: sqlite3.Connection, person_id: int) -> None:
    """Erase every row of a person, sent or not. What is under way at this moment still arrives."""
    connection.execute("DELETE FROM outbox WHERE person_id = ?", (person_id,))


def prune(
    connection: sqlite3.Connection, before: datetime, *, keep: Collection[str], after: int = 0, size: int = 1_000
) -> int | None:
    """Forget what came to its end before a moment, of the next `size` rows after an id; never the kinds of `keep`.

    Returns the id to go on after, or None when nothing older is left. What the planner has scheduled stays
    written in `fanout`, so a key that is forgotten here is not made again.
    """
    page = connection.execute(_PAGE, (after, size)).fetchone()
    if page["last"] is None:
        return None
    values = {"after": after, "last": page["last"], "before": to_text(before)}
    connection.execute(_PRUNE, {**values, "keep": orjson.dumps(sorted(keep)).decode()})
    return page["last"] if page["newest"] < to_text(before) else None


def counts(connection: sqlite3.Connection, event: str) -> dict[str, int]:
    """How many rows of the event are in each state; states without rows are left out."""
    return dict(connection.execute(_COUNTS, (event,)).fetchall())


def state_of(connection: sqlite3.Connection, key: str) -> str | None:
    """The state of the row with this key, or None when there is none."""
    row = connection.execute("SELECT state FROM outbox WHERE key = ?", (key,)).fetchone()
    return row["state"] if row else None


def sent_or_pending(connection: sqlite3.Connection, event: str, kind: str) -> bool:
    """Whether a row of the event and kind has arrived, or still may."""
    return connection.execute(_SENT_OR_PENDING, (event, kind)).fetchone() is not None


def reasons(connection: sqlite3.Connection, event: str, state: str) -> dict[str, int]:
    """Why rows of the event ended in this state, with their numbers: `unreachable`, `left`, Telegram's words."""
    return dict(connection.execute(_REASONS, (event, state)).fetchall())


def _values(draft: Draft, now: str) -> tuple[object, ...]:
    due_at = to_text(draft.due_at)
    return (
        draft.key,
        draft.occurrence,
        draft.kind,
        draft.chat_id,
        draft.person_id,
        int(draft.priority),
        draft.data,
        due_at,
        due_at,
        to_text(draft.expires_at),
        now,
    )
