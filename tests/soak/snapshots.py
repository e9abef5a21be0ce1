"""What the database holds between two lives, and while the last one comes to rest."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import from_text, to_text
from tests.soak import ground

_SENDING = "SELECT key FROM outbox WHERE state = 'sending'"
_PAUSED = "SELECT chat_id, until FROM pause"
_BUSY = """
SELECT (SELECT count(*) FROM outbox WHERE state = 'sending' OR (state = 'due' AND due_at <= :now))
     + (SELECT count(*) FROM fanout WHERE done_at IS NULL AND due_at <= :now)
     + (SELECT count(*) FROM inbox WHERE state = 'new')
"""
_FINAL = "SELECT id, state, message_id, done_at FROM outbox WHERE state NOT IN ('due', 'sending') AND id > ?"
_EVERY = 20  # looks


def in_flight(database: Path) -> tuple[list[str], dict[str, float]]:
    """After a kill: the keys of the rows that were under way, and until when (Unix seconds) which chats are paused."""
    try:
        with ground.reading(database) as connection:
            sending = [row[0] for row in connection.execute(_SENDING)]
            return sending, {str(row[0]): from_text(row[1]).timestamp() for row in connection.execute(_PAUSED)}
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return [], {}
        raise


def at_rest(database: Path) -> bool:
    """Whether nothing that is due waits, in either direction. A row that is tried again later is not at rest."""
    with ground.reading(database) as connection:
        busy: int = connection.execute(_BUSY, {"now": to_text(datetime.now(UTC))}).fetchone()[0]
    return busy == 0


class Final:
    """Watches rows in a last state: they must never change. It looks at every twentieth kill."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._looks = 0
        self._known: dict[int, tuple[Any, ...]] = {}
        self.changed: list[str] = []

    def look(self) -> None:
        """Compare what is final with what was; erased rows are gone, that is no change."""
        self._looks += 1
        if self._looks % _EVERY:
            return
        with ground.reading(self._database) as connection:
            found = {row[0]: tuple(row)[1:] for row in connection.execute(_FINAL, (0,))}
            there = {row[0] for row in connection.execute("SELECT id FROM outbox")}
        for number, before in self._known.items():
            if number in there and found.get(number) != before:
                self.changed.append(f"row {number} was {before} and is {found.get(number)}")
        self._known = found
