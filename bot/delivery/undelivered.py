"""The message that tells staff about messages that Telegram refused, many of one event in one."""

import sqlite3

from bot.delivery.kinds import Kind, Priority, Rendering, Row
from bot.screen import Screen
from bot.store import aftermath
from bot.views import undelivered


def _gather(connection: sqlite3.Connection, row: Row) -> tuple[int, str]:
    return aftermath.undelivered(connection, str(row.data["event"]))


def _render(what: Rendering) -> Screen | None:
    assert isinstance(what.facts, tuple)
    count, error = what.facts
    return undelivered.undelivered(what.words, str(what.row.data["event"]), count, error) if count else None


KINDS = (Kind(aftermath.UNDELIVERED, Priority.ALERT, _render, _gather),)
