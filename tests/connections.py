"""A database of the newest version behind one plain connection, for tests of what runs inside a transaction."""

import sqlite3
from pathlib import Path

from bot.store import migrations


def connect(path: Path | str = ":memory:") -> sqlite3.Connection:
    """The connection, set up like the bot's, except that the disk is not waited for. A file that is there is opened."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = OFF")
    migrations.migrate(connection)
    return connection
