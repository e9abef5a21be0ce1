"""Pauses that Telegram asked for with a 429, so that a restart does not forget them. Chat 0 is everyone."""

import sqlite3
from datetime import datetime

from bot.clock import from_text, to_text

_SET = """
INSERT INTO pause (chat_id, until) VALUES (?, ?)
ON CONFLICT (chat_id) DO UPDATE SET until = max(until, excluded.until)
"""


def extend(connection: sqlite3.Connection, *, chat_id: int, moment: datetime) -> None:
    """Extend the pause of the chat to `moment`: nothing is sent to it before; a longer pause stays."""
    connection.execute(_SET, (chat_id, to_text(moment)))


def running(connection: sqlite3.Connection, now: datetime) -> dict[int, datetime]:
    """The pauses that are not over, by chat; forgets those that are."""
    connection.execute("DELETE FROM pause WHERE until <= ?", (to_text(now),))
    return {row["chat_id"]: from_text(row["until"]) for row in connection.execute("SELECT chat_id, until FROM pause")}
