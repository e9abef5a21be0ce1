"""Filters of figures by number: a button has no room for one, and carries its number instead."""

import sqlite3
from typing import Final

from bot import arguments as codec
from bot.people_filter import FigureFilter

_ADD: Final = "INSERT INTO figure_filter (content) VALUES (?) ON CONFLICT (content) DO NOTHING"
_FIND: Final = "SELECT id FROM figure_filter WHERE content = ?"
_GET: Final = "SELECT content FROM figure_filter WHERE id = ?"


def intern(connection: sqlite3.Connection, chosen: FigureFilter) -> int:
    """The number of a filter; the same filter has the same one."""
    content = codec.write(chosen)
    connection.execute(_ADD, (content,))
    number: int = connection.execute(_FIND, (content,)).fetchone()[0]
    return number


def get(connection: sqlite3.Connection, number: int) -> FigureFilter | None:
    """The filter of that number, or None."""
    row = connection.execute(_GET, (number,)).fetchone()
    return None if row is None else codec.read(FigureFilter, row["content"])
