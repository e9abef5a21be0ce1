"""Each morning the agenda of the day, to everyone who is active. The model for every feature in this package."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.access import MEMBERS
from bot.delivery.message_types import MessageType, Rendering
from bot.messages.today_card_screens import is_kept
from bot.priority import Priority
from bot.programme.model import Day, Seminar
from bot.screen import Screen
from bot.store.fanout import Occurrence
from bot.views import agenda as agenda_view

_LATE = timedelta(minutes=30)
_TTL = timedelta(hours=3)  # an agenda is sent at least this long, also on a free day


@dataclass(frozen=True, slots=True)
class AgendaOf:
    """The agenda of this date of this seminar."""

    seminar: str
    date: dt.date


def plan(seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
    """The agenda of today and tomorrow, due at the seminar's hour, worthless when the day's sessions are over."""
    today = (seminar.today(now) - seminar.first).days + 1
    for number in (today, today + 1):
        day = seminar.day(number)
        if day is not None:
            due_at = seminar.moment(number, seminar.hours_of(number).agenda)
            yield AGENDA.occurrence(
                AgendaOf(seminar.key, seminar.date_of(number)),
                key=occurrence(seminar, number),
                due_at=due_at,
                expires_at=max(due_at + _TTL, _over(seminar, day)),
                roles=MEMBERS,
            )


def occurrence(seminar: Seminar, number: int) -> str:
    """What everyone's rows of a day's agenda share."""
    return f"agenda:{seminar.date_of(number).isoformat()}"


def _over(seminar: Seminar, day: Day) -> datetime:
    ends = (seminar.moment(day.number, session.end) for session in day.sessions)
    return max(ends, default=seminar.moment(day.number, seminar.hours_of(day.number).agenda))


def _render(given: Rendering[AgendaOf, bool]) -> Screen | None:
    asked, seminar = given.arguments, given.seminar
    number = seminar.day_number_on(asked.date)
    if number is None or asked.seminar != seminar.key:
        return None
    return agenda_view.morning(
        given.locale,
        seminar,
        number,
        group=given.recipient.group_key,
        late=given.late > _LATE,
        is_kept=given.context,
    )


AGENDA = MessageType(
    "agenda",
    AgendaOf,
    is_kept,
    _render,
    priority=Priority.AGENDA,
    title=lambda _: _.plain("Agenda"),
    shared=True,
    by_group=True,
    counted=True,
    catch_up="agenda",
    repeatable=True,
)
MESSAGE_TYPES = (AGENDA,)
