"""The moments that an organizer chooses for a message to many: when it goes, and until when it holds."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.programme.model import Seminar

_OFFERED: Final = 6
_NOON: Final = time(12)
_SOON: Final = timedelta(minutes=10)  # what comes within that is no choice any more
_MOMENT: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: +|T)(\d{1,2}):(\d{2})")


def usual_hours(seminar: Seminar, now: datetime) -> list[datetime]:
    """The next of the hours at which people are used to messages, where the seminar is."""
    hours = sorted({seminar.hours.agenda, seminar.hours.lesson, _NOON, seminar.hours.evening})
    today = seminar.today(now)
    moments = (
        datetime.combine(today + timedelta(days=day), at, seminar.zone).astimezone(UTC)
        for day in range(_OFFERED)
        for at in hours
    )
    return [one for one in moments if one > now + _SOON][:_OFFERED]


def read_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """A moment written as `2025-08-05 09:00`, on the clocks of the zone; None for anything else.

    An hour that the clocks leave out on that day is none.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    try:
        here = datetime(*(int(one) for one in found.groups()), tzinfo=zone)  # type: ignore[misc, arg-type]
        moment = here.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.astimezone(zone).replace(tzinfo=None) == here.replace(tzinfo=None) else None


def valid_until(seminar: Seminar, choice: str, now: datetime) -> datetime | None:
    """The end of `today`, of `tomorrow` or of the seminar (`end`), where it is; None for any other choice."""
    today = seminar.today(now)
    last = {"today": today, "tomorrow": today + timedelta(days=1), "end": max(today, seminar.last)}.get(choice)
    if last is None:
        return None
    return datetime.combine(last + timedelta(days=1), time.min, seminar.zone).astimezone(UTC)
