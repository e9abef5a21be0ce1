"""What a draft changes that is allowed and probably not meant: two sessions at once, one in the past, one too early."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.programme.differences import Difference, HoursChange
from bot.programme.model import Seminar, Session


@dataclass(frozen=True, slots=True)
class DraftWarnings:
    """`overlaps`: two sessions that some people would have to be at; `past`: over already, though changed to be.

    `early`: begin before the day's morning check-in, or leave before its list, so that nobody knows who is missing.
    """

    overlaps: tuple[tuple[Session, Session], ...] = ()
    past: tuple[Session, ...] = ()
    early: tuple[Session, ...] = ()


def draft_warnings(seminar: Seminar, changes: Iterable[Difference], now: datetime) -> DraftWarnings:
    """What is doubtful of these changes, `seminar` being the one after them."""
    changes = tuple(changes)
    sessions = [(one.before, one.after) for one in changes if not isinstance(one, HoursChange)]
    changed = [(was, now_) for was, now_ in sessions if now_ is not None and not now_.cancelled]
    keys = {one.key for _was, one in changed}
    overlaps: list[tuple[Session, Session]] = []
    for _was, one in changed:
        day = seminar.day(one.day)
        others = [other for other in (day.sessions if day else ()) if other.key != one.key and one.overlaps(other)]
        # Two that are both changed are named once.
        overlaps += [(one, other) for other in others if other.key not in keys or one.key < other.key]
    past = [one for was, one in changed if _is_over(seminar, one, now) and not (was and _is_over(seminar, was, now))]
    days = {one.day for one in changes if isinstance(one, HoursChange)}
    early = [
        one
        for day in seminar.days
        for one in day.sessions
        if (one.day in days or one.key in keys) and _is_early(seminar, one) and not _is_over(seminar, one, now)
    ]
    return DraftWarnings(tuple(overlaps), tuple(past), tuple(early))


def _is_over(seminar: Seminar, one: Session, now: datetime) -> bool:
    return seminar.moment(one.day, one.end) <= now


def _is_early(seminar: Seminar, one: Session) -> bool:
    hours = seminar.hours_of(one.day)
    known = seminar.moment(one.day, hours.morning) + (hours.alert_after if one.departure else timedelta(0))
    return not one.cancelled and seminar.moment(one.day, one.start) < known
