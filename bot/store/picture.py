"""What the pictures show: attendance, check-ins over the days, lessons, answers.

Who is expected is whoever was a teacher by then: who joined later is not counted among those who were asked.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import orjson

from bot.clock import from_text
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.attendance import Taken, of_day
from bot.programme.checkin import Slot, window
from bot.programme.lesson_model import Lesson
from bot.programme.model import Seminar
from bot.small_numbers import FEWEST, disclosure
from bot.store.picture_query import Joined, Query, numbers

MOST_PEOPLE: Final = 400  # that have a row of their own; of more, groups have one

# {teachers} and {newest} are of `picture_query`.
_PEOPLE: Final = """
SELECT p.id, p.name, coalesce(p.group_key, '') AS group_key, p.joined_at FROM person AS p WHERE {teachers} LIMIT :most
"""
_MARKS: Final = "SELECT m.subject, m.person_id, m.state FROM {newest} WHERE {teachers}"
_HERE: Final = """
SELECT m.subject, coalesce(p.group_key, '') AS group_key, count(*) AS people
  FROM {newest} WHERE m.state IN ('present', 'late') AND {teachers} GROUP BY 1, 2
"""
_EXCUSED: Final = "SELECT date, person_id FROM excuse WHERE seminar = ? AND ended_at IS NULL"
_CHECKINS: Final = """
SELECT c.date, c.slot, count(*) AS answered, count(c.mood) AS said, coalesce(sum(c.mood), 0) AS moods
  FROM checkin AS c JOIN person AS p ON p.id = c.person_id WHERE c.seminar = :seminar AND {teachers} GROUP BY 1, 2
"""
_SAID: Final = """
SELECT date, group_key, mood_1 + mood_2 + mood_3 + mood_4 + mood_5 AS said
  FROM checkin_tally WHERE seminar = ? AND slot = 'evening'
"""
_LESSONS: Final = """
SELECT l.lesson_key, count(*) AS opened, sum(l.done_at IS NOT NULL) AS done,
       sum(l.done_at IS NOT NULL OR l.reached > coalesce(json_extract(:cards, '$."' || l.lesson_key || '"'), 0)) AS quiz
  FROM lesson_progress AS l JOIN person AS p ON p.id = l.person_id
 WHERE l.seminar = :seminar AND {teachers} GROUP BY 1
"""
_ANSWERS: Final = """
SELECT a.lesson_key, a.question_key, a.option_key, count(*) AS people
  FROM lesson_answer AS a JOIN person AS p ON p.id = a.person_id WHERE a.seminar = :seminar AND {teachers}
 GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class AttendedSession:
    """A session that has started and whose attendance is taken."""

    key: str
    date: date


@dataclass(frozen=True, slots=True)
class PersonMarks:
    """One person's marks, session by session: a mark's state, `unknown`, or empty where it was not for them."""

    name: str
    group: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupDay:
    """How many came to a group's sessions of a day, of how many who were expected; who comes to two counts twice."""

    group: str
    date: date
    here: int
    expected: int


@dataclass(frozen=True, slots=True)
class AttendanceFigures:
    """Attendance up to now. `people` are told one by one where they are few; the order says nothing about names."""

    sessions: tuple[AttendedSession, ...]
    people: tuple[PersonMarks, ...]
    days: tuple[GroupDay, ...]

    @property
    def total(self) -> tuple[int, int]:
        """How many came, and how many were expected, over all sessions."""
        return sum(one.here for one in self.days), sum(one.expected for one in self.days)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day's check-ins: answers and who was asked by slot; `mood` is None where fewer than five have said it."""

    date: date
    answered: Mapping[Slot, tuple[int, int]]
    mood: float | None


@dataclass(frozen=True, slots=True)
class LessonFigures:
    """A lesson that is open: how many opened it, came to its quiz and finished it, of how many who could."""

    key: str
    opened: int
    in_quiz: int
    done: int
    people: int


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """A question of a quiz: how many were right, of how many who answered."""

    lesson: str
    question: str
    right: int
    answered: int


def attendance(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime
) -> AttendanceFigures:
    """Attendance of the sessions that have started."""
    taken = [one for number in numbers(seminar, chosen) for one in of_day(seminar, seminar.date_of(number))]
    taken = [one for one in taken if one.starts <= now and chosen.session in {None, one.on.session}]
    sessions = tuple(AttendedSession(one.on.session, one.on.date) for one in taken)
    days = _days(connection, taken, chosen.people)
    query = Query(chosen.people)
    rows = query.rows(connection, _PEOPLE, most=MOST_PEOPLE + 1) if taken else []
    people = _people(connection, seminar.key, taken, rows, query) if len(rows) <= MOST_PEOPLE else ()
    return AttendanceFigures(sessions, tuple(people), tuple(days))


