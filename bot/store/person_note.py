"""What organizers note of somebody: shown to them alone, in the person's own export, and erased with the person."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import from_text, to_text

PAGE: Final = 5
WORDS_LIMIT: Final = 600

_ADD = """
INSERT INTO person_note (person_id, by_id, at, words, message_id)
SELECT id, :by, :now, :words, :message FROM person WHERE id = :person AND state <> 'left'
ON CONFLICT DO NOTHING
"""
_OF = """
SELECT n.id, n.words, n.at, coalesce(author.name, '') AS by FROM person_note AS n
  LEFT JOIN person AS author ON author.id = n.by_id
 WHERE n.person_id = ? ORDER BY n.id DESC LIMIT ? OFFSET ?
"""
_COUNT = "SELECT count(*) FROM person_note WHERE person_id = ?"
_REMOVE = "DELETE FROM person_note WHERE id = ? RETURNING person_id"


@dataclass(frozen=True, slots=True)
class PersonNote:
    """A note; `by` is empty where its author has erased their data."""

    id: int
    words: str
    at: datetime
    by: str


def add(
    connection: sqlite3.Connection, person_id: int, words: str, *, by_id: int, message_id: int, now: datetime
) -> bool:
    """Note this of somebody who has not left; return whether that is new: the same message is noted once."""
    values = {"person": person_id, "by": by_id, "now": to_text(now), "words": words, "message": message_id}
    return connection.execute(_ADD, values).rowcount == 1


def newest(connection: sqlite3.Connection, person_id: int, *, page: int = 0, size: int = PAGE) -> list[PersonNote]:
    """A page of the notes, the newest first."""
    rows = connection.execute(_OF, (person_id, size, page * size))
    return [PersonNote(row["id"], row["words"], from_text(row["at"]), row["by"]) for row in rows]


def count(connection: sqlite3.Connection, person_id: int) -> int:
    """How many notes there are."""
    number: int = connection.execute(_COUNT, (person_id,)).fetchone()[0]
    return number


def remove(connection: sqlite3.Connection, number: int) -> int | None:
    """Forget a note; return whom it was about, None where it is gone already."""
    row = connection.execute(_REMOVE, (number,)).fetchone()
    return None if row is None else row["person_id"]
