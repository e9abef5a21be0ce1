"""The messages that somebody's words about a day were written in: together they are the words, and each may change."""

import sqlite3
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Part:
    """One of the messages: what it says, and what it said before it was corrected (None: it was not)."""

    on: date
    words: str
    earlier: str | None


_FORGET = "DELETE FROM checkin_part WHERE person_id = ? AND date = ? AND message_id <> ?"
_ADD = """
INSERT INTO checkin_part (person_id, message_id, date, words) VALUES (?, ?, ?, ?)
ON CONFLICT (person_id, message_id) DO NOTHING
"""
_GET = "SELECT date, words, earlier FROM checkin_part WHERE person_id = ? AND message_id = ?"
_CORRECT = "UPDATE checkin_part SET earlier = words, words = ? WHERE person_id = ? AND message_id = ? AND words <> ?"
_ALL_WORDS = "SELECT words FROM checkin_part WHERE person_id = ? AND date = ? ORDER BY message_id"


def save(
    connection: sqlite3.Connection, person_id: int, on: date, message_id: int, words: str, *, part_of: int | None
) -> str:
    """Save what a message says about a day, and return all the words about it.

    It takes the place of what was said before, unless it goes on with that (`part_of` is the first message of it).
    """
    if part_of is None:
        connection.execute(_FORGET, (person_id, on.isoformat(), message_id))
    connection.execute(_ADD, (person_id, message_id, on.isoformat(), words))
    return all_words(connection, person_id, on)


def get(connection: sqlite3.Connection, person_id: int, message_id: int) -> Part | None:
    """What a message says about a day, or None when it says nothing about any."""
    row = connection.execute(_GET, (person_id, message_id)).fetchone()
    return Part(date.fromisoformat(row["date"]), row["words"], row["earlier"]) if row else None


def correct(connection: sqlite3.Connection, person_id: int, message_id: int, words: str) -> None:
    """The message says something else now."""
    connection.execute(_CORRECT, (words, person_id, message_id, words))


def all_words(connection: sqlite3.Connection, person_id: int, on: date) -> str:
    """All the words about a day."""
    return "\n".join(row["words"] for row in connection.execute(_ALL_WORDS, (person_id, on.isoformat())))
