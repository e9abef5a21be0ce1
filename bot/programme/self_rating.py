"""When teachers say what they can do, and about what: the aspects that the lessons touch, on the first and last day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.programme.competency import Aspect
from bot.programme.model import Seminar

STEPS: Final = range(1, 6)  # from "not yet" to "I can teach others"
_FIRST_TAKES, _LAST_TAKES, _LATECOMERS_TAKE = timedelta(days=2), timedelta(days=7), timedelta(days=2)
_NOON: Final = time(12)


class Occasion(StrEnum):
    """When people rate themselves. Stored as its value: another occasion needs no other table."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class RatingTime:
    """From when on people are asked, when they are reminded, and until when they can answer and change it.

    `on` is the day of the seminar. Who joined late has longer, but not beyond `latest`: two occasions never overlap.
    """

    occasion: Occasion
    on: date
    opens: datetime
    reminds: datetime
    ends: datetime
    latest: datetime

    def takes(self, now: datetime, joined: datetime) -> bool:
        """Whether somebody who joined at that moment can answer now. Who came late says in two days how they began."""
        return self.opens <= now < self.ends_for(joined)

    def ends_for(self, joined: datetime) -> datetime:
        """Until when somebody can answer who joined at that moment."""
        return min(max(self.ends, joined + _LATECOMERS_TAKE), self.latest)

    def is_late(self, joined: datetime) -> bool:
        """Whether somebody joined too late to tell how they were before the seminar."""
        return self.occasion is Occasion.FIRST and joined >= self.ends


def aspects_of(seminar: Seminar) -> tuple[Aspect, ...]:
    """What people rate themselves in: each aspect that a lesson teaches, in the framework's order."""
    taught = {one.aspect for lesson in seminar.lessons for one in lesson.competencies}
    return tuple(aspect for aspect in Aspect if aspect in taught)


def times_of(seminar: Seminar) -> tuple[RatingTime, ...]:
    """When they do: between the lesson and the evening check-in of the first day, and at noon of the last.

    Empty where the lessons name no competency, and for a single day, which has no before and after.
    """
    if not aspects_of(seminar) or seminar.days_count == 1:
        return ()
    lesson, evening = (seminar.moment(1, at) for at in (seminar.hours_of(1).lesson, seminar.hours_of(1).evening))
    first, last = lesson + (evening - lesson) / 2, seminar.moment(seminar.days_count, _NOON)
    day, ends, over = timedelta(days=1), min(first + _FIRST_TAKES, last), last + _LAST_TAKES
    return (
        RatingTime(Occasion.FIRST, seminar.first, first, min(first + day, ends), ends, latest=last),
        RatingTime(Occasion.LAST, seminar.last, last, last + day, over, latest=over),
    )


def time_of(seminar: Seminar, occasion: str) -> RatingTime | None:
    """That occasion's time, or None where the seminar does not have it (an old button may name any)."""
    return next((one for one in times_of(seminar) if one.occasion == occasion), None)
