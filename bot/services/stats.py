"""The numbers of a day, as of one moment."""

import sqlite3
from typing import NamedTuple

from bot.messages import agenda as agenda_messages
from bot.programme.model import Seminar
from bot.store import stats as stats_store
from bot.store.stats import Stats


class DayStats(NamedTuple):
    """A day's numbers, and how many people's words about it the reader may see."""

    stats: Stats
    words: int


def of_day(connection: sqlite3.Connection, seminar: Seminar, day: int, *, with_words: bool) -> DayStats:
    """The numbers of day number `day`; words are counted `with_words` alone."""
    on, lesson = seminar.date_of(day), seminar.lesson_of_day(day)
    stats = stats_store.get(
        connection,
        seminar.key,
        on,
        agenda_occurrence=agenda_messages.occurrence(seminar, day),
        lesson_key=lesson.key if lesson else None,
    )
    return DayStats(stats, stats_store.count_words(connection, seminar.key, on) if with_words else 0)
