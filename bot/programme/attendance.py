"""When attendance of a session is taken, and what a person who comes then is. Pure rules."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from bot.programme.model import Seminar, Session

OPENS_BEFORE: Final = timedelta(minutes=10)
LATE_AFTER: Final = timedelta(minutes=10)  # from the start; who comes then is late


class AttendanceOutcome(StrEnum):
    """What became of what somebody pressed or sent."""

    DONE = "done"
    ALREADY = "already"  # it was so before
    NOT_YET = "not yet"  # the session opens later
    OVER = "over"
    GONE = "gone"  # there is no such session, or it has no attendance (any more), or nobody of that name
    NOT_THEIRS = "not theirs"  # the session is for others
    CORRECTED = "corrected"  # an organizer has said that the person is not there
    OLD = "old"  # a code of another moment
    WRONG = "wrong"  # no code
    TOO_MANY = "too many"  # codes that were none


class SessionOn(NamedTuple):
    """A session on a date: what its attendance is about, wherever it moves to afterwards."""

    seminar: str
    date: date
    session: str

    @property
    def subject(self) -> str:
        """What its marks are about."""
        return f"attendance:{self.seminar}:{self.date.isoformat()}:{self.session}"


class Taken(NamedTuple):
    """A session whose attendance is taken, on its date; `opens`, `starts` and `ends` are moments in UTC."""

    on: SessionOn
    session: Session
    opens: datetime
    starts: datetime
    ends: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether people can say themselves that they are there."""
        return self.opens <= now < self.ends

    def is_late(self, now: datetime) -> bool:
        """Whether who comes now is late."""
        return now >= self.starts + LATE_AFTER

    def is_for(self, group: str | None) -> bool:
        """Whether a teacher of this group is expected: as with a headcount, who is in no group is in none of its."""
        return not self.session.groups or group in self.session.groups


def taken(seminar: Seminar, on: SessionOn) -> Taken | None:
    """That session as it is now; None where it is cancelled, without attendance, or not on that date (any more)."""
    session = seminar.session(on.session) if on.seminar == seminar.key else None
    if session is None or session.cancelled or not session.attendance or seminar.date_of(session.day) != on.date:
        return None
    return _taken(seminar, session)


def groups_of(seminar: Seminar, on: SessionOn) -> tuple[str, ...]:
    """The groups of a session, wherever it is now; none for one that is not in the programme any more."""
    session = seminar.session(on.session)
    return session.groups if session is not None else ()


def of_day(seminar: Seminar, on: date) -> list[Taken]:
    """The sessions of a date whose attendance is taken, in order of their start."""
    number = seminar.day_number_on(on)
    day = seminar.day(number) if number is not None else None
    return [_taken(seminar, one) for one in (day.sessions if day else ()) if one.attendance and not one.cancelled]


def around(seminar: Seminar, now: datetime) -> Iterator[Taken]:
    """Those of yesterday, today and tomorrow: whatever can be open now, or was a while ago."""
    today = seminar.today(now)
    for days in (-1, 0, 1):
        yield from of_day(seminar, today + timedelta(days=days))


def open_now(seminar: Seminar, now: datetime) -> list[Taken]:
    """Those at which people can say now that they are there."""
    return [one for one in around(seminar, now) if one.is_open(now)]


def _taken(seminar: Seminar, session: Session) -> Taken:
    starts = seminar.moment(session.day, session.start)
    ends = seminar.moment(session.day, session.end)
    on = SessionOn(seminar.key, seminar.date_of(session.day), session.key)
    return Taken(on, session, starts - OPENS_BEFORE, starts, ends)
