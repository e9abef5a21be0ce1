"""What a person sees of themselves over the whole seminar."""

import sqlite3
from dataclasses import dataclass

from bot.programme.model import Seminar
from bot.store import attendance as attendance_store
from bot.store import lesson as lesson_store
from bot.store.lesson import Standing

_CHECKINS = """
SELECT slot, count(*) FROM checkin WHERE person_id = ? AND seminar = ? AND date BETWEEN ? AND ? GROUP BY slot
"""


@dataclass(frozen=True, slots=True)
class SeminarProgress:
    """Lessons started, by key, how many mornings and evenings were answered, and at how many sessions they were."""

    lessons: dict[str, Standing]
    mornings: int
    evenings: int
    sessions: int


def get(connection: sqlite3.Connection, person_id: int, seminar: Seminar) -> SeminarProgress:
    """The progress of one person in a seminar: on its days as they are now, not those of a trial before it."""
    values = (person_id, seminar.key, seminar.first.isoformat(), seminar.last.isoformat())
    days = dict(connection.execute(_CHECKINS, values).fetchall())
    lessons = lesson_store.get_all(connection, person_id, seminar.key)
    sessions = attendance_store.attended(connection, person_id, seminar.key)
    return SeminarProgress(lessons, days.get("morning", 0), days.get("evening", 0), sessions)
