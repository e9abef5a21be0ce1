"""Files that Telegram has already: sent by their id they are neither made nor uploaded again."""

import sqlite3
from typing import Final

_PUT: Final = """
INSERT INTO uploaded_file (name, edition, file_id) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET edition = excluded.edition, file_id = excluded.file_id
"""


def get(connection: sqlite3.Connection, name: str, edition: str) -> str | None:
    """Telegram's id of the file of this name, or None where it has none, or one that says something else."""
    query = "SELECT file_id FROM uploaded_file WHERE name = ? AND edition = ?"
    row = connection.execute(query, (name, edition)).fetchone()
    return None if row is None else str(row["file_id"])


def put(connection: sqlite3.Connection, name: str, edition: str, file_id: str) -> None:
    """Telegram has this file; an earlier edition of it is not sent any more."""
    connection.execute(_PUT, (name, edition, file_id))
