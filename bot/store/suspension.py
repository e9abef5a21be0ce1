"""Occurrences that are suspended, resumed or called off while their rows wait.

One flag in `fanout` takes effect with the commit, however many rows there are: a claim sets rows of a suspended
occurrence aside (`claims.PARKED`, as many in a transaction as it would cancel), cancels those of one that was called
off, and the fan-out makes no more. What is left for 130,000 rows is done in pages by the fan-out's loop (`release`):
one page of 250 rows takes about 10 ms, which is what a press may have to wait for. A row that is `sending` still
arrives.
"""

import sqlite3
from datetime import datetime

from bot.clock import to_text
from bot.priority import Priority
from bot.store.claims import PARKED

_SUSPEND = "UPDATE fanout SET suspended = 1 WHERE event = ? AND cancelled = 0 AND suspended <> 1"
_RESUME = "UPDATE fanout SET suspended = 2, released_to = 0 WHERE event = ? AND cancelled = 0 AND suspended = 1"
_CALL_OFF = """
UPDATE fanout SET cancelled = 1, suspended = 2, released_to = 0, done_at = coalesce(done_at, ?)
 WHERE event = ? AND cancelled = 0
"""
_STATE = "SELECT suspended = 1 FROM fanout WHERE event = ?"
_RELEASED = "SELECT event, cancelled, released_to FROM fanout WHERE suspended = 2 ORDER BY event LIMIT 1"
_MOVE = "UPDATE fanout SET released_to = ? WHERE event = ?"
_END = "UPDATE fanout SET suspended = 0 WHERE event = ? AND suspended = 2"
_PAGE = """
SELECT max(id) FROM (SELECT id FROM outbox WHERE event = ? AND state = 'due' AND id > ? ORDER BY id LIMIT ?)
"""
# What waits behind it in its chat waits for it from now on: it is as urgent as that.
_FREE = f"""
UPDATE outbox SET next_at = due_at, priority = min(priority, coalesce((
    SELECT min(later.priority) FROM outbox AS later INDEXED BY outbox_live_chat
     WHERE later.chat_id = outbox.chat_id AND later.state IN ('due', 'sending') AND later.id > outbox.id
       AND later.next_at < '{PARKED}' AND later.priority > {Priority.SOS:d}), priority))
 WHERE event = :event AND state = 'due' AND id > :after AND id <= :last AND next_at = '{PARKED}'
"""  # noqa: S608 - constants of the store
_CANCEL = """
UPDATE outbox SET state = 'cancelled', error = 'called off', done_at = :now
 WHERE event = :event AND state = 'due' AND id > :after AND id <= :last
"""


def suspend(connection: sqlite3.Connection, event: str) -> bool:
    """Let nothing of this occurrence leave until `resume`; return whether this call did it. Rows expire meanwhile."""
    return connection.execute(_SUSPEND, (event,)).rowcount == 1


def resume(connection: sqlite3.Connection, event: str) -> bool:
    """Go on with an occurrence that is suspended; return whether this call did it. Wake the fan-out after that."""
    return connection.execute(_RESUME, (event,)).rowcount == 1


def call_off(connection: sqlite3.Connection, event: str, now: datetime) -> bool:
    """Nothing more of this occurrence leaves; return whether this call did it. Wake the fan-out after that.

    Its rows become `cancelled` page by page, and at the latest when they are claimed.
    """
    return connection.execute(_CALL_OFF, (to_text(now), event)).rowcount == 1


def is_suspended(connection: sqlite3.Connection, event: str) -> bool:
    """Whether the occurrence is suspended."""
    row = connection.execute(_STATE, (event,)).fetchone()
    return row is not None and bool(row[0])


def release(connection: sqlite3.Connection, now: datetime, size: int) -> bool:
    """Go through the next `size` rows of an occurrence that was resumed or called off; False when there is none."""
    row = connection.execute(_RELEASED).fetchone()
    if row is None:
        return False
    event, after = row["event"], row["released_to"]
    last = connection.execute(_PAGE, (event, after, size)).fetchone()[0]
    if last is None:
        connection.execute(_END, (event,))
        return True
    values = {"event": event, "after": after, "last": last}
    if row["cancelled"]:
        connection.execute(_CANCEL, {**values, "now": to_text(now)})
    else:
        connection.execute(_FREE, values)
    connection.execute(_MOVE, (last, event))
    return True
