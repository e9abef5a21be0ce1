"""What a headcount sends: its question to teachers, a buddy's word to whom it is about, the offer to organizers."""

import datetime as dt
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.access import MEMBERS, Role
from bot.delivery.message_types import MessageType, Rendering
from bot.delivery.planner import FeaturePlanner
from bot.priority import Priority
from bot.programme.model import Seminar, Session
from bot.screen import Screen
from bot.store import excuse as excuse_store
from bot.store import headcount as headcount_store
from bot.store import mark as mark_store
from bot.store import person
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.store.headcount import Departing, Headcount
from bot.store.mark import MarkMethod, MarkState, PresenceMark
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import headcount as headcount_view
from bot.views import headcount_answer as headcount_answer_view

_OFFERED_BEFORE: Final = timedelta(minutes=15)
_ASKED_FOR: Final = timedelta(minutes=20)  # a later question would come to people who are long counted otherwise
_REMINDED_FOR: Final = timedelta(minutes=5)
_TOLD_FOR: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class HeadcountOf:
    """The question of this headcount, or its reminder of this number. The audience "uncounted" reads all but that."""

    headcount: int
    groups: tuple[str, ...]
    reminder: int = 0


@dataclass(frozen=True, slots=True)
class BuddyWord:
    """What a buddy has said of the reader in this headcount."""

    headcount: int


@dataclass(frozen=True, slots=True)
class DepartureSession:
    """The departure of this session on this date; `owners` are Telegram ids, which the audience "staff" reads."""

    seminar: str
    date: dt.date
    session: str
    owners: tuple[int, ...]


class _Told(NamedTuple):
    """The headcount, and the newest mark of the reader about it."""

    headcount: Headcount
    mark: PresenceMark


def planner(owners: Iterable[int]) -> FeaturePlanner:
    """A planner that offers organizers, and the owners (Telegram ids) who have joined, to count before a departure."""
    alerted = tuple(sorted(owners))

    def plan(seminar: Seminar, now: datetime) -> Iterable[Occurrence]:
        for session in _departures_around(seminar, now):
            leaves, on = seminar.moment(session.day, session.start), seminar.date_of(session.day)
            yield OFFER.occurrence(
                DepartureSession(seminar.key, on, session.key, alerted),
                # Who was offered it before it was moved is offered it again before its new time.
                key=f"{offer_occurrences(Departing(on, session.key))}{session.start:%H%M}",
                due_at=leaves - _OFFERED_BEFORE,
                expires_at=leaves,
                roles=MEMBERS,
                audience="staff",
            )

    return plan


def offer_occurrences(departing: Departing) -> str:
    """How the keys of all offers before a departure begin; its time follows."""
    return f"headcount-offer:{departing.date.isoformat()}:{departing.session}:"


def question(headcount: Headcount, now: datetime) -> Occurrence:
    """The question to everyone who is expected."""
    return ASK.occurrence(
        HeadcountOf(headcount.id, headcount.groups),
        key=headcount.subject,
        due_at=now,
        roles=frozenset({Role.TEACHER}),
        audience="uncounted",
    )


def reminder(headcount: Headcount, number: int, now: datetime) -> Occurrence:
    """The question once more, to whoever is missing."""
    return ASK.occurrence(
        HeadcountOf(headcount.id, headcount.groups, number),
        key=_reminder_occurrence(headcount, number),
        due_at=now,
        expires_at=now + _REMINDED_FOR,
        roles=frozenset({Role.TEACHER}),
        audience="uncounted",
    )


def question_to(headcount: Headcount, someone: Person, now: datetime) -> Draft:
    """The question to someone who is expected since it began."""
    return ASK.draft(
        HeadcountOf(headcount.id, headcount.groups),
        key=f"{headcount.subject}:person-{someone.id}",
        occurrence=headcount.subject,
        chat_id=someone.telegram_id,
        person_id=someone.id,
        due_at=now,
    )


def occurrences(headcount: Headcount) -> list[str]:
    """What the rows of its question and of its reminders share."""
    numbers = range(1, headcount.pings + 1)
    return [headcount.subject, *(_reminder_occurrence(headcount, number) for number in numbers)]


