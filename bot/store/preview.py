"""The database, read by a command line, whether the bot runs or not: nothing is written, no file is left beside it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def preview(path: Path, read: Callable[[sqlite3.Connection], list[T]]) -> list[T]:
    """What `read` finds there; nothing where there is no database, or none that can be read."""
    # Where nobody has it open, SQLite would make a log beside the file and leave it there.
    how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return read(connection)
    except (sqlite3.Error, OSError, ValueError):
        return []
