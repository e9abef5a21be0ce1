"""What organizers set in a chat, by key."""

import sqlite3

_SET = "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


def get(connection: sqlite3.Connection, key: str) -> str | None:
    """The value of `key`, or None."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return row["value"] if row else None


def put(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keep `value` under `key`."""
    connection.execute(_SET, (key, value))
