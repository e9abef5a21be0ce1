"""Side effects of a delivery: a person who blocked the bot gets nothing, a group that moved gets it at its new id."""

import sqlite3
from datetime import datetime

from bot.escalation import AlertKind
from bot.store import alert as alert_store
from bot.store import outbox

_OF_GROUP = (
    ("staff_group", "group_id"),
    ("forum_topic", "group_id"),
    ("live_card", "chat_id"),
    ("relay_copy", "chat_id"),
    ("help_message", "chat_id"),
    ("multipart", "chat_id"),
    ("receipt", "chat_id"),
)

_UNREACHABLE = """
UPDATE person SET reachable = 0 WHERE id = ? AND reachable = 1
RETURNING role = 'teacher' AND state = 'active' AS is_teacher
"""


def unreachable(connection: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """The person blocked the bot or is gone: nothing waits for them, so that nothing floods them on return.

    Of a teacher organizers hear.
    """
    lost = connection.execute(_UNREACHABLE, (person_id,)).fetchone()
    if lost is not None and lost["is_teacher"]:
        alert_store.open_alert(
            connection, AlertKind.UNREACHABLE, f"unreachable:person-{person_id}", now, person_id=person_id
        )
    outbox.cancel(connection, person_id=person_id, now=now, why="unreachable")


def migrated(connection: sqlite3.Connection, old: int, new: int) -> None:
    """A group became a supergroup: what waits for it goes to its new id, and all that is known of it is known of that.

    What was sent to the old id stays written so, but messages that change or are answered are found under the new one.
    """
    live = "UPDATE outbox SET chat_id = ? WHERE chat_id = ? AND state IN ('due', 'sending')"
    connection.execute(live, (new, old))
    if connection.execute("SELECT 1 FROM staff_group WHERE group_id = ?", (old,)).fetchone() is None:
        return
    for table, column in _OF_GROUP:
        move = f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?"  # noqa: S608 - constants of this page
        connection.execute(move, (new, old))
