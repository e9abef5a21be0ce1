"""In which colours people want pictures of the numbers."""

import sqlite3

_GET = "SELECT look FROM picture_look WHERE person_id = ?"
_SET = """
INSERT INTO picture_look (person_id, look) VALUES (?, ?) ON CONFLICT (person_id) DO UPDATE SET look = excluded.look
"""


def get(connection: sqlite3.Connection, person_id: int) -> str | None:
    """The colours that a person has chosen, or None."""
    row = connection.execute(_GET, (person_id,)).fetchone()
    return None if row is None else str(row["look"])


def put(connection: sqlite3.Connection, person_id: int, look: str) -> None:
    """From now on a person's pictures have these colours."""
    connection.execute(_SET, (person_id, look))
