"""Figures of lessons: how far people came, which answers they chose, and which competencies they practised."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson

from bot.people_filter import FigureFilter
from bot.programme.competency import COMPETENCIES, Competency
from bot.programme.lesson_model import Lesson, Question
from bot.programme.model import Seminar
from bot.small_numbers import Withheld, told
from bot.store.figure_query import By, Query, Share, days

_MEMBERS: Final = "SELECT {part} AS part, count(*) AS people FROM person AS p WHERE {members} GROUP BY 1"
_LESSONS: Final = """
SELECT l.lesson_key, {part} AS part, count(*) AS opened, sum(l.done_at IS NOT NULL) AS done,
       sum(l.done_at IS NOT NULL OR l.reached > coalesce(json_extract(:cards, '$."' || l.lesson_key || '"'), 0)) AS read
  FROM lesson_progress AS l JOIN person AS p ON p.id = l.person_id
 WHERE l.seminar = :seminar AND {members} GROUP BY 1, 2
"""
_ANSWERS: Final = """
SELECT a.lesson_key, a.question_key, a.option_key, count(*) AS people
  FROM lesson_answer AS a JOIN person AS p ON p.id = a.person_id
 WHERE a.seminar = :seminar AND {members} GROUP BY 1, 2, 3
"""
_DONE: Final = """
SELECT done, count(*) AS people FROM (
    SELECT count(*) AS done FROM lesson_progress AS l JOIN person AS p ON p.id = l.person_id
     WHERE l.seminar = :seminar AND l.done_at IS NOT NULL AND {members}
       AND l.lesson_key IN (SELECT value FROM json_each(:lessons)) GROUP BY l.person_id)
 GROUP BY done
"""


@dataclass(frozen=True, slots=True)
class LessonFigure:
    """One part of the people, and a lesson whose day has come.

    `offered` are the members of now, as a lesson waits for whoever joins later; `opened`, `read` (came to its quiz) and
    `done` (answered the whole quiz) are among them, each among those before.
    """

    lesson: str
    part: str
    offered: int
    opened: int
    read: int
    done: int


@dataclass(frozen=True, slots=True)
class OptionFigure:
    """How many members chose an option first."""

    key: str
    people: int
    right: bool


@dataclass(frozen=True, slots=True)
class QuestionFigure:
    """A question of a quiz: how many members have answered it, and what they chose first.

    `gone` chose an option that is no longer there. Where fewer than five have answered, what they chose is withheld.
    """

    lesson: str
    question: str
    answered: int
    options: tuple[OptionFigure, ...] | Withheld
    gone: int

    @property
    def right(self) -> int | None:
        """How many were right; None where it is withheld."""
        if isinstance(self.options, Withheld):
            return None
        return sum(one.people for one in self.options if one.right)

    @property
    def misleading(self) -> OptionFigure | None:
        """The wrong option that most have chosen, the first of several; None where nobody chose one."""
        if isinstance(self.options, Withheld):
            return None
        wrong = [one for one in self.options if not one.right and one.people]
        return max(wrong, key=lambda one: one.people, default=None)


@dataclass(frozen=True, slots=True)
class CompetencyFigure:
    """A competency that lessons teach: how many members have done one of them at least, and how many all of them.

    Lessons whose day has not come are not among `lessons`.
    """

    competency: Competency
    lessons: tuple[str, ...]
    some: Share
    every: Share


def lessons(
    connection: sqlite3.Connection,
    seminar: Seminar,
    chosen: FigureFilter,
    now: datetime,
    by: By = By.EVERYBODY,
) -> tuple[LessonFigure, ...]:
    """The lessons whose day has come, in order; each by the parts that have members."""
    cards = orjson.dumps({one.key: len(one.cards) for one in seminar.lessons}).decode()
    query = Query(chosen.people, by)
    members = {row["part"]: row["people"] for row in query.rows(connection, _MEMBERS)}
    rows = query.rows(connection, _LESSONS, seminar=seminar.key, cards=cards)
    counted = {(row["lesson_key"], row["part"]): (row["opened"], row["read"], row["done"]) for row in rows}
    return tuple(
        LessonFigure(lesson.key, part, offered, *counted.get((lesson.key, part), (0, 0, 0)))
        for lesson in _come(seminar, chosen, now)
        for part, offered in sorted(members.items())
    )


def questions(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime
) -> tuple[QuestionFigure, ...]:
    """The questions of the lessons whose day has come, as the lessons have them."""
    chose: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in Query(chosen.people).rows(connection, _ANSWERS, seminar=seminar.key):
        chose[row["lesson_key"], row["question_key"]][row["option_key"]] = row["people"]
    return tuple(
        _question(lesson.key, question, chose[lesson.key, question.key])
        for lesson in _come(seminar, chosen, now)
        for question in lesson.quiz
    )


def competencies(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime
) -> tuple[CompetencyFigure, ...]:
    """The competencies that lessons so far teach, in UNESCO's order."""
    teach: dict[Competency, list[str]] = defaultdict(list)
    for lesson in _come(seminar, chosen, now):
        for competency in lesson.competencies:
            teach[competency].append(lesson.key)
    query = Query(chosen.people)
    members = sum(row["people"] for row in query.rows(connection, _MEMBERS))
    found = []
    for competency in (one for one in COMPETENCIES if one in teach):
        keys = teach[competency]
        rows = query.rows(connection, _DONE, seminar=seminar.key, lessons=orjson.dumps(keys).decode())
        done: Mapping[int, int] = {row["done"]: row["people"] for row in rows}
        some, every = Share(sum(done.values()), members), Share(done.get(len(keys), 0), members)
        found.append(CompetencyFigure(competency, tuple(keys), some, every))
    return tuple(found)


def _question(lesson: str, question: Question, chose: Counter[str]) -> QuestionFigure:
    options = tuple(OptionFigure(one.key, chose[one.key], one.right) for one in question.options)
    answered = chose.total()
    gone = answered - sum(one.people for one in options)
    shown = told(options, answered)
    return QuestionFigure(lesson, question.key, answered, shown, 0 if isinstance(shown, Withheld) else gone)


def _come(seminar: Seminar, chosen: FigureFilter, now: datetime) -> list[Lesson]:
    numbers, today = days(seminar, chosen), seminar.today(now)
    return [
        one
        for one in seminar.lessons
        if one.day in numbers and seminar.date_of(one.day) <= today and chosen.lesson in {None, one.key}
    ]
