"""Attendance: who says that they are there, by a tap or by the code on the screen; the roll call, and corrections."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from bot.messages import attendance as attendance_messages
from bot.messages import attendance_cards as attendance_cards_messages
from bot.people_filter import PeopleFilter
from bot.programme import attendance, attendance_code
from bot.programme.attendance import AttendanceOutcome, SessionOn, Taken
from bot.programme.model import Seminar
from bot.store import attendance as attendance_store
from bot.store import attendance_people, outbox, person
from bot.store import audit as audit_store
from bot.store import live_card as live_card_store
from bot.store import mark as mark_store
from bot.store import scope as scope_store
from bot.store.attendance import Attendance, AttendanceNumbers
from bot.store.excuse import ExcuseReason
from bot.store.invite import seal
from bot.store.mark import MarkMethod, MarkState, PresenceMark
from bot.store.person import Person

_THERE: Final = frozenset({MarkState.PRESENT, MarkState.LATE})
_STILL_MEANT: Final = timedelta(minutes=10)  # after the end: so long a code that is typed is answered as one
_GUESSES_KEPT: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AttendanceAnswer:
    """What became of it, at which session, and the newest mark, where there is one."""

    outcome: AttendanceOutcome
    taken: Taken | None = None
    mark: PresenceMark | None = None
    name: str = ""


class SentCode(NamedTuple):
    """What somebody sent: four `digits`, or the `sealed` token of a link; when, and in which message."""

    digits: str
    sealed: str
    message_id: int
    sent: datetime


class _Match(NamedTuple):
    """A session whose code it was, so many windows ago; None: it was none of its codes."""

    taken: Taken
    off: int | None


_GONE: Final = AttendanceAnswer(AttendanceOutcome.GONE)


# --- a person's own word --------------------------------------------------------------------------------------------


def ask_who_came(connection: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """Somebody joined, came back or changed the group: ask them at each session that runs and has not asked them."""
    someone = person.by_id(connection, person_id)
    if someone is not None and someone.active and someone.reachable and someone.role == "teacher":
        outbox.enqueue(connection, attendance_messages.questions_to(connection, someone, now), now)


def answer(
    connection: sqlite3.Connection, me: Person, seminar: Seminar, on: SessionOn, *, now: datetime
) -> AttendanceAnswer:
    """A teacher says by a tap that they are there. It takes back no organizer's word that they are not."""
    taken = attendance.taken(seminar, on)
    if taken is None:
        return _GONE
    if not taken.is_open(now):
        return AttendanceAnswer(AttendanceOutcome.NOT_YET if now < taken.opens else AttendanceOutcome.OVER, taken)
    if not _includes(taken, me):
        return AttendanceAnswer(AttendanceOutcome.NOT_THEIRS, taken)
    mark = mark_store.newest(connection, on.subject, me.id)
    if mark is not None and mark.state in _THERE:
        return AttendanceAnswer(AttendanceOutcome.ALREADY, taken, mark)
    if mark is not None and mark.state is MarkState.ABSENT:
        return AttendanceAnswer(AttendanceOutcome.CORRECTED, taken, mark)
    return _there(connection, me, taken, MarkMethod.TAP, now)


def send_code(
    connection: sqlite3.Connection, me: Person, seminar: Seminar, code: SentCode, *, now: datetime
) -> AttendanceAnswer | None:
    """A member sends what may be the code of a session; None: it is none, and means something else.

    It is judged by when it was sent. Digits that are no code are counted, and after too many no more are looked at.
    """
    match = _match(connection, me, seminar, code)
    if match is None:
        return None
    taken = match.taken
    if not _includes(taken, me):
        return AttendanceAnswer(AttendanceOutcome.NOT_THEIRS, taken)
    if code.digits and not attendance_store.may_guess(connection, me.id, code.message_id, code.sent):
        return AttendanceAnswer(AttendanceOutcome.TOO_MANY, taken)
    if match.off is None or not attendance_code.is_accepted(match.off):
        attendance_store.forget_guesses(connection, now - _GUESSES_KEPT)
        attendance_store.guessed(connection, me.id, code.message_id, taken.on, off=match.off, now=code.sent)
        outcome = AttendanceOutcome.WRONG if match.off is None else AttendanceOutcome.OLD
        over = code.sent >= taken.ends
        return AttendanceAnswer(AttendanceOutcome.OVER if over else outcome, taken)
    return _by_code(connection, me, taken, code.sent)


