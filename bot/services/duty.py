"""Duty: taking and giving up shifts, agreeing about them, and telling who should know."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from bot.messages import duty as duty_messages
from bot.programme.duty import DutyPeriod, current, period, upcoming
from bot.programme.model import Seminar
from bot.programme.quiet_hours import quiet_hours
from bot.store import audit as audit_store
from bot.store import duty as duty_store
from bot.store import duty_request as duty_request_store
from bot.store import outbox, person
from bot.store.duty_request import DutyRequest, DutyRequestKind
from bot.store.person import Person

_TOLD_BEFORE: Final = timedelta(hours=3)  # that a shift has nobody
_BEFORE_NIGHT: Final = timedelta(minutes=30)


class DutyOutcome(Enum):
    """What became of a press."""

    DONE = auto()
    ASKED = auto()
    ALREADY = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class DutyContext:
    """What every change needs to know: the seminar, the owners whom the settings name, the moment."""

    seminar: Seminar
    owners: Collection[int]
    now: datetime


def take(connection: sqlite3.Connection, me: Person, shifts: Sequence[DutyPeriod], given: DutyContext) -> int:
    """Put who presses on duty in these shifts; return how many are new."""
    return sum(_assign(connection, me.id, one, me, given) for one in shifts if one.ends > given.now)


def release(connection: sqlite3.Connection, me: Person, shifts: Sequence[DutyPeriod], given: DutyContext) -> int:
    """Take who presses off duty in these shifts; return how many that changed. All hear of one that has nobody now."""
    return sum(_dismiss(connection, me.id, one, me, given) for one in shifts if one.ends > given.now)


def ask(
    connection: sqlite3.Connection,
    me: Person,
    kind: DutyRequestKind,
    shift: DutyPeriod,
    colleague_id: int,
    *,
    given: DutyContext,
    other: DutyPeriod | None = None,
    decides: bool = False,
) -> DutyOutcome:
    """Ask a colleague; where who presses `decides` (an owner), it is done at once and they are told."""
    colleague = person.by_id(connection, colleague_id)
    if colleague is None or not _can_be_on_duty(connection, colleague, given) or shift.ends <= given.now:
        return DutyOutcome.GONE
    if kind is not DutyRequestKind.JOIN and not _has(connection, me.id, shift, given):
        return DutyOutcome.GONE
    if _has(connection, colleague.id, shift, given):
        return DutyOutcome.ALREADY
    asked = duty_request_store.add(
        connection, kind, given.seminar.key, shift, asker_id=me.id, asked_id=colleague.id, other=other, now=given.now
    )
    if not decides:
        outbox.enqueue(connection, [duty_messages.request(asked, shift, colleague, given.now)], given.now)
        return DutyOutcome.ASKED
    if not _carry_out(connection, asked, shift, other, by=me, given=given):
        return DutyOutcome.GONE
    duty_request_store.end(connection, asked.id, "agreed")
    _tell_set(connection, shift, me, colleague, given, on=True)
    return DutyOutcome.DONE


def dismiss(connection: sqlite3.Connection, me: Person, shift: DutyPeriod, person_id: int, given: DutyContext) -> bool:
    """An owner takes somebody off duty; they are told. Return whether that is new."""
    turn = _turn_of(connection, person_id, shift, given)
    someone = person.by_id(connection, person_id)
    if turn is None or someone is None or shift.ends <= given.now:
        return False
    _dismiss(connection, person_id, shift, me, given)
    draft = duty_messages.set_by(given.seminar, shift, turn, me, someone, on=False, now=given.now)
    outbox.enqueue(connection, [draft], given.now)
    return True


def answer(
    connection: sqlite3.Connection, me: Person, number: int, given: DutyContext, *, yes: bool
) -> DutyRequest | None:
    """A colleague answers what they were asked; return it as it is now, None where it is not theirs to answer."""
    asked = duty_request_store.get(connection, number)
    if asked is None or asked.asked_id != me.id or asked.seminar != given.seminar.key:
        return None
    if asked.state != "asked":
        return asked
    shift = period(given.seminar, asked.on, asked.shift)
    other = period(given.seminar, asked.other_on, asked.other_shift or "") if asked.other_on else None
    state = "refused"
    if shift is None or shift.ends <= given.now:
        state = "ended"
    elif yes:
        state = "agreed" if _carry_out(connection, asked, shift, other, by=me, given=given) else "ended"
    duty_request_store.end(connection, number, state)
    answered = duty_request_store.get(connection, number)
    asker = person.by_id(connection, asked.asker_id)
    if answered is not None and asker is not None and shift is not None and state != "ended":
        outbox.enqueue(connection, [duty_messages.answer(answered, shift, asker, given.now)], given.now)
    return answered


def drop(
    connection: sqlite3.Connection, someone: Person, *, by_id: int | None, owners: Collection[int], now: datetime
) -> None:
    """Somebody is no organizer any more: they are off duty at once, and the others are told.

    Call it in the transaction in which that happens, before anything of the person is erased.
    """
    duty_request_store.end_all(connection, someone.id)
    lost = duty_store.remove_all(connection, someone.id)
    for one in lost:
        subject = f"{one.on.isoformat()}:{one.shift}"
        audit_store.record(connection, "duty.released", by_id=by_id, now=now, person_id=someone.id, subject=subject)
    ahead = [one for one in lost if one.on >= now.date() - timedelta(days=1)]
    if ahead:
        others = [one for one in person.staff(connection, owners) if one.id != someone.id]
        outbox.enqueue(connection, duty_messages.left(someone.id, ahead, others, now), now)


def tell(connection: sqlite3.Connection, seminar: Seminar, owners: Collection[int], now: datetime) -> int:
    """Tell whoever is on duty that their shift has started, and all where the next has nobody; return how many rows.

    Called periodically: doing it twice adds nothing.
    """
    made = 0
    for one in current(seminar, now):
        turns = duty_store.of(connection, seminar.key, one)
        for turn in turns:
            reader = person.by_id(connection, turn.person_id) if turn.at < one.starts else None
            if reader is not None:
                made += outbox.enqueue(connection, [duty_messages.begins(seminar, one, reader, now)], now)
        if not turns and duty_store.is_scheduled(connection, seminar.key, one):
            people = person.staff(connection, owners)
            drafts = duty_messages.nobody(seminar, one, people, now=now, what="unreachable")
            made += outbox.enqueue(connection, drafts, now)
    for one in upcoming(seminar, now, 1):
        if _told_from(seminar, one) <= now and _breaks_off(connection, seminar, one, now):
            people = person.staff(connection, owners)
            made += outbox.enqueue(connection, duty_messages.nobody(seminar, one, people, now=now, what="before"), now)
    return made


def _told_from(seminar: Seminar, one: DutyPeriod) -> datetime:
    """From when on it is said that a shift has nobody: some hours before, and while people are awake."""
    usual = one.starts - _TOLD_BEFORE
    quiet = quiet_hours(seminar, usual)
    return usual if quiet is None else quiet[0] - _BEFORE_NIGHT


def _breaks_off(connection: sqlite3.Connection, seminar: Seminar, one: DutyPeriod, now: datetime) -> bool:
    """Whether a shift has nobody, while the one before it has somebody: where nobody uses duty nothing is said."""
    if duty_store.of(connection, seminar.key, one):
        return False
    before = [
        other
        for other in (*current(seminar, now), *upcoming(seminar, now, 1))
        if other.starts < one.starts <= other.ends
    ]
    return any(duty_store.of(connection, seminar.key, other) for other in before)


def _carry_out(
    connection: sqlite3.Connection,
    asked: DutyRequest,
    shift: DutyPeriod,
    other: DutyPeriod | None,
    *,
    by: Person,
    given: DutyContext,
) -> bool:
    """Do what was asked and agreed; return False, and change nothing, where it does not fit any more."""
    asker, colleague = asked.asker_id, asked.asked_id
    if asked.kind is DutyRequestKind.JOIN:
        return _assign(connection, colleague, shift, by, given)
    if not _has(connection, asker, shift, given):
        return False
    if asked.kind is DutyRequestKind.GIVE:
        duty_store.remove(connection, given.seminar.key, shift, asker)
        _record(connection, asker, shift, by=by, given=given, on=False)
        _assign(connection, colleague, shift, by, given)
        return True
    if other is None or other.ends <= given.now or not _has(connection, colleague, other, given):
        return False
    if _has(connection, colleague, shift, given) or _has(connection, asker, other, given):
        return False  # they share one by now: swapping would take a turn away
    key, now = given.seminar.key, given.now
    duty_store.remove(connection, key, shift, asker)
    duty_store.remove(connection, key, other, colleague)
    duty_store.add(connection, key, shift, colleague, by_id=by.id, now=now)
    duty_store.add(connection, key, other, asker, by_id=by.id, now=now)
    details: dict[str, str | int | bool | None] = {"with": asker, "date": other.key[0], "shift": other.key[1]}
    audit_store.record(
        connection, "duty.swapped", by_id=by.id, now=now, person_id=colleague, subject=_name(shift), details=details
    )
    return True


def _assign(connection: sqlite3.Connection, person_id: int, shift: DutyPeriod, by: Person, given: DutyContext) -> bool:
    new = duty_store.add(connection, given.seminar.key, shift, person_id, by_id=by.id, now=given.now)
    if new:
        _record(connection, person_id, shift, by=by, given=given, on=True)
    return new


def _dismiss(connection: sqlite3.Connection, person_id: int, shift: DutyPeriod, by: Person, given: DutyContext) -> bool:
    turn = _turn_of(connection, person_id, shift, given)
    if not duty_store.remove(connection, given.seminar.key, shift, person_id):
        return False
    _record(connection, person_id, shift, by=by, given=given, on=False)
    if shift.starts <= given.now + _TOLD_BEFORE and not duty_store.of(connection, given.seminar.key, shift):
        others = [one for one in person.staff(connection, given.owners) if one.id != by.id]
        drafts = duty_messages.nobody(given.seminar, shift, others, now=given.now, what=f"after-{turn or 0}")
        outbox.enqueue(connection, drafts, given.now)
    return True


def _record(
    connection: sqlite3.Connection, person_id: int, shift: DutyPeriod, *, by: Person, given: DutyContext, on: bool
) -> None:
    audit_store.record(
        connection,
        "duty.assigned" if on else "duty.released",
        by_id=by.id,
        now=given.now,
        person_id=person_id,
        subject=_name(shift),
    )


def _tell_set(
    connection: sqlite3.Connection, shift: DutyPeriod, by: Person, someone: Person, given: DutyContext, *, on: bool
) -> None:
    turn = _turn_of(connection, someone.id, shift, given)
    if turn is not None:
        draft = duty_messages.set_by(given.seminar, shift, turn, by, someone, on=on, now=given.now)
        outbox.enqueue(connection, [draft], given.now)


def _turn_of(connection: sqlite3.Connection, person_id: int, shift: DutyPeriod, given: DutyContext) -> int | None:
    turns = duty_store.of(connection, given.seminar.key, shift)
    return next((turn.id for turn in turns if turn.person_id == person_id), None)


def _has(connection: sqlite3.Connection, person_id: int, shift: DutyPeriod, given: DutyContext) -> bool:
    return _turn_of(connection, person_id, shift, given) is not None


def _can_be_on_duty(connection: sqlite3.Connection, someone: Person, given: DutyContext) -> bool:
    return any(one.id == someone.id for one in person.staff(connection, given.owners))


def _name(shift: DutyPeriod) -> str:
    return ":".join(shift.key)
