"""What a person sees of themselves over the whole seminar."""

import sqlite3
from dataclasses import dataclass

from bot.store import lesson
from bot.store.lesson import Standing

_CHECKINS = "SELECT slot, count(*) FROM checkin WHERE person_id = ? GROUP BY slot"


@dataclass(frozen=True, slots=True)
class Progress:
    """Lessons begun, by key, and how many mornings and evenings were answered."""

    lessons: dict[str, Standing]
    mornings: int
    evenings: int


def of(connection: sqlite3.Connection, person_id: int) -> Progress:
    """The progress of one person."""
    days = dict(connection.execute(_CHECKINS, (person_id,)).fetchall())
    return Progress(lesson.of(connection, person_id), days.get("morning", 0), days.get("evening", 0))
