"""Forward-only migrations: `NNNN_name.sql` files, each in one transaction, counted in `PRAGMA user_version`."""

import sqlite3
from importlib import resources


class NewerDatabaseError(Exception):
    """The file was written by a newer Hamroh than this one."""


def scripts() -> list[tuple[int, str, str]]:
    """All migrations as (number, name, SQL), in order; numbers are 1, 2, 3 ... without a gap."""
    names = sorted(entry.name for entry in resources.files(__name__).iterdir() if entry.name.endswith(".sql"))
    return [(int(name[:4]), name, (resources.files(__name__) / name).read_text("utf-8")) for name in names]


def is_new(connection: sqlite3.Connection) -> bool:
    """Whether no migration has run on it yet: the file has just been made."""
    return _version(connection) == 0


def migrate(connection: sqlite3.Connection) -> int:
    """Bring the database up to the newest migration and return its number.

    Raises NewerDatabaseError if the database is ahead of the code. A kill in the middle leaves the last whole one.
    """
    known = scripts()
    version = _version(connection)
    if version > len(known):
        raise NewerDatabaseError(
            f"this database is at version {version}, but this Hamroh knows only {len(known)}; "
            "run the newer Hamroh that wrote it"
        )
    for number, _, script in known[version:]:
        try:
            connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return len(known)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