def days(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime
) -> tuple[DayFigures, ...]:
    """Check-ins of the days so far, those without any left out."""
    rows = Query(chosen.people).rows(connection, _CHECKINS, seminar=seminar.key)
    told = {(row["date"], Slot(row["slot"])): row for row in rows}
    said: dict[str, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(_SAID, (seminar.key,)):
        if row["said"]:
            said[row["date"]][row["group_key"]] = row["said"]
    joined = Joined(connection, chosen.people)
    found = []
    for number in numbers(seminar, chosen):
        on = seminar.date_of(number)
        answered = {}
        for slot in Slot:
            its = window(seminar, number, slot)
            if its is not None and its.opens <= now:
                row = told.get((on.isoformat(), slot))
                answers = row["answered"] if row is not None else 0
                answered[slot] = (answers, max(answers, joined.everyone(its.alert)))
        if answered:
            may_tell = _may_tell_mood(chosen.people, said[on.isoformat()])
            mood = _mood(told.get((on.isoformat(), Slot.EVENING))) if may_tell else None
            found.append(DayFigures(on, answered, mood))
    return tuple(found)


def lessons(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime
) -> tuple[LessonFigures, ...]:
    """The lessons of the days that have come."""
    cards = orjson.dumps({one.key: len(one.cards) for one in seminar.lessons}).decode()
    rows = Query(chosen.people).rows(connection, _LESSONS, seminar=seminar.key, cards=cards)
    counted = {row["lesson_key"]: row for row in rows}
    people, today = Joined(connection, chosen.people).everyone(now), seminar.today(now)
    found = []
    for lesson in _lessons(seminar, chosen):
        row = counted.get(lesson.key)
        opened, quiz, done = (row["opened"], row["quiz"], row["done"]) if row is not None else (0, 0, 0)
        if seminar.date_of(lesson.day) <= today or opened:
            found.append(LessonFigures(lesson.key, opened, quiz, done, max(people, opened)))
    return tuple(found)


def questions(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, _now: datetime
) -> tuple[QuestionFigures, ...]:
    """The questions that enough people have answered, the hardest first."""
    options: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in Query(chosen.people).rows(connection, _ANSWERS, seminar=seminar.key):
        options[row["lesson_key"], row["question_key"]][row["option_key"]] = row["people"]
    found = []
    for lesson in _lessons(seminar, chosen):
        for question in lesson.quiz:
            counts = options[lesson.key, question.key]
            right, answered = counts[question.options[question.right].key], counts.total()
            if answered >= FEWEST:
                found.append(QuestionFigures(lesson.key, question.key, right, answered))
    return tuple(sorted(found, key=lambda one: one.right / one.answered))


def _lessons(seminar: Seminar, chosen: FigureFilter) -> list[Lesson]:
    days = numbers(seminar, chosen)
    return [one for one in seminar.lessons if one.day in days and chosen.lesson in {None, one.key}]


def _days(connection: sqlite3.Connection, taken: list[Taken], people: PeopleFilter) -> list[GroupDay]:
    joined = Joined(connection, people)
    here: dict[str, Counter[str]] = defaultdict(Counter)
    for row in Query(people).rows(connection, _HERE, subjects=_subjects(taken)):
        here[row["subject"]][row["group_key"]] = row["people"]
    came, expected = Counter[tuple[str, date]](), Counter[tuple[str, date]]()
    for one in taken:
        by_then = joined.by_group(one.ends)
        for group in joined.groups:
            if one.is_for(group or None):
                at = here[one.on.subject][group]
                came[group, one.on.date] += at
                expected[group, one.on.date] += max(at, by_then[group])
    return [GroupDay(group, on, came[group, on], of) for (group, on), of in expected.items() if of]


def _people(
    connection: sqlite3.Connection, seminar: str, taken: list[Taken], rows: list[sqlite3.Row], query: Query
) -> list[PersonMarks]:
    marks: dict[tuple[str, int], str] = {}
    for row in query.rows(connection, _MARKS, subjects=_subjects(taken)):
        marks[row["subject"], row["person_id"]] = row["state"]
    excused = {(on, person_id) for on, person_id in connection.execute(_EXCUSED, (seminar,))}

    def state(one: Taken, person: sqlite3.Row) -> str:
        if (told := marks.get((one.on.subject, person["id"]))) is not None:
            return told
        if not one.is_for(person["group_key"] or None):
            return ""
        if person["joined_at"] is not None and from_text(person["joined_at"]) > one.ends + timedelta(minutes=1):
            return ""
        return "excused" if (one.on.date.isoformat(), person["id"]) in excused else "unknown"

    people = [PersonMarks(row["name"], row["group_key"], tuple(state(one, row) for one in taken)) for row in rows]
    return sorted(
        people, key=lambda one: (one.group, -sum(each in {"present", "late"} for each in one.states), one.states)
    )


def _may_tell_mood(people: PeopleFilter, said: Mapping[str, int]) -> bool:
    """Whether no difference of what can be asked for is the mood of fewer than five: by the rule of all figures."""
    if people != PeopleFilter(groups=people.groups):
        return False
    return disclosure(said).may_tell(key for key in people.groups or said if key in said)


def _mood(row: sqlite3.Row | None) -> float | None:
    return row["moods"] / row["said"] if row is not None and row["said"] >= FEWEST else None


def _subjects(taken: Iterable[Taken]) -> str:
    return orjson.dumps([one.on.subject for one in taken]).decode()
