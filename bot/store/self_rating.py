"""What teachers say that they can do, by occasion and aspect."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from bot.clock import from_text, to_text
from bot.programme.competency import Aspect
from bot.programme.model import Seminar
from bot.programme.self_rating import Occasion, aspects_of

_SAVE: Final = """
INSERT INTO self_rating (seminar, starts_on, occasion, person_id, aspect, step, is_late, rated_at)
VALUES (:seminar, :starts_on, :occasion, :person, :aspect, :step, :late, :now)
ON CONFLICT DO UPDATE SET step = excluded.step, rated_at = excluded.rated_at WHERE step <> excluded.step
"""
_GET: Final = "SELECT aspect, step FROM self_rating WHERE (seminar, starts_on, person_id, occasion) = (?, ?, ?, ?)"
_JOINED: Final = "SELECT joined_at FROM person WHERE id = ?"

Ratings = Mapping[Aspect, int]


class Rating(NamedTuple):
    """One answer: the step, 1 to 5, in an aspect."""

    seminar: str
    starts_on: str
    occasion: Occasion
    aspect: Aspect
    step: int


def save(connection: sqlite3.Connection, person_id: int, rating: Rating, *, is_late: bool, now: datetime) -> None:
    """Keep or change one answer. `is_late`: who answers joined too late to tell how they were before."""
    values = {**rating._asdict(), "person": person_id, "late": int(is_late), "now": to_text(now)}
    connection.execute(_SAVE, values)


def get(connection: sqlite3.Connection, person_id: int, seminar: Seminar, occasion: Occasion) -> Ratings:
    """What a person has answered on an occasion, by those aspects that the lessons still teach."""
    rows = connection.execute(_GET, (seminar.key, seminar.first.isoformat(), person_id, occasion))
    steps = {row["aspect"]: row["step"] for row in rows}
    return {aspect: steps[aspect] for aspect in aspects_of(seminar) if aspect in steps}


def answered(
    connection: sqlite3.Connection, person_id: int, seminar: tuple[str, str], occasion: Occasion
) -> frozenset[str]:
    """In which aspects a person has answered, of the seminar of this key that starts on this date."""
    return frozenset(row["aspect"] for row in connection.execute(_GET, (*seminar, person_id, occasion)))


def joined_at(connection: sqlite3.Connection, person_id: int) -> datetime | None:
    """When a person became a member, or None."""
    row = connection.execute(_JOINED, (person_id,)).fetchone()
    return from_text(row["joined_at"]) if row is not None and row["joined_at"] is not None else None
