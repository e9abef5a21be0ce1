"""What teachers answer about what they can do: kept while the occasion takes answers; also asked of latecomers."""

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from bot.access import Role
from bot.buttons.self_rating import RateStep
from bot.messages import self_rating as self_rating_messages
from bot.programme.competency import Aspect
from bot.programme.model import Seminar
from bot.programme.self_rating import STEPS, RatingTime, aspects_of, time_of, times_of
from bot.store import outbox
from bot.store import self_rating as self_rating_store
from bot.store.person import Person
from bot.store.self_rating import Rating

_AFTER_JOINING: Final = timedelta(hours=1)  # first one finds one's way


def answer(connection: sqlite3.Connection, me: Person, seminar: Seminar, pressed: RateStep, *, now: datetime) -> bool:
    """Keep the answer and return True; False where it came too late, or the seminar does not ask that (any more)."""
    when, joined = time_of(seminar, pressed.occasion), self_rating_store.joined_at(connection, me.id)
    if when is None or joined is None or pressed.aspect not in aspects_of(seminar) or pressed.step not in STEPS:
        return False
    if not when.takes(now, joined):
        return False
    rating = Rating(seminar.key, seminar.first.isoformat(), when.occasion, Aspect(pressed.aspect), pressed.step)
    self_rating_store.save(connection, me.id, rating, is_late=when.is_late(joined), now=now)
    return True


def open_for(
    connection: sqlite3.Connection, me: Person, times: tuple[RatingTime, ...], now: datetime
) -> RatingTime | None:
    """The occasion that this person can answer now; the last day's where both can be."""
    joined = self_rating_store.joined_at(connection, me.id)
    return next((one for one in reversed(times) if joined is not None and one.takes(now, joined)), None)


def ask_who_came(connection: sqlite3.Connection, me: Person, seminar: Seminar, now: datetime) -> None:
    """Who joins while an occasion takes their answers is asked an hour later."""
    for one in times_of(seminar):
        if me.role is Role.TEACHER and one.takes(now, now):
            outbox.enqueue(connection, [self_rating_messages.for_one(me, seminar, one, now + _AFTER_JOINING)], now)