def word_to(headcount: Headcount, someone: Person, mark: int, now: datetime) -> Draft:
    """A buddy's word (the mark of this number) to whom it is about."""
    return TOLD.draft(
        BuddyWord(headcount.id),
        key=f"{headcount.subject}:mark-{mark}",
        occurrence=f"{headcount.subject}:buddies",
        chat_id=someone.telegram_id,
        person_id=someone.id,
        due_at=now,
    )


def _departures_around(seminar: Seminar, now: datetime) -> Iterable[Session]:
    today = (seminar.today(now) - seminar.starts_on).days + 1
    for number in (today - 1, today, today + 1):
        day = seminar.day(number)
        yield from (one for one in day.sessions if one.departure and not one.cancelled) if day else ()


def _reminder_occurrence(headcount: Headcount, number: int) -> str:
    return f"{headcount.subject}:reminder-{number}"


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_uncounted(connection: sqlite3.Connection, asked: HeadcountOf, row: Row) -> Headcount | None:
    """The headcount, while the reader is expected and missing. Who is excused is asked, and not reminded."""
    headcount = headcount_store.get(connection, asked.headcount)
    reader = person.by_id(connection, row.person_id) if row.person_id is not None else None
    if headcount is None or reader is None or not headcount.includes(reader):
        return None
    on = headcount.counted_on
    if asked.reminder and on is not None and excuse_store.get(connection, headcount.seminar, on, reader.id) is not None:
        return None
    mark = mark_store.newest(connection, headcount.subject, reader.id)
    return None if mark is not None and mark.state is MarkState.PRESENT else headcount


def _ask(given: Rendering[HeadcountOf, Headcount | None]) -> Screen | None:
    headcount, reminds = given.context, given.arguments.reminder > 0
    if headcount is None or not headcount.is_open(given.now):
        return None
    return headcount_answer_view.question(given.locale, given.seminar, headcount, reminder=reminds, now=given.now)


def _load_word(connection: sqlite3.Connection, said: BuddyWord, row: Row) -> _Told | None:
    headcount = headcount_store.get(connection, said.headcount)
    if headcount is None or row.person_id is None:
        return None
    mark = mark_store.newest(connection, headcount.subject, row.person_id)
    return _Told(headcount, mark) if mark is not None and _is_buddys(mark) else None


def _is_buddys(mark: PresenceMark) -> bool:
    return mark.how is MarkMethod.BUDDY and mark.state is MarkState.PRESENT and mark.by != ""


def _tell(given: Rendering[BuddyWord, _Told | None]) -> Screen | None:
    if (told := given.context) is None or not told.headcount.is_open(given.now):
        return None
    return headcount_answer_view.told_of(given.locale, given.seminar, told.headcount, told.mark)


def _load_started(connection: sqlite3.Connection, about: DepartureSession, _row: Row) -> Headcount | None:
    return headcount_store.before(connection, about.seminar, Departing(about.date, about.session))


def _offer(given: Rendering[DepartureSession, Headcount | None]) -> Screen | None:
    about, seminar, started = given.arguments, given.seminar, given.context
    session = seminar.session(about.session)
    if session is None or about.seminar != seminar.key or seminar.date_of(session.day) != about.date:
        return None
    leaves = seminar.moment(session.day, session.start)
    if not session.departure or session.cancelled or (started is not None and started.counts_before(leaves)):
        return None
    is_soon = given.now >= leaves - _OFFERED_BEFORE  # it was not moved to later after this was due
    return headcount_view.offer(given.locale, seminar, session) if is_soon else None


ASK = MessageType(
    "headcount.ask",
    HeadcountOf,
    _load_uncounted,
    _ask,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Headcount"),
    ttl=_ASKED_FOR,
)
TOLD = MessageType(
    "headcount.told",
    BuddyWord,
    _load_word,
    _tell,
    priority=Priority.ALERT,
    title=lambda _: _.plain("A buddy's word"),
    ttl=_TOLD_FOR,
)
OFFER = MessageType(
    "headcount.offer",
    DepartureSession,
    _load_started,
    _offer,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Headcount before a departure"),
)
MESSAGE_TYPES = (ASK, TOLD, OFFER)
