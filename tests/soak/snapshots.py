"""What the database holds between two process runs, and whether the last one is idle."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import from_text, to_text
from tests.soak import setup

_SENDING = "SELECT key FROM outbox WHERE state = 'sending'"
_PAUSED = "SELECT chat_id, until FROM pause"
_BUSY = """
SELECT (SELECT count(*) FROM outbox WHERE state = 'sending' OR (state = 'due' AND due_at <= :now))
     + (SELECT count(*) FROM fanout WHERE done_at IS NULL AND due_at <= :now)
     + (SELECT count(*) FROM inbox WHERE state = 'new')
"""
_FINAL = "SELECT id, state, message_id, done_at FROM outbox WHERE state NOT IN ('due', 'sending') AND id > ?"
_EVERY = 20  # checks


def in_flight(database: Path) -> tuple[list[str], dict[str, float]]:
    """After a kill: the keys of the rows that were under way, and until when (Unix seconds) which chats are paused."""
    try:
        with setup.read_only(database) as connection:
            sending = [row[0] for row in connection.execute(_SENDING)]
            return sending, {str(row[0]): from_text(row[1]).timestamp() for row in connection.execute(_PAUSED)}
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return [], {}
        raise


def is_idle(database: Path) -> bool:
    """Whether nothing that is due waits, in either direction. A row that is tried again later counts as waiting."""
    with setup.read_only(database) as connection:
        busy: int = connection.execute(_BUSY, {"now": to_text(datetime.now(UTC))}).fetchone()[0]
    return busy == 0


class TerminalStates:
    """Rows in a terminal state must never change. Compares them at every twentieth kill."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._checks = 0
        self._known: dict[int, tuple[Any, ...]] = {}
        self.changed: list[str] = []

    def check(self) -> None:
        """Compare what is final with what was; erased rows are gone, that is no change."""
        self._checks += 1
        if self._checks % _EVERY:
            return
        with setup.read_only(self._database) as connection:
            terminal = {row[0]: tuple(row)[1:] for row in connection.execute(_FINAL, (0,))}
            there = {row[0] for row in connection.execute("SELECT id FROM outbox")}
        for number, before in self._known.items():
            if number in there and terminal.get(number) != before:
                self.changed.append(f"row {number} was {before} and is {terminal.get(number)}")
        self._known = terminal
