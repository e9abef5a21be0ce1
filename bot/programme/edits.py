"""Edits of a programme: what an organizer changes in a draft. Each gives new days, or says why it cannot be."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum

from bot.languages import Localized
from bot.programme.model import Day, Hours, Seminar, Session, SessionKind

_LAST_MINUTE = 24 * 60 - 1
_SHORTEST = 5  # minutes


class Refusal(StrEnum):
    """Why an edit cannot be made."""

    GONE = "gone"  # the session or the day is not in the programme any more
    OUTSIDE_DAY = "outside_day"  # it would begin before midnight or end after it
    TOO_SHORT = "too_short"
    UNKNOWN_PLACE = "unknown_place"
    KEY_TAKEN = "key_taken"
    NO_MEETING_POINT = "no_meeting_point"  # what leaves has to leave from somewhere
    EVENING_FIRST = "evening_first"  # the evening check-in would come before the morning one


class EditError(ValueError):
    """An edit cannot be made; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Moved:
    """So many minutes later (earlier where negative), as long as before."""

    session: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Retimed:
    """From this time to that one, on this day."""

    session: str
    start: time
    end: time
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Lengthened:
    """Ends so many minutes later (earlier where negative)."""

    session: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Placed:
    """At another place; None for none."""

    session: str
    place: str | None


@dataclass(frozen=True, slots=True)
class SpeakerSet:
    """By somebody else; None for nobody in particular."""

    session: str
    speaker: Localized | None


@dataclass(frozen=True, slots=True)
class Noted:
    """With another note; None for none."""

    session: str
    note: Localized | None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Does not happen (it stays visible), or happens again."""

    session: str
    cancelled: bool = True


@dataclass(frozen=True, slots=True)
class AttendanceSet:
    """Who is there is written down, or not any more."""

    session: str
    attendance: bool


@dataclass(frozen=True, slots=True)
class KindSet:
    """Of another kind."""

    session: str
    kind: SessionKind


@dataclass(frozen=True, slots=True)
class DepartureSet:
    """It leaves at its start and waits for nobody, or not any more."""

    session: str
    departure: bool


@dataclass(frozen=True, slots=True)
class Added:
    """One session more."""

    session: Session


@dataclass(frozen=True, slots=True)
class HoursSet:
    """The day's own hours; None for the usual ones."""

    day: int
    hours: Hours | None


Edit = (
    Moved
    | Retimed
    | Lengthened
    | Placed
    | SpeakerSet
    | Noted
    | Cancelled
    | AttendanceSet
    | KindSet
    | DepartureSet
    | Added
    | HoursSet
)


def edited(seminar: Seminar, edit: Edit) -> Seminar:
    """The seminar with this edit. Raises EditError."""
    match edit:
        case Added(session):
            return _add(seminar, session)
        case HoursSet(number, hours):
            if hours is not None and hours.evening <= hours.morning:
                raise EditError(Refusal.EVENING_FIRST)
            return _with_day(seminar, replace(_day(seminar, number), hours=hours))
        case Placed(_, place) if place is not None and place not in seminar.places:
            raise EditError(Refusal.UNKNOWN_PLACE)
    return _replace(seminar, edit.session, lambda session: _changed(session, edit))


def _changed(session: Session, edit: Edit) -> Session:
    match edit:
        case Moved(_, minutes):
            return replace(session, start=_shifted(session.start, minutes), end=_shifted(session.end, minutes))
        case Lengthened(_, minutes):
            return _checked(replace(session, end=_shifted(session.end, minutes)))
        case Retimed(_, start, end, day):
            return _checked(replace(session, start=start, end=end, day=session.day if day is None else day))
        case _:
            return _retold(session, edit)


def _retold(session: Session, edit: Edit) -> Session:
    """The session at the same time, with something else about it."""
    match edit:
        case Placed(_, place):
            after = _met(replace(session, place=place))
        case DepartureSet(_, departure):
            after = _met(replace(session, departure=departure))
        case KindSet(_, kind):
            after = replace(session, kind=kind)
        case SpeakerSet(_, speaker):
            after = replace(session, speaker=speaker)
        case Noted(_, note):
            after = replace(session, note=note)
        case Cancelled(_, cancelled):
            after = replace(session, cancelled=cancelled)
        case AttendanceSet(_, attendance):
            after = replace(session, attendance=attendance)
        case _:
            raise TypeError(f"no edit of a session: {edit!r}")
    return after


def _met(session: Session) -> Session:
    if session.departure and session.place is None:
        raise EditError(Refusal.NO_MEETING_POINT)
    return session


def _shifted(at: time, minutes: int) -> time:
    moved = at.hour * 60 + at.minute + minutes
    if not 0 <= moved <= _LAST_MINUTE:
        raise EditError(Refusal.OUTSIDE_DAY)
    return time(moved // 60, moved % 60)


def _checked(session: Session) -> Session:
    if _minutes(session.end) - _minutes(session.start) < _SHORTEST:
        raise EditError(Refusal.TOO_SHORT)
    return session


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _add(seminar: Seminar, session: Session) -> Seminar:
    if seminar.session(session.key) is not None:
        raise EditError(Refusal.KEY_TAKEN)
    if session.place is not None and session.place not in seminar.places:
        raise EditError(Refusal.UNKNOWN_PLACE)
    day = _day(seminar, session.day)
    return _with_day(seminar, _ordered(day, (*day.sessions, _checked(session))))


def _replace(seminar: Seminar, key: str, change: Callable[[Session], Session]) -> Seminar:
    before = seminar.session(key)
    if before is None:
        raise EditError(Refusal.GONE)
    after = change(before)
    left = _day(seminar, before.day)
    without = tuple(session for session in left.sessions if session.key != key)
    seminar = _with_day(seminar, _ordered(left, without))
    day = _day(seminar, after.day)
    return _with_day(seminar, _ordered(day, (*day.sessions, after)))


def _day(seminar: Seminar, number: int) -> Day:
    day = seminar.day(number)
    if day is None:
        raise EditError(Refusal.GONE)
    return day


def _ordered(day: Day, sessions: tuple[Session, ...]) -> Day:
    return replace(day, sessions=tuple(sorted(sessions, key=lambda session: (session.start, session.end))))


def _with_day(seminar: Seminar, day: Day) -> Seminar:
    days = tuple(day if one.number == day.number else one for one in seminar.days)
    return replace(seminar, days=days)
