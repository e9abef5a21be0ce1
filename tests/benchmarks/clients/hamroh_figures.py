"""Every figure over a whole country's fortnight, each once, as the jobs' process counts it."""

import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bot.clock import to_text
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme import load
from bot.programme.attendance import of_day
from bot.programme.checkin import windows
from bot.programme.model import Seminar
from bot.store import attendance_figures, checkin_figures, figures, lesson_figures, people_figures, punctuality_figures
from bot.store.database import Database
from tests.benchmarks.clients.hamroh import SEMINAR, add_people
from tests.benchmarks.message import FIRST_CHAT

_GROUPS: Final = 50
_JOINED: Final = datetime(2025, 8, 3, tzinfo=UTC)
_OVER: Final = datetime(2025, 8, 20, tzinfo=UTC)
_CHECKIN: Final = """
INSERT INTO checkin (seminar, date, slot, person_id, group_key, answered_at, late, mood)
SELECT :seminar, :date, :slot, id, group_key, :at, id % 10 = 0, CASE :slot WHEN 'evening' THEN 1 + id % 5 END
  FROM person WHERE id % 8
"""
_MARK: Final = """
INSERT INTO mark (subject, person_id, state, how, by_id, at)
SELECT :subject, id, CASE id % 9 WHEN 0 THEN 'absent' WHEN 1 THEN 'late' ELSE 'present' END, 'tap', id, :at
  FROM person WHERE id % 10
"""
_LESSON: Final = """
INSERT INTO lesson_progress SELECT id, :seminar, :lesson, 1 + id % 6, :at, CASE WHEN id % 3 THEN :at END, 2, 3
  FROM person WHERE id % 5
"""
_ANSWER: Final = """
INSERT INTO lesson_answer SELECT id, :seminar, :lesson, :question, CAST(1 + id % 3 AS TEXT), :at
  FROM person WHERE id % 3
"""
_AGENDA: Final = """
INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, due_at, next_at, expires_at, state, created_at,
                    done_at)
SELECT 'agenda:' || :date || ':' || id, 'agenda:' || :date, 'agenda', telegram_id, id, 1, :at, :at, :at, 'sent', :at,
       strftime('%Y-%m-%dT%H:%M:%fZ', :at, '+' || (id % 4000) || ' seconds')
  FROM person
"""
_FIGURES: Final[Mapping[str, Callable[[sqlite3.Connection, Seminar, FigureFilter, datetime], object]]] = {
    "overview": figures.overview,
    "check-ins": checkin_figures.checkins,
    "attendance": attendance_figures.sessions,
    "lessons": lesson_figures.lessons,
    "questions": lesson_figures.questions,
    "competencies": lesson_figures.competencies,
    "reach": people_figures.reach,
    "punctuality": punctuality_figures.punctuality,
}


async def run(*, people: int) -> dict[str, Any]:
    """Seconds of each figure, of everybody and of one group."""
    seminar = load(SEMINAR)
    with tempfile.TemporaryDirectory() as folder:
        db = await Database.open(Path(folder) / "hamroh.db")
        try:
            await db.write(_fill, seminar=seminar, people=people)
            everybody = await db.read(_measure, seminar=seminar, chosen=FigureFilter())
            group = await db.read(_measure, seminar=seminar, chosen=FigureFilter(PeopleFilter(groups=("g1",))))
        finally:
            await db.close()
    return {"people": people, "everybody": everybody, "group": group}


def _measure(connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter) -> dict[str, float]:
    took = {}
    for name, figure in _FIGURES.items():
        began = perf_counter()
        figure(connection, seminar, chosen, _OVER)
        took[name] = perf_counter() - began
    return took


def _fill(connection: sqlite3.Connection, seminar: Seminar, people: int) -> None:
    size = people // _GROUPS
    for index in range(_GROUPS):
        add_people(connection, count=size, first=FIRST_CHAT + index * people, group=f"g{index}", now=_JOINED)
    for one in windows(seminar):
        values = {"seminar": seminar.key, "date": one.on.isoformat(), "slot": one.slot.value, "at": to_text(one.opens)}
        connection.execute(_CHECKIN, values)
    for day in seminar.days:
        on = seminar.date_of(day.number)
        at = to_text(_JOINED + timedelta(days=day.number))
        connection.execute(_AGENDA, {"date": on.isoformat(), "at": at})
        for taken in of_day(seminar, on)[:2]:
            connection.execute(_MARK, {"subject": taken.on.subject, "at": at})
    for lesson in seminar.lessons:
        key = {"seminar": seminar.key, "lesson": lesson.key, "at": to_text(_JOINED + timedelta(days=lesson.day))}
        connection.execute(_LESSON, key)
        for question in lesson.quiz:
            connection.execute(_ANSWER, {**key, "question": question.key})
