"""Side effects of a delivery: a person who blocked the bot gets nothing, a group that moved gets it at its new id."""

import sqlite3
from datetime import datetime

from bot.store import outbox


def unreachable(connection: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """The person blocked the bot or is gone: nothing waits for them, so that nothing floods them on return."""
    connection.execute("UPDATE person SET reachable = 0 WHERE id = ?", (person_id,))
    outbox.cancel(connection, person_id=person_id, now=now, why="unreachable")


def migrated(connection: sqlite3.Connection, old: int, new: int) -> None:
    """A group became a supergroup: what waits for it goes to its new id."""
    live = "UPDATE outbox SET chat_id = ? WHERE chat_id = ? AND state IN ('due', 'sending')"
    connection.execute(live, (new, old))
