"""Facts of the time before seminars were told apart: whose they are is found out once, at the first start after it."""

import sqlite3
from datetime import date

# The first day in use before the migration that wrote this, or '' where no day had come yet.
_UNNAMED = "SELECT value FROM setting WHERE key = 'unnamed_seminar'"
_FORGET = "DELETE FROM setting WHERE key = 'unnamed_seminar'"
_FACTS = ("checkin", "accounted", "checkin_tally", "lesson_progress", "lesson_answer", "lesson_total")
_WAITING = """
UPDATE outbox SET data = json_set(data, '$.seminar', ?)
 WHERE state IN ('due', 'sending') AND json_extract(data, '$.seminar') = ''
"""
_SPREADING = """
UPDATE fanout SET data = json_set(data, '$.seminar', ?) WHERE done_at IS NULL AND json_extract(data, '$.seminar') = ''
"""


def adopt(connection: sqlite3.Connection, seminar: str, first: date) -> None:
    """Give the seminar of this key what was kept without one, if it begins on the same day as the one before.

    With another first day it is another seminar, or the numbers of its days meant other dates: then it begins with
    nothing, and what was kept stays the people's own (to be exported and erased), but counts for no day. Call it
    before anything else reads or writes. Does nothing after the first time.
    """
    row = connection.execute(_UNNAMED).fetchone()
    if row is None:
        return
    connection.execute(_FORGET)
    if row["value"] in {"", first.isoformat()}:
        for table in _FACTS:
            connection.execute(f"UPDATE {table} SET seminar = ? WHERE seminar = ''", (seminar,))  # noqa: S608 - our names
        for statement in (_WAITING, _SPREADING):
            connection.execute(statement, (seminar,))
