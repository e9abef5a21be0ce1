"""Each morning the agenda of the day, to everyone who is active. The model for every feature in this package."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.access import MEMBERS
from bot.delivery.events import Event
from bot.delivery.message_types import MessageType, Priority, Rendering
from bot.programme.model import Day, Seminar
from bot.screen import Screen
from bot.views import agenda

_LATE = timedelta(minutes=30)
_TTL = timedelta(hours=3)  # an agenda is sent at least this long, also on a free day


def plan(seminar: Seminar, now: datetime) -> Iterable[Event]:
    """The agenda of today and tomorrow, due at the seminar's hour, worthless when the day's sessions are over."""
    today = (seminar.today(now) - seminar.first).days + 1
    for number in (today, today + 1):
        day = seminar.day(number)
        if day is not None:
            due_at = seminar.moment(number, seminar.hours_of(number).agenda)
            yield Event(
                key=event(seminar, number),
                kind="agenda",
                priority=Priority.AGENDA,
                due_at=due_at,
                expires_at=max(due_at + _TTL, _over(seminar, day)),
                roles=MEMBERS,
                data={"seminar": seminar.key, "date": seminar.date_of(number).isoformat()},
            )


def event(seminar: Seminar, number: int) -> str:
    """What everyone's rows of a day's agenda share."""
    return f"agenda:{seminar.date_of(number).isoformat()}"


def _over(seminar: Seminar, day: Day) -> datetime:
    ends = (seminar.moment(day.number, session.end) for session in day.sessions)
    return max(ends, default=seminar.moment(day.number, seminar.hours_of(day.number).agenda))


def _render(what: Rendering) -> Screen | None:
    data = what.row.data
    number = what.seminar.day_number_on(date.fromisoformat(str(data["date"])))
    if number is None or data["seminar"] != what.seminar.key:
        return None
    return agenda.morning(what.words, what.seminar, number, group=what.recipient.group_key, late=what.late > _LATE)


MESSAGE_TYPES = (MessageType("agenda", Priority.AGENDA, _render, shared=True, by_group=True),)
