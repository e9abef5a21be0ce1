"""What the numbers say about a topic: of a filter, within whom the reader may be told of, all as of one moment."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from bot.people_filter import FigureFilter
from bot.programme.model import Seminar
from bot.stats_query import Asked, understood
from bot.stats_words import StatsTopic
from bot.store import (
    alert_figures,
    attendance_figures,
    checkin_figures,
    figures,
    lesson_figures,
    people_figures,
    punctuality_figures,
)
from bot.store import figure_filter as figure_filter_store
from bot.store import roster as roster_store
from bot.store import scope as scope_store
from bot.store.figure_query import By, Share, total
from bot.store.figures import Overview
from bot.store.stats_topic import Part, TopicFigures, TopicTold

BY: Final = {
    StatsTopic.GROUPS: By.GROUP,
    StatsTopic.SCHOOLS: By.SCHOOL,
    StatsTopic.DISTRICTS: By.DISTRICT,
    StatsTopic.LANGUAGES: By.LANGUAGE,
}
_READ: Final[Mapping[StatsTopic, Callable[[sqlite3.Connection, Seminar, FigureFilter, datetime], Any]]] = {
    StatsTopic.OVERVIEW: figures.overview,
    StatsTopic.DAYS: figures.by_day,
    StatsTopic.SESSIONS: attendance_figures.sessions,
    StatsTopic.LESSONS: lesson_figures.lessons,
    StatsTopic.QUESTIONS: lesson_figures.questions,
    StatsTopic.COMPETENCIES: lesson_figures.competencies,
    StatsTopic.REACH: people_figures.reach,
    StatsTopic.ALERTS: alert_figures.alerts,
    StatsTopic.PUNCTUALITY: punctuality_figures.punctuality,
}


@dataclass(frozen=True, slots=True)
class TopicAsked:
    """What is asked for: a topic, of the filter of a number (0: of everything), by a reader.

    Not `sees_cases`: a coordinator, who is not told of alerts about people chosen by a filter: it may be one.
    """

    topic: StatsTopic
    filter_id: int
    reader_id: int
    sees_cases: bool


def told(connection: sqlite3.Connection, seminar: Seminar, asked: TopicAsked, now: datetime) -> TopicTold | None:
    """The figures; None where the filter is not there, or the reader may see nobody of it."""
    chosen = figure_filter_store.get(connection, asked.filter_id) if asked.filter_id else FigureFilter()
    scope = scope_store.get(connection, asked.reader_id)
    people = chosen.people.within(scope) if chosen is not None else None
    if chosen is None or people is None:
        return None
    hides_cases = not asked.sees_cases and people != scope
    if hides_cases and asked.topic is StatsTopic.ALERTS:
        people = scope
    found = _figures(connection, seminar, asked.topic, replace(chosen, people=people), now)
    if hides_cases and isinstance(found, Overview):
        found = replace(found, attention=replace(found.attention, waiting=0))
    return TopicTold(scope, chosen, found)


def read(connection: sqlite3.Connection, seminar: Seminar, query: str, reader_id: int, now: datetime) -> Asked:
    """What somebody asks for in words. Only what the people whom they may see are called by is looked for."""
    districts, schools = roster_store.places(connection, scope_store.get(connection, reader_id))
    return understood(query, seminar, districts=districts, schools=schools, today=seminar.today(now))


def _figures(
    connection: sqlite3.Connection, seminar: Seminar, topic: StatsTopic, chosen: FigureFilter, now: datetime
) -> TopicFigures:
    if topic in BY:
        return _parts(connection, seminar, chosen, now, BY[topic])
    found: TopicFigures = _READ[topic](connection, seminar, chosen, now)
    return found


def _parts(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime, by: By
) -> tuple[Part, ...]:
    arguments = (connection, seminar, chosen, now, by)
    checkins, sessions = checkin_figures.checkins(*arguments), attendance_figures.sessions(*arguments)
    lessons = lesson_figures.lessons(*arguments)
    # Gathered once: a country has thousands of schools.
    answered, came, done = (defaultdict[str, list[Share]](list) for _ in range(3))
    for checkin in checkins:
        answered[checkin.part].append(checkin.answered)
    for session in sessions:
        came[session.part].append(session.came)
    for lesson in lessons:
        done[lesson.part].append(Share(lesson.done, lesson.offered))
    return tuple(
        Part(by, one.part, one.members, total(answered[one.part]), total(came[one.part]), total(done[one.part]))
        for one in people_figures.reach(*arguments)
        if one.members
    )
