"""Once a day, at its hour, an invitation to the day's lesson, to teachers who have not started it by themselves."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.access import Role
from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.priority import Priority
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.fanout import Occurrence
from bot.views import lesson as lesson_view

_LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class LessonOf:
    """The lesson of this date of this seminar. The audience of the invitation reads `seminar` and `lesson`."""

    seminar: str
    date: dt.date
    lesson: str


def plan(seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
    """The lesson of today and tomorrow, due at the seminar's hour, worthless at midnight: no backlog after a break."""
    today = (seminar.today(now) - seminar.first).days + 1
    for number in (today, today + 1):
        lesson = seminar.lesson_of_day(number)
        if lesson is not None and seminar.day(number) is not None:
            on = seminar.date_of(number)
            yield LESSON.occurrence(
                LessonOf(seminar.key, on, lesson.key),
                key=f"lesson:{on.isoformat()}",
                due_at=seminar.moment(number, seminar.hours_of(number).lesson),
                expires_at=seminar.moment(number + 1, time()),
                roles=frozenset({Role.TEACHER}),
                audience="lesson",
            )


def _render(given: Rendering[LessonOf, None]) -> Screen | None:
    asked, seminar = given.arguments, given.seminar
    number = seminar.day_number_on(asked.date)
    lesson = seminar.lesson_of_day(number) if number else None
    if lesson is None or (seminar.key, lesson.key) != (asked.seminar, asked.lesson):
        return None
    return lesson_view.invitation(given.locale, lesson, late=given.late > _LATE)


LESSON = MessageType(
    "lesson",
    LessonOf,
    no_context,
    _render,
    priority=Priority.LESSON,
    title=lambda _: _.plain("Lesson"),
    shared=True,
    catch_up="lesson",
    repeatable=True,
)
MESSAGE_TYPES = (LESSON,)
