"""What attendance sends: one question without a sound when a session begins, and its numbers when it is over."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot import arguments as codec
from bot.access import MEMBERS, Role
from bot.arguments import Moment
from bot.delivery.message_types import MessageType, Rendering
from bot.delivery.planner import FeaturePlanner
from bot.priority import Priority
from bot.programme import attendance
from bot.programme.attendance import SessionOn, Taken
from bot.programme.model import Seminar
from bot.programme.quiet_hours import quiet_hours
from bot.screen import Screen
from bot.store import attendance as attendance_store
from bot.store import excuse as excuse_store
from bot.store import fanout, outbox
from bot.store import mark as mark_store
from bot.store.attendance import AttendanceNumbers
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.store.mark import MarkState
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import attendance as attendance_view
from bot.views import attendance_answer as attendance_answer_view

_NUMBERS_FOR: Final = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class AttendanceAt:
    """Attendance of a session that begins at this moment. The audience "unmarked" reads all of it.

    `groups`: those that it is for, none for all teachers.
    """

    seminar: str
    date: dt.date
    session: str
    subject: str
    start: Moment
    groups: tuple[str, ...]

    @property
    def on(self) -> SessionOn:
        """The session on its date."""
        return SessionOn(self.seminar, self.date, self.session)


@dataclass(frozen=True, slots=True)
class AttendanceOver:
    """Attendance of a session that ends at this moment; the audience "staff" reads `owners`, who are Telegram ids."""

    seminar: str
    date: dt.date
    session: str
    end: Moment
    groups: tuple[str, ...]
    owners: tuple[int, ...]

    @property
    def on(self) -> SessionOn:
        """The session on its date."""
        return SessionOn(self.seminar, self.date, self.session)


def planner(owners: Iterable[int]) -> FeaturePlanner:
    """A planner that asks teachers, and tells organizers and the owners (Telegram ids) who have joined the numbers."""
    told = tuple(sorted(owners))

    def plan(seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
        for one in attendance.around(seminar, now):
            if quiet_hours(seminar, one.starts) is None:
                yield _question(seminar, one)
            yield _numbers(seminar, one, told)

    return plan


def _question(seminar: Seminar, one: Taken) -> Occurrence:
    on = one.on
    return ASK.occurrence(
        AttendanceAt(seminar.key, on.date, on.session, on.subject, one.starts, one.session.groups),
        # Who was asked before it was moved is asked again at its new time.
        key=f"{on.subject}:{one.starts:%H%M}",
        due_at=one.starts,
        expires_at=one.ends,
        roles=frozenset({Role.TEACHER}),
        audience="unmarked",
    )


def _numbers(seminar: Seminar, one: Taken, owners: tuple[int, ...]) -> Occurrence:
    on = one.on
    return OVER.occurrence(
        AttendanceOver(seminar.key, on.date, on.session, one.ends, one.session.groups, owners),
        key=f"{on.subject}:over:{one.ends:%H%M}",
        due_at=one.ends,
        expires_at=one.ends + _NUMBERS_FOR,
        roles=MEMBERS,
        audience="staff",
    )


def questions_to(connection: sqlite3.Connection, someone: Person, now: datetime) -> Iterator[Draft]:
    """The questions that are asked at the moment, to someone who is expected since and has none of them."""
    for one in fanout.under_way(connection, ASK.name, "attendance:", now):
        asked = codec.read(AttendanceAt, one.data)
        key = outbox.again(connection, one.key, someone.id)
        if key is not None and (not asked.groups or someone.group in asked.groups):
            yield ASK.draft(
                asked,
                key=key,
                occurrence=one.key,
                chat_id=someone.telegram_id,
                person_id=someone.id,
                due_at=now,
                expires_at=one.expires_at,
            )


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_is_unmarked(connection: sqlite3.Connection, asked: AttendanceAt, row: Row) -> bool:
    """Whether nobody has said that the reader is there, or excused."""
    if row.person_id is None:
        return False
    mark = mark_store.newest(connection, asked.subject, row.person_id)
    if mark is None:
        return excuse_store.get(connection, asked.seminar, asked.date, row.person_id) is None
    return mark.state is MarkState.ABSENT


def _ask(given: Rendering[AttendanceAt, bool]) -> Screen | None:
    asked = given.arguments
    taken = attendance.taken(given.seminar, asked.on)
    if taken is None or taken.starts != asked.start or not given.context:
        return None
    if not taken.is_open(given.now) or quiet_hours(given.seminar, given.now) is not None:
        return None
    if not taken.is_for(given.recipient.group_key):
        return None
    return attendance_answer_view.question(given.locale, taken)


def _load_numbers(connection: sqlite3.Connection, asked: AttendanceOver, _row: Row) -> AttendanceNumbers:
    return attendance_store.numbers(connection, asked.on, asked.groups)


def _tell(given: Rendering[AttendanceOver, AttendanceNumbers]) -> Screen | None:
    taken = attendance.taken(given.seminar, given.arguments.on)
    if taken is None or taken.ends != given.arguments.end or given.now < taken.ends:
        return None
    return attendance_view.over(given.locale, taken, given.context)


ASK = MessageType(
    "attendance.ask",
    AttendanceAt,
    _load_is_unmarked,
    _ask,
    priority=Priority.CHECKIN,
    title=lambda _: _.plain("Attendance"),
    repeatable=True,
)
OVER = MessageType(
    "attendance.over",
    AttendanceOver,
    _load_numbers,
    _tell,
    priority=Priority.NOTICE,
    title=lambda _: _.plain("Numbers of a session"),
    repeatable=True,
)
MESSAGE_TYPES = (ASK, OVER)
