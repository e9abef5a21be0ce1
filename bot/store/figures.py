"""The overview: today, the days so far, and what needs attention."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from bot.people_filter import FigureFilter
from bot.programme.model import Seminar
from bot.store import alert_figures, attendance_figures, checkin_figures, lesson_figures, people_figures
from bot.store.attendance_figures import AttendanceFigure
from bot.store.checkin_figures import CheckinFigure
from bot.store.figure_query import By, Share, total
from bot.store.figure_query import days as days_of
from bot.store.lesson_figures import LessonFigure, QuestionFigure
from bot.store.people_figures import ReachFigure


@dataclass(frozen=True, slots=True)
class DayFigure:
    """A day that has come: its check-ins, its attendance over all sessions that have started, and its lesson, if any.

    Who is asked at two sessions counts twice in `attendance`.
    """

    date: date
    checkins: tuple[CheckinFigure, ...]
    attendance: Share
    lesson: LessonFigure | None


@dataclass(frozen=True, slots=True)
class Attention:
    """What somebody should look after: sessions with people of whom nobody said whether they came, alerts that nobody
    has taken and that are not settled, and the question that most have answered wrongly, of five answers or more.
    """

    unmarked: tuple[AttendanceFigure, ...]
    waiting: int
    hardest: QuestionFigure | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it: `today` is None outside the seminar and the chosen days; `checkins` and `attendance` are the sums."""

    reach: ReachFigure | None
    today: DayFigure | None
    days: tuple[DayFigure, ...]
    checkins: Share
    attendance: Share
    attention: Attention


def by_day(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime
) -> tuple[DayFigure, ...]:
    """The chosen days that have come, in order."""
    return _days(seminar, chosen, now, *_read(connection, seminar, chosen, now))


def overview(connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime) -> Overview:
    """Today, the chosen days so far, and what needs attention."""
    checkins, sessions, lessons = _read(connection, seminar, chosen, now)
    days = _days(seminar, chosen, now, checkins, sessions, lessons)
    alerts = alert_figures.alerts(connection, seminar, chosen, now)
    questions = lesson_figures.questions(connection, seminar, chosen, now)
    wrong = [(one.right / one.answered, one) for one in questions if one.right is not None and one.right < one.answered]
    return Overview(
        next(iter(people_figures.reach(connection, seminar, chosen, now)), None),
        next((one for one in days if one.date == seminar.today(now)), None),
        days,
        total(one.answered for one in checkins),
        total(one.came for one in sessions),
        Attention(
            tuple(one for one in sessions if one.unmarked),
            sum(one.waiting for one in alerts),
            min(wrong, key=lambda one: one[0])[1] if wrong else None,
        ),
    )


_Read = tuple[tuple[CheckinFigure, ...], tuple[AttendanceFigure, ...], tuple[LessonFigure, ...]]


def _read(connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime) -> _Read:
    asked = (connection, seminar, chosen, now, By.EVERYBODY)
    return checkin_figures.checkins(*asked), attendance_figures.sessions(*asked), lesson_figures.lessons(*asked)


def _days(seminar: Seminar, chosen: FigureFilter, now: datetime, *read: *_Read) -> tuple[DayFigure, ...]:
    checkins, sessions, lessons = read
    found = []
    for number in days_of(seminar, chosen):
        on = seminar.date_of(number)
        if on <= seminar.today(now):
            its = seminar.lesson_of_day(number)
            found.append(
                DayFigure(
                    on,
                    tuple(one for one in checkins if one.date == on),
                    total(one.came for one in sessions if one.date == on),
                    next((one for one in lessons if its is not None and one.lesson == its.key), None),
                )
            )
    return tuple(found)
