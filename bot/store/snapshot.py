"""The database as it is at one moment, read by another process than the bot: nothing is written, nobody waits."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

_BUSY_MS: Final = 5_000


@contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write, in one transaction that sees what was committed when it began to read."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    with closing(connection):
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        connection.execute("PRAGMA wal_autocheckpoint = 0")  # only the bot's writer does that: see `database`
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        yield connection
