"""What was deleted is overwritten, so that nobody finds it in the bytes of the database or of its write-ahead log.

`secure_delete` overwrites a deleted row where it lay, but SQLite copies rows when it splits and joins pages, and the
copies stay in the gaps between rows: half of all databases held some in a trial. To rebuild the file leaves none. That
it has to be done is a row, written with the erasure, so that a restart does not forget it.
"""

import sqlite3
from typing import Final

_BUSY_TIMEOUT_MS: Final = 100  # how long the writer waits for readers to let go of the log
_ASK = "INSERT INTO wipe (id, part) VALUES (1, 'file') ON CONFLICT (id) DO UPDATE SET part = excluded.part"
_DUE = "SELECT part FROM wipe"
_REBUILT = "UPDATE wipe SET part = 'log'"
_WIPED = "DELETE FROM wipe"


def ask(connection: sqlite3.Connection) -> None:
    """Something is erased in this transaction: overwrite it after that."""
    connection.execute(_ASK)


def is_due(connection: sqlite3.Connection) -> bool:
    """Whether traces of something erased may be left."""
    return connection.execute(_DUE).fetchone() is not None


def wipe(connection: sqlite3.Connection) -> bool:
    """Overwrite what was erased, outside of a transaction; return False while a reader holds the log.

    Costs a copy of the file, once; called again after False, it only tries to empty the log.
    """
    due = connection.execute(_DUE).fetchone()
    if due is None:
        return True
    if due["part"] == "file":
        connection.execute("VACUUM")
        connection.execute(_REBUILT)
    if not empty_log(connection):
        return False
    connection.execute(_WIPED)
    return True


def empty_log(connection: sqlite3.Connection) -> bool:
    """Bring the write-ahead log into the file and cut it to nothing; return False while a reader holds it."""
    busy_timeout = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    try:
        busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.execute(f"PRAGMA busy_timeout = {busy_timeout}")
    return not busy
