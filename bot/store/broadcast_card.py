"""What is done to a broadcast that was confirmed: it is paused, resumed, stopped, taken back, read by its readers."""

import sqlite3
from datetime import datetime
from itertools import islice

import orjson

from bot.clock import to_text
from bot.store import audience as audience_store
from bot.store import broadcast as broadcast_store
from bot.store import outbox, suspension
from bot.store.broadcast import Broadcast
from bot.store.person import Person

_PAUSE = "UPDATE broadcast SET paused_at = ? WHERE id = ? AND state = 'sending' AND paused_at IS NULL"
_RESUME = "UPDATE broadcast SET paused_at = NULL WHERE id = ? AND state = 'sending' AND paused_at IS NOT NULL"
_STOP = "UPDATE broadcast SET state = 'stopped', paused_at = NULL WHERE id = ? AND state = 'sending'"
_TAKE_BACK = """
UPDATE broadcast SET state = 'taken_back', taken_back_at = ?, paused_at = NULL, ended_at = NULL
WHERE id = ? AND state IN ('sending', 'stopped', 'finished')
"""
_EDITS = "SELECT event FROM fanout WHERE event > ? AND event < ? AND cancelled = 0"
_CONFIRM = """
INSERT INTO broadcast_confirmation (broadcast_id, person_id, confirmed_at) VALUES (?, ?, ?)
ON CONFLICT (broadcast_id, person_id) DO UPDATE SET confirmed_at = excluded.confirmed_at
"""
_HAS_IT = """
SELECT 1 FROM outbox WHERE event IN (?, ?) AND person_id = ? AND state IN ('sending', 'sent', 'unknown') LIMIT 1
"""
_STILL_VALID = """
SELECT id FROM broadcast
 WHERE valid_until > ? AND state IN ('sending', 'finished') AND taken_back_at IS NULL AND by_id IS NOT NULL
 ORDER BY confirmed_at DESC LIMIT ?
"""
_LOOKED_AT = 50  # of the valid ones, for those that somebody is meant by
_MEANT = """
SELECT 1 FROM person AS p
 WHERE p.id = :person AND p.state = 'active' AND p.role IN (SELECT value FROM json_each(:roles)) AND ({condition})
"""
_PASSED = "SELECT 1 FROM fanout WHERE event = ? AND (done_at IS NOT NULL OR cursor >= ?)"
_LIST = """
SELECT id FROM broadcast WHERE confirmed_at IS NOT NULL AND state NOT IN ('draft', 'dropped')
 ORDER BY state = 'scheduled' DESC, confirmed_at DESC, id DESC LIMIT ? OFFSET ?
"""
_COUNT = "SELECT count(*) FROM broadcast WHERE confirmed_at IS NOT NULL AND state NOT IN ('draft', 'dropped')"


def pause(connection: sqlite3.Connection, broadcast: Broadcast, now: datetime) -> bool:
    """Let nothing more of it leave for now; return whether this call did it."""
    if connection.execute(_PAUSE, (to_text(now), broadcast.id)).rowcount != 1:
        return False
    suspension.suspend(connection, broadcast.occurrence)
    return True


def resume(connection: sqlite3.Connection, broadcast: Broadcast) -> bool:
    """Let what is left go on; return whether this call did it."""
    if connection.execute(_RESUME, (broadcast.id,)).rowcount != 1:
        return False
    suspension.resume(connection, broadcast.occurrence)
    return True


def stop(connection: sqlite3.Connection, broadcast: Broadcast, now: datetime) -> bool:
    """Call back what has not left; return whether this call did it."""
    if connection.execute(_STOP, (broadcast.id,)).rowcount != 1:
        return False
    suspension.call_off(connection, broadcast.occurrence, now)
    return True


def take_back(connection: sqlite3.Connection, broadcast: Broadcast, now: datetime) -> bool:
    """Call back what has not left, and corrections: what has arrived is deleted. Return whether this call did it."""
    if connection.execute(_TAKE_BACK, (to_text(now), broadcast.id)).rowcount != 1:
        return False
    suspension.call_off(connection, broadcast.occurrence, now)
    call_off_edits(connection, broadcast, "", now)
    # Of the notes that follow copies few wait at a time: each is made when its message has arrived.
    outbox.cancel(connection, event=f"{broadcast.occurrence}:note", now=now, why="stopped")
    return True


def call_off_edits(connection: sqlite3.Connection, broadcast: Broadcast, language: str, now: datetime) -> None:
    """A newer change takes the place of corrections in this language (`all` for the one for all; "": of each)."""
    begin = f"{broadcast.occurrence}:edit:{language}"
    end = f"{begin};" if language else f"{broadcast.occurrence}:edit;"
    for row in connection.execute(_EDITS, (begin, end)).fetchall():
        suspension.call_off(connection, row["event"], now)


def has_it(connection: sqlite3.Connection, broadcast: Broadcast, person_id: int) -> bool:
    """Whether the message has come to this person."""
    events = (broadcast.occurrence, f"{broadcast.occurrence}:note")
    return connection.execute(_HAS_IT, (*events, person_id)).fetchone() is not None


def confirm(connection: sqlite3.Connection, broadcast: Broadcast, person_id: int, now: datetime) -> None:
    """This person has read it."""
    connection.execute(_CONFIRM, (broadcast.id, person_id, to_text(now)))


def still_valid_for(connection: sqlite3.Connection, someone: Person, most: int, now: datetime) -> list[Broadcast]:
    """The newest broadcasts that are still offered, to whose audience this person belongs; the oldest first.

    Not those whose fan-out will come to them.
    """
    numbers = [row["id"] for row in connection.execute(_STILL_VALID, (to_text(now), _LOOKED_AT)).fetchall()]
    known = (broadcast_store.get(connection, number) for number in numbers)
    meant = (one for one in known if one is not None and _is_meant(connection, one, someone))
    return list(islice(meant, most))[::-1]


def listed(connection: sqlite3.Connection, page: int, size: int) -> tuple[int, list[Broadcast]]:
    """How many broadcasts were confirmed, and a page (from 0 on) of them: what waits for its hour, then the newest."""
    total: int = connection.execute(_COUNT).fetchone()[0]
    numbers = [row["id"] for row in connection.execute(_LIST, (size, page * size)).fetchall()]
    known = [broadcast_store.get(connection, number) for number in numbers]
    return total, [one for one in known if one is not None]


def _is_meant(connection: sqlite3.Connection, broadcast: Broadcast, someone: Person) -> bool:
    audience = broadcast.audience
    if audience is None or not connection.execute(_PASSED, (broadcast.occurrence, someone.id)).fetchone():
        return False
    values = {
        "person": someone.id,
        "roles": orjson.dumps(sorted(role.value for role in audience.roles)).decode(),
        "data": orjson.dumps(audience.data).decode(),
    }
    query = _MEANT.format(condition=audience_store.condition(audience.condition))
    return connection.execute(query, values).fetchone() is not None
