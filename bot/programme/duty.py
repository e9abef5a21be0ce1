"""When somebody is on duty: the shifts of the folder as moments. A shift is known by the date on which it begins."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.programme.model import DutyShift, Seminar

# The one shift of a seminar whose folder names none: from the agenda's hour until that of the next day.
WHOLE_DAY: Final = "whole-day"
_MIDNIGHT: Final = time(0)
_LEAD: Final = timedelta(days=1)  # that people arrive before the first day, and leave after the last


@dataclass(frozen=True, slots=True)
class DutyPeriod:
    """One shift of one date: from `starts` until before `ends`, aware, in UTC."""

    on: date
    shift: DutyShift
    starts: datetime
    ends: datetime

    @property
    def key(self) -> tuple[str, str]:
        """The date and the shift as the database holds them."""
        return self.on.isoformat(), self.shift.key


def shifts(seminar: Seminar) -> tuple[DutyShift, ...]:
    """The folder's shifts, or whole days."""
    whole_day = seminar.hours.agenda
    return seminar.duty or (DutyShift(WHOLE_DAY, None, whole_day, whole_day),)


def period(seminar: Seminar, on: date, shift: str) -> DutyPeriod | None:
    """The shift of this key that begins on this date, or None where there is none."""
    return next((one for one in periods(seminar, on, on) if one.shift.key == shift), None)


def periods(seminar: Seminar, first: date, last: date) -> list[DutyPeriod]:
    """All that begin on these dates, both included, in the order in which they begin."""
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = [_period(seminar, on, shift) for on in dates for shift in shifts(seminar) if _is_on(seminar, shift, on)]
    return sorted(found, key=_starts)


def current(seminar: Seminar, now: datetime) -> list[DutyPeriod]:
    """Those that hold this aware moment: two where shifts overlap, none in a gap."""
    today = seminar.today(now)
    return [one for one in periods(seminar, today - timedelta(days=1), today) if one.starts <= now < one.ends]


def upcoming(seminar: Seminar, now: datetime, days: int) -> list[DutyPeriod]:
    """Those that begin after this aware moment, until so many days after today."""
    today = seminar.today(now)
    return [one for one in periods(seminar, today, today + timedelta(days=days)) if one.starts > now]


def until_the_end(seminar: Seminar, shift: str, on: date) -> list[DutyPeriod]:
    """All of one shift from a date until the day after the seminar, for whoever takes it every day."""
    last = max(seminar.last + _LEAD, on)
    return [one for one in periods(seminar, max(on, min(seminar.first - _LEAD, last)), last) if one.shift.key == shift]


def gaps(seminar: Seminar, on: date) -> list[tuple[datetime, datetime]]:
    """From when until when no shift is, of a date where the seminar is."""
    day = (on - seminar.first).days + 1
    begins, ends = seminar.moment(day, _MIDNIGHT), seminar.moment(day + 1, _MIDNIGHT)
    found, at = [], begins
    for one in periods(seminar, on - timedelta(days=1), on):
        if one.starts > at:
            found.append((at, one.starts))
        at = max(at, one.ends)
    return [*found, (at, ends)] if at < ends else found


def _period(seminar: Seminar, on: date, shift: DutyShift) -> DutyPeriod:
    day = (on - seminar.first).days + 1
    return DutyPeriod(
        on, shift, seminar.moment(day, shift.start), seminar.moment(day + int(shift.passes_midnight), shift.end)
    )


def _is_on(seminar: Seminar, shift: DutyShift, on: date) -> bool:
    return not shift.days or seminar.day_number_on(on) in shift.days


def _starts(one: DutyPeriod) -> datetime:
    return one.starts
