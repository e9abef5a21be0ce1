"""The programme as one document: days and sessions as JSON, for versions that are kept in the database.

Read back it gives the same days. A document that another release wrote may lack fields: those have their defaults.
"""

from dataclasses import dataclass, replace
from datetime import time, timedelta
from functools import lru_cache

import orjson
from pydantic import TypeAdapter

from bot.languages import Localized
from bot.programme.markup import utf16_length
from bot.programme.model import Day, Hours, Seminar, Session, SessionKind
from bot.programme.parts import TITLE
from bot.programme.sessions import NOTE, SPEAKER

_Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Session:
    key: str
    start: time
    end: time
    title: _Texts
    kind: SessionKind
    speaker: _Texts | None = None
    place: str | None = None
    groups: tuple[str, ...] = ()
    note: _Texts | None = None
    cancelled: bool = False
    departure: bool = False
    attendance: bool = False


@dataclass(frozen=True, slots=True)
class _Hours:
    agenda: time
    lesson: time
    morning: time
    evening: time
    nudge_after: timedelta
    alert_after: timedelta


@dataclass(frozen=True, slots=True)
class _Day:
    number: int
    sessions: tuple[_Session, ...]
    theme: _Texts | None = None
    hours: _Hours | None = None


# Day by day, as one call of pydantic holds the interpreter until it is done: 25 ms for the longest programme.
_DAY: TypeAdapter[_Day] = TypeAdapter(_Day)


def write(days: tuple[Day, ...]) -> str:
    """The days as JSON; the same days always give the same text."""
    return f"[{','.join(_DAY.dump_json(_from_day(day)).decode() for day in days)}]"


# One piece of work reads the same two or three documents again and again: what runs, a draft, and what it changes.
@lru_cache(maxsize=3)
def read(document: str) -> tuple[Day, ...]:
    """The days of a document. Raises ValueError for what is none."""
    found = orjson.loads(document)
    if not isinstance(found, list):
        raise ValueError("a document is a list of days")
    return tuple(_to_day(_DAY.validate_python(day)) for day in found)


def check(seminar: Seminar, document: str) -> None:
    """Raise ValueError for what is no programme of the seminar: a version is kept for ever, and everybody is sent it.

    A place or group that the folder no longer has is no mistake of who publishes.
    """
    days = read(document)
    if [day.number for day in days] != [day.number for day in seminar.days]:
        raise ValueError(f"a programme of {seminar.key} has {seminar.days_count} days, in their order")
    sessions = [session for day in days for session in day.sessions]
    if len({session.key for session in sessions}) < len(sessions):
        raise ValueError("two sessions have the same key")
    for session in sessions:
        if session.end <= session.start:
            raise ValueError(f"{session.key} ends before it begins")
        _check_text(session.key, session.title, TITLE)
        _check_text(session.key, session.speaker, SPEAKER)
        _check_text(session.key, session.note, NOTE)


def _check_text(key: str, text: Localized | None, limit: int) -> None:
    if text is not None and not (text.texts and all(0 < utf16_length(one) <= limit for one in text.texts.values())):
        raise ValueError(f"a text of {key} is empty, or longer than {limit}")


def as_long_as(seminar: Seminar, document: str) -> str:
    """The document with the days of the seminar: itself, unless its folder has more or fewer days than once."""
    days = read(document)
    if [day.number for day in days] == [day.number for day in seminar.days]:
        return document
    return write(with_read(seminar, days).days)


def with_days(seminar: Seminar, document: str) -> Seminar:
    """The seminar with the days of a document, fitted to what its folder holds today.

    A place or group that the folder no longer has is left out of a session; days beyond its length are left out, too.
    Days that only the folder has are taken from there, but for sessions that the document has on another day.
    """
    return with_read(seminar, read(document))


def with_read(seminar: Seminar, document: tuple[Day, ...]) -> Seminar:
    """The seminar with the days that were read of a document, fitted as `with_days` does."""
    days = tuple(_fitted(seminar, day) for day in document[: seminar.days_count])
    known = {session.key for day in days for session in day.sessions}
    return replace(seminar, days=(*days, *(_without(day, known) for day in seminar.days[len(days) :])))


def _without(day: Day, keys: set[str]) -> Day:
    return replace(day, sessions=tuple(session for session in day.sessions if session.key not in keys))


def _fitted(seminar: Seminar, day: Day) -> Day:
    groups = {group.key for group in seminar.groups}
    sessions = tuple(_fitted_session(seminar, session, groups) for session in day.sessions)
    is_same = all(one is before for one, before in zip(sessions, day.sessions, strict=True))
    return day if is_same else replace(day, sessions=sessions)


def _fitted_session(seminar: Seminar, session: Session, groups: set[str]) -> Session:
    """The session itself where it fits, as nearly all do."""
    place = session.place if session.place in seminar.places else None
    # For nobody of today's groups, not for all of them: people of a group that is gone see everything.
    known = tuple(key for key in session.groups if key in groups) or (session.groups if groups else ())
    if place == session.place and known == session.groups:
        return session
    return replace(session, place=place, groups=known)


def _from_day(day: Day) -> _Day:
    hours = day.hours
    own = None
    if hours is not None:
        own = _Hours(hours.agenda, hours.lesson, hours.morning, hours.evening, hours.nudge_after, hours.alert_after)
    return _Day(day.number, tuple(_from_session(session) for session in day.sessions), _texts(day.theme), own)


def _from_session(session: Session) -> _Session:
    return _Session(
        key=session.key,
        start=session.start,
        end=session.end,
        title=dict(session.title.texts),
        kind=session.kind,
        speaker=_texts(session.speaker),
        place=session.place,
        groups=session.groups,
        note=_texts(session.note),
        cancelled=session.cancelled,
        departure=session.departure,
        attendance=session.attendance,
    )


def _to_day(day: _Day) -> Day:
    own = day.hours
    hours = None
    if own is not None:
        hours = Hours(own.agenda, own.lesson, own.morning, own.evening, own.nudge_after, own.alert_after)
    sessions = tuple(_to_session(session, day.number) for session in day.sessions)
    return Day(day.number, _localized(day.theme), sessions, hours)


def _to_session(session: _Session, day: int) -> Session:
    return Session(
        key=session.key,
        day=day,
        start=session.start,
        end=session.end,
        title=Localized(session.title),
        kind=session.kind,
        speaker=_localized(session.speaker),
        place=session.place,
        groups=session.groups,
        note=_localized(session.note),
        cancelled=session.cancelled,
        departure=session.departure,
        attendance=session.attendance,
    )


def _texts(text: Localized | None) -> _Texts | None:
    return None if text is None else dict(text.texts)


def _localized(texts: _Texts | None) -> Localized | None:
    return None if texts is None else Localized(texts)