def is_code(connection: sqlite3.Connection, seminar: Seminar, sealed: str, now: datetime) -> bool:
    """Whether the seal is that of a link on some session's screen, also of an old one."""
    code = SentCode("", sealed, 0, now)
    return bool(sealed) and any(_off(one, row, code) is not None for one, row in _shown(connection, seminar, now))


def is_code_of_now(connection: sqlite3.Connection, me: Person, seminar: Seminar, code: SentCode) -> bool:
    """Whether it is the code that a session shows when it is sent, or the one before."""
    match = _match(connection, me, seminar, code)
    return match is not None and match.off is not None and attendance_code.is_accepted(match.off)


def _by_code(connection: sqlite3.Connection, me: Person, taken: Taken, sent: datetime) -> AttendanceAnswer:
    """Who sends the code has seen the screen: that says more than a tap, and nothing about when they came."""
    mark = mark_store.newest(connection, taken.on.subject, me.id)
    if mark is None or mark.state not in _THERE:
        return _there(connection, me, taken, MarkMethod.CODE, sent)
    if mark.how is not MarkMethod.TAP:
        return AttendanceAnswer(AttendanceOutcome.ALREADY, taken, mark)
    return _add(connection, taken, me, mark.state, MarkMethod.CODE, by=me, now=sent)


def _there(connection: sqlite3.Connection, me: Person, taken: Taken, how: MarkMethod, at: datetime) -> AttendanceAnswer:
    state = MarkState.LATE if taken.is_late(at) else MarkState.PRESENT
    return _add(connection, taken, me, state, how, by=me, now=at)


def _match(connection: sqlite3.Connection, me: Person, seminar: Seminar, code: SentCode) -> _Match | None:
    """The session whose code it is, or may have been meant to be: the person's own before those of others."""
    shown = [
        (one, row)
        for one, row in _shown(connection, seminar, code.sent)
        if code.sealed or one.opens <= code.sent < one.ends + _STILL_MEANT
    ]
    found = [_Match(one, off) for one, row in shown if (off := _off(one, row, code)) is not None]
    # What is right counts before what was, and a code of four digits may be another session's by chance.
    found.sort(key=lambda match: (not attendance_code.is_accepted(match.off or 0), not _includes(match.taken, me)))
    if found:
        return found[0]
    theirs = [one for one, _ in shown if _includes(one, me) and one.is_open(code.sent)]
    return _Match(theirs[0], None) if code.digits and theirs else None


