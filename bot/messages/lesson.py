"""Once a day, at its hour, an invitation to the day's lesson, to teachers who have not started it by themselves."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from bot.access import Role
from bot.delivery.events import Event
from bot.delivery.message_types import MessageType, Priority, Rendering
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.views import lesson as view

_LATE = timedelta(minutes=30)


def plan(seminar: Seminar, now: datetime) -> Iterable[Event]:
    """The lesson of today and tomorrow, due at the seminar's hour, worthless at midnight: no backlog after a break."""
    today = (seminar.today(now) - seminar.first).days + 1
    for number in (today, today + 1):
        lesson = seminar.lesson_of_day(number)
        if lesson is not None and seminar.day(number) is not None:
            yield Event(
                key=f"lesson:{seminar.date_of(number).isoformat()}",
                kind="lesson",
                priority=Priority.LESSON,
                due_at=seminar.moment(number, seminar.hours_of(number).lesson),
                expires_at=seminar.moment(number + 1, time()),
                roles=frozenset({Role.TEACHER}),
                audience="lesson",
                data={
                    "seminar": seminar.key,
                    "date": seminar.date_of(number).isoformat(),
                    "lesson": lesson.key,
                },
            )


def _render(what: Rendering) -> Screen | None:
    data, seminar = what.row.data, what.seminar
    number = seminar.day_number_on(date.fromisoformat(str(data["date"])))
    lesson = seminar.lesson_of_day(number) if number else None
    if lesson is None or (seminar.key, lesson.key) != (data["seminar"], data["lesson"]):
        return None
    return view.invitation(what.words, lesson, late=what.late > _LATE)


MESSAGE_TYPES = (MessageType("lesson", Priority.LESSON, _render, shared=True),)
