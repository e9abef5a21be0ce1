"""Reminders: before each departure, to everyone who is on it, and before sessions, to those who have chosen so.

They are planned for the moment at which the session begins. When it moves, the new moment has a reminder of its own,
and what was planned for the old one is not wanted any more.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.access import MEMBERS
from bot.arguments import Moment
from bot.delivery.message_types import MessageType, Rendering, no_context
from bot.priority import Priority
from bot.programme import reminders
from bot.programme.model import Seminar, Session
from bot.screen import Screen
from bot.store import person
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.views import reminder as reminder_view


@dataclass(frozen=True, slots=True)
class DepartureAt:
    """What leaves at this moment. The audience "session" reads `others`: the groups that it is not for."""

    seminar: str
    session: str
    start: Moment
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionAt(DepartureAt):
    """A session that begins at this moment, for whoever wants to hear of it so many `minutes` before."""

    minutes: int


def plan(seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
    """The reminders of today's sessions, and of tomorrow's: what leaves early is announced the evening before."""
    today = (seminar.today(now) - seminar.first).days + 1
    for number in (today, today + 1):
        day = seminar.day(number)
        for session in day.sessions if day else ():
            if not session.cancelled:
                yield from _of_departure(seminar, session, now) if session.departure else _of(seminar, session)


def _of_departure(seminar: Seminar, session: Session, now: datetime) -> Iterator[Occurrence]:
    when = reminders.before_departure(seminar, session, now)
    if when is not None:
        start = seminar.moment(session.day, session.start)
        yield DEPARTURE.occurrence(
            DepartureAt(seminar.key, session.key, start, _others(seminar, session)),
            key=f"reminder:departure:{session.key}:{_key(start)}",
            due_at=when.due,
            expires_at=when.ends,
            roles=MEMBERS,
            audience="session",
        )


def _of(seminar: Seminar, session: Session) -> Iterator[Occurrence]:
    start = seminar.moment(session.day, session.start)
    for minutes in reminders.CHOICES:
        when = reminders.before_session(seminar, session, minutes)
        if when is not None:
            yield SESSION.occurrence(
                SessionAt(seminar.key, session.key, start, _others(seminar, session), minutes),
                key=f"reminder:{minutes}:{session.key}:{_key(start)}",
                due_at=when.due,
                expires_at=when.ends,
                roles=MEMBERS,
                audience="session.reminded",
            )


def _others(seminar: Seminar, session: Session) -> tuple[str, ...]:
    return tuple(group.key for group in seminar.groups if seminar.has_groups and not session.is_for(group.key))


def _key(start: datetime) -> str:
    return f"{start:%Y-%m-%dT%H:%MZ}"


_Given = Rendering[DepartureAt, None] | Rendering[SessionAt, bool]


# --- rendering ----------------------------------------------------------------------------------------------------


def _session(given: _Given) -> Session | None:
    """The session, where it begins at that moment still, for the reader's group, and has not started."""
    asked, seminar = given.arguments, given.seminar
    session = seminar.session(asked.session) if asked.seminar == seminar.key else None
    if session is None or session.cancelled or not session.is_for(_group(given)):
        return None
    start = seminar.moment(session.day, session.start)
    return session if given.now < start == asked.start else None


def _group(given: _Given) -> str | None:
    group = given.seminar.group(given.recipient.group_key)
    return None if group is None else group.key


def _departure(given: Rendering[DepartureAt, None]) -> Screen | None:
    session = _session(given)
    if session is None or not session.departure:
        return None
    return reminder_view.departure(given.locale, given.seminar, session, group=_group(given), now=given.now)


def _load_is_wanted(connection: sqlite3.Connection, asked: SessionAt, row: Row) -> bool:
    return row.person_id is not None and person.reminder_minutes(connection, row.person_id) == asked.minutes


def _soon(given: Rendering[SessionAt, bool]) -> Screen | None:
    session = _session(given)
    if session is None or session.departure or not given.context:
        return None
    return reminder_view.session(given.locale, given.seminar, session, group=_group(given), now=given.now)


DEPARTURE = MessageType(
    "reminder.departure",
    DepartureAt,
    no_context,
    _departure,
    priority=Priority.REMINDER,
    title=lambda _: _.plain("Departure"),
    at_most_once=True,
    shared=True,
    by_group=True,
    repeatable=True,
)
SESSION = MessageType(
    "reminder.session",
    SessionAt,
    _load_is_wanted,
    _soon,
    priority=Priority.REMINDER,
    title=lambda _: _.plain("Reminder of a session"),
    at_most_once=True,
    repeatable=True,
)
MESSAGE_TYPES = (DEPARTURE, SESSION)