def _shown(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> Iterator[tuple[Taken, Attendance]]:
    """The sessions around a moment that may have a code on a screen."""
    for one in attendance.around(seminar, now):
        if (row := attendance_store.find(connection, one.on)) is not None:
            yield one, row


def _off(taken: Taken, row: Attendance, code: SentCode) -> int | None:
    """How many windows ago it was the session's code; None: never, as far as anybody looks."""
    current = attendance_code.window(code.sent)
    if code.sealed:
        windows = attendance_code.windows(taken.opens, taken.ends)
        number = _sealed_tokens(row.secret, windows.start, windows.stop).get(code.sealed)
        return None if number is None else current - number
    near = attendance_code.nearest()
    return next((off for off in near if attendance_code.digits(row.secret, current - off) == code.digits), None)


@lru_cache(maxsize=8)
def _sealed_tokens(secret: bytes, first: int, last: int) -> Mapping[str, int]:
    """The window of each token of a session, by its seal; a day has thousands, so they are made once."""
    return {seal(attendance_code.token(secret, number)): number for number in range(first, last)}


# --- organizers -----------------------------------------------------------------------------------------------------


def call(
    connection: sqlite3.Connection,
    me: Person,
    seminar: Seminar,
    number: int,
    person_id: int,
    *,
    here: bool,
    now: datetime,
) -> AttendanceAnswer:
    """Roll call: an organizer says that the person is there, or takes back what a roll call has said."""
    found = _about(connection, seminar, number, person_id)
    if found is None:
        return _GONE
    taken, someone = found
    if now < taken.opens:
        return AttendanceAnswer(AttendanceOutcome.NOT_YET, taken, name=someone.name)
    mark = mark_store.newest(connection, taken.on.subject, someone.id)
    called = mark is not None and mark.how is MarkMethod.ROLL_CALL and mark.state is MarkState.PRESENT
    if (here and mark is not None and mark.state in _THERE) or not (here or called):
        return AttendanceAnswer(AttendanceOutcome.ALREADY, taken, mark, someone.name)
    state, reason = (MarkState.PRESENT, None) if here else _before(connection, taken.on, someone)
    return _add(connection, taken, someone, state, MarkMethod.ROLL_CALL, by=me, reason=reason, now=now)


def _before(connection: sqlite3.Connection, on: SessionOn, someone: Person) -> tuple[MarkState, ExcuseReason | None]:
    """What is true again when a roll call's word is taken back: who was excused is so still."""
    said = attendance_store.of_person(connection, on, someone.id)
    if said is not None and len(said.history) > 1 and said.history[1].state is MarkState.EXCUSED:
        return MarkState.EXCUSED, said.history[1].reason
    if said is not None and len(said.history) == 1 and said.excuse is not None:
        return MarkState.EXCUSED, said.excuse.reason
    return MarkState.ABSENT, None


def correct(
    connection: sqlite3.Connection,
    me: Person,
    seminar: Seminar,
    number: int,
    person_id: int,
    *,
    state: MarkState,
    reason: ExcuseReason | None = None,
    now: datetime,
) -> AttendanceAnswer:
    """An organizer says in which state the person is, whatever was said before: also later, or in advance."""
    found = _about(connection, seminar, number, person_id)
    if found is None:
        return _GONE
    taken, someone = found
    mark = mark_store.newest(connection, taken.on.subject, someone.id)
    if mark is not None and (mark.state, mark.reason) == (state, reason):
        return AttendanceAnswer(AttendanceOutcome.ALREADY, taken, mark, someone.name)
    said = {"state": state, "was": mark.state if mark is not None else None}
    audit_store.record(
        connection,
        "attendance.corrected",
        by_id=me.id,
        now=now,
        person_id=someone.id,
        subject=taken.on.subject,
        details=said,
    )
    return _add(connection, taken, someone, state, MarkMethod.ROLL_CALL, by=me, reason=reason, now=now)


def of_day(
    connection: sqlite3.Connection, seminar: Seminar, on: date, reader_id: int
) -> tuple[PeopleFilter, list[tuple[Taken, AttendanceNumbers]]]:
    """The sessions of a date, each with its numbers, of those whom the reader may be told of; and who these are."""
    taken, scope = attendance.of_day(seminar, on), scope_store.get(connection, reader_id)
    if scope == PeopleFilter():
        return scope, [(one, attendance_store.numbers(connection, one.on, one.session.groups)) for one in taken]
    theirs = [one for one in taken if not scope.groups or any(one.is_for(group or None) for group in scope.groups)]
    return scope, [(one, attendance_people.numbers(connection, one.on, one.session.groups, scope)) for one in theirs]


def _about(
    connection: sqlite3.Connection, seminar: Seminar, number: int, person_id: int
) -> tuple[Taken, Person] | None:
    row, someone = attendance_store.get(connection, number), person.by_id(connection, person_id)
    taken = attendance.taken(seminar, row.on) if row is not None else None
    if taken is None or someone is None or not _includes(taken, someone):
        return None
    return taken, someone


def _add(
    connection: sqlite3.Connection,
    taken: Taken,
    someone: Person,
    state: MarkState,
    how: MarkMethod,
    *,
    by: Person,
    reason: ExcuseReason | None = None,
    now: datetime,
) -> AttendanceAnswer:
    subject = taken.on.subject
    mark_store.add(connection, subject, someone.id, state, how, by_id=by.id, reason=reason, now=now)
    if by.id != someone.id:
        live_card_store.hurry(connection, attendance_cards_messages.CARDS.name, subject)
    mark = mark_store.newest(connection, subject, someone.id)
    return AttendanceAnswer(AttendanceOutcome.DONE, taken, mark, someone.name)


def _includes(taken: Taken, someone: Person) -> bool:
    return someone.active and someone.role == "teacher" and taken.is_for(someone.group)
