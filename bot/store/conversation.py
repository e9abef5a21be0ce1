"""What each chat is waiting for. A row, not memory, so that a restart forgets nothing."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import to_text

_SET = """
INSERT INTO conversation (chat_id, waits_for, data, since) VALUES (?, ?, ?, ?)
ON CONFLICT (chat_id) DO UPDATE SET waits_for = excluded.waits_for, data = excluded.data, since = excluded.since
"""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a chat waits for (`broadcast.text`), and what the question was about.

    A question that is only meant for a while says so in `data["until"]` (as `to_text` writes moments).
    """

    waits_for: str
    data: Mapping[str, Any]

    def is_over(self, now: datetime) -> bool:
        """Whether nobody waits for that answer any more."""
        until = self.data.get("until")
        return isinstance(until, str) and until <= to_text(now)


def of(connection: sqlite3.Connection, chat_id: int) -> Conversation | None:
    """What the chat waits for, or None."""
    row = connection.execute("SELECT waits_for, data FROM conversation WHERE chat_id = ?", (chat_id,)).fetchone()
    return Conversation(row["waits_for"], json.loads(row["data"])) if row else None


def expect(
    connection: sqlite3.Connection, chat_id: int, waits_for: str, data: Mapping[str, object], now: datetime
) -> None:
    """The next message in this chat answers `waits_for`. Replaces what was awaited before."""
    connection.execute(_SET, (chat_id, waits_for, json.dumps(dict(data), ensure_ascii=False), to_text(now)))


def end(connection: sqlite3.Connection, chat_id: int) -> None:
    """The chat waits for nothing."""
    connection.execute("DELETE FROM conversation WHERE chat_id = ?", (chat_id,))
