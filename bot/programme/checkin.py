"""When a check-in is open, when it is late, and when it is over. Pure rules, the same for everyone of the seminar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.programme.model import Seminar


class Slot(StrEnum):
    """The two check-ins of a day. Stored and packed into buttons as its value."""

    MORNING = "morning"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class CheckinKey:
    """What is kept of a check-in belongs to this: a day's number alone means another date after a postponed start."""

    seminar: str
    on: date
    slot: Slot


@dataclass(frozen=True, slots=True)
class Window:
    """One check-in of one day, by its moments (aware, UTC).

    It is asked at `opens` and nudged at `nudge`; from `alert` on an answer is late; until `closes` (midnight where the
    seminar is) a mood may be changed; until `ends` a first answer is still taken, so that someone who answers the
    evening after midnight is not turned away.
    """

    seminar: str
    day: int
    on: date
    slot: Slot
    opens: datetime
    nudge: datetime
    alert: datetime
    closes: datetime
    ends: datetime

    @property
    def key(self) -> CheckinKey:
        """By what its answers are kept."""
        return CheckinKey(self.seminar, self.on, self.slot)

    def takes_answer(self, now: datetime, *, again: bool) -> bool:
        """Whether a first answer, or `again` another one in its place, is taken at this moment."""
        return self.opens <= now < (self.closes if again else self.ends)

    def is_late(self, now: datetime) -> bool:
        """Whether an answer at this moment comes after the organizers were told."""
        return now >= self.alert


def window(seminar: Seminar, day: int, slot: Slot) -> Window | None:
    """The check-in of a day, or None where there is none.

    There is none outside the seminar, on a free day (one without sessions), and on the last evening: people are on
    their way home then, and silence would only raise alerts about people in aeroplanes.
    """
    its_day = seminar.day(day)
    if its_day is None or not its_day.sessions:
        return None
    if slot is Slot.EVENING and day == seminar.days_count:
        return None
    hours = seminar.hours_of(day)
    opens = seminar.moment(day, hours.morning if slot is Slot.MORNING else hours.evening)
    closes = seminar.moment(day + 1, time(0))
    grace = seminar.moment(day + 1, seminar.hours_of(day + 1).morning) if slot is Slot.EVENING else closes
    return Window(
        seminar.key,
        day,
        seminar.date_of(day),
        slot,
        opens,
        opens + hours.nudge_after,
        opens + hours.alert_after,
        closes,
        max(closes, grace),
    )


def window_on(seminar: Seminar, on: date, slot: Slot) -> Window | None:
    """The check-in of a date, or None where there is none."""
    number = seminar.day_number_on(on)
    return None if number is None else window(seminar, number, slot)


def window_of(seminar: Seminar, key: CheckinKey) -> Window | None:
    """The check-in that something was kept for, or None for one of another seminar, or of dates that have moved."""
    return window_on(seminar, key.on, key.slot) if key.seminar == seminar.key else None


def windows(seminar: Seminar) -> Iterator[Window]:
    """Every check-in of the seminar, in the order in which they open."""
    for day in seminar.days:
        for slot in Slot:
            if one := window(seminar, day.number, slot):
                yield one


def windows_around(seminar: Seminar, now: datetime) -> Iterator[Window]:
    """The check-ins of yesterday, today and tomorrow where the seminar is."""
    today = (seminar.today(now) - seminar.starts_on).days + 1
    for number in (today - 1, today, today + 1):
        for slot in Slot:
            if one := window(seminar, number, slot):
                yield one


def open_now(seminar: Seminar, now: datetime) -> Window | None:
    """The check-in that can be answered at this moment (the one that opened last), or None."""
    answerable = [one for one in windows_around(seminar, now) if one.opens <= now < one.ends]
    return max(answerable, key=_opens, default=None)


def next_after(seminar: Seminar, now: datetime) -> Window | None:
    """The next check-in that opens after this moment, or None when there is none left."""
    return next((one for one in windows(seminar) if one.opens > now), None)


def last_opened(seminar: Seminar, now: datetime) -> Window | None:
    """The check-in that opened last, however long ago, or None before the first."""
    return max((one for one in windows(seminar) if one.opens <= now), key=_opens, default=None)


def _opens(one: Window) -> datetime:
    return one.opens
