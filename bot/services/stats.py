"""The numbers of a day, as of one moment, of those whom the reader may be told of."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from bot.messages import agenda as agenda_messages
from bot.people_filter import PeopleFilter
from bot.programme.model import Seminar
from bot.small_numbers import disclosure
from bot.store import scope as scope_store
from bot.store import stats as stats_store
from bot.store import stats_people
from bot.store.stats import Numbers, Stats


class DayStats(NamedTuple):
    """A day's numbers, how many people's words about it the reader may see, and whom the reader may be told of."""

    stats: Stats
    words: int
    scope: PeopleFilter


def of_day(
    connection: sqlite3.Connection, seminar: Seminar, day: int, reader_id: int, *, sees_everything: bool
) -> DayStats:
    """The numbers of day number `day`; not `sees_everything`: without words, and no mood that is of a few."""
    on, lesson = seminar.date_of(day), seminar.lesson_of_day(day)
    scope = PeopleFilter() if sees_everything else scope_store.get(connection, reader_id)
    asked = (connection, seminar.key, on)
    occurrence, key = agenda_messages.occurrence(seminar, day), lesson.key if lesson else None
    everyone = stats_store.get(*asked, agenda_occurrence=occurrence, lesson_key=key)
    if sees_everything:
        return DayStats(everyone, stats_store.count_words(*asked), scope)
    if scope == PeopleFilter():
        return DayStats(_withheld(everyone, everyone, scope), 0, scope)
    theirs = stats_people.get(*asked, scope, agenda_occurrence=occurrence, lesson_key=key)
    return DayStats(_withheld(theirs, everyone, scope), 0, scope)


def _withheld(stats: Stats, everyone: Stats, scope: PeopleFilter) -> Stats:
    """Without the moods that would be told of persons, by the rule of all figures (`bot.small_numbers`).

    Those of districts are never told, for the difference to a group may be one person.
    """
    said = {key: one.mood_answers for key, one in everyone.groups.items() if one.mood_answers}
    by_group, rule = scope == PeopleFilter(groups=scope.groups), disclosure(said)

    def told(numbers: Numbers, groups: Iterable[str]) -> Numbers:
        may_tell = by_group and rule.may_tell(key for key in groups if key in said)
        return numbers if may_tell else _without_mood(numbers)

    groups = {key: told(one, (key,)) for key, one in stats.groups.items()}
    return replace(stats, everyone=told(stats.everyone, scope.groups or said), groups=groups)


def _without_mood(numbers: Numbers) -> Numbers:
    return replace(numbers, moods=(0, 0, 0, 0, 0), few_moods=bool(numbers.mood_answers))
