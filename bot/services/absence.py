"""Absence: what organizers say of who has not answered. Every organizer's card shows it a moment later."""

import sqlite3
from datetime import date, datetime
from typing import NamedTuple

from bot.access import Role
from bot.programme.checkin import Window
from bot.programme.model import Seminar
from bot.store import absence as absence_store
from bot.store import audit as audit_store
from bot.store import checkin as checkin_store
from bot.store import excuse as excuse_store
from bot.store import person
from bot.store.excuse import Excuse, ExcuseReason
from bot.store.person import Person


class Excused(NamedTuple):
    """Whom somebody wanted to excuse, by name.

    `excuse` is the one that stands: maybe an earlier one; None when the person has `answered`, or is no teacher any
    more.
    """

    name: str
    excuse: Excuse | None
    answered: bool = False


class Accounted(NamedTuple):
    """Whom someone knows about, by name; `by` is who knew first, None when the person has answered already.

    The name is empty when that is no teacher any more.
    """

    name: str
    by: str | None


def account_for(
    connection: sqlite3.Connection, me: Person, window: Window, person_id: int, *, now: datetime
) -> Accounted:
    """Mark the person as accounted for by `me`: neither nudged nor counted as absent any more."""
    absentee = person.by_id(connection, person_id)
    was_silent = absence_store.is_silent(connection, window.key, person_id)
    by = absence_store.account_for(connection, window.key, person_id, by=me, now=now)
    if was_silent and by is not None:
        audit_store.record(
            connection, "absence.accounted", by_id=me.id, now=now, person_id=person_id, subject=_subject(window)
        )
    is_teacher = absentee is not None and absentee.active and absentee.role is Role.TEACHER
    return Accounted(absentee.name if absentee is not None and is_teacher else "", by)


def end_accounted(
    connection: sqlite3.Connection, me: Person, window: Window, person_id: int, *, now: datetime
) -> tuple[str, bool]:
    """The person is not accounted for any more; return the name, and whether this call did it."""
    absentee = person.by_id(connection, person_id)
    ended = _end_accounted(connection, me, window, person_id, now)
    return (absentee.name if absentee else ""), ended


def excuse(
    connection: sqlite3.Connection, me: Person, window: Window, person_id: int, reason: ExcuseReason, *, now: datetime
) -> Excused:
    """Excuse a teacher who has not answered a check-in for its date.

    Who has answered meanwhile is with the others: excused by a press that came too late, a headcount would not miss
    them.
    """
    key = window.key
    stands = excuse_store.get(connection, key.seminar, key.on, person_id)
    if stands is None and checkin_store.get(connection, person_id, key) is not None:
        someone = person.by_id(connection, person_id)
        return Excused(someone.name if someone else "", None, answered=True)
    return excuse_for(connection, me, key.seminar, key.on, person_id, reason=reason, now=now)


def excuse_unwell(
    connection: sqlite3.Connection, me: Person, seminar: Seminar, on: date, person_id: int, *, now: datetime
) -> Excused:
    """Excuse a teacher who has called for help, whether or not they had answered before."""
    return excuse_for(connection, me, seminar.key, on, person_id, reason=ExcuseReason.ILL, now=now)


def excuse_for(
    connection: sqlite3.Connection,
    me: Person,
    seminar: str,
    on: date,
    person_id: int,
    *,
    reason: ExcuseReason,
    now: datetime,
) -> Excused:
    """Excuse a teacher for a date, whatever they have answered; an earlier excuse stands."""
    if excuse_store.add(connection, seminar, on, person_id, reason, by=me, now=now):
        details = {"reason": reason}
        audit_store.record(
            connection,
            "excuse.given",
            by_id=me.id,
            now=now,
            person_id=person_id,
            subject=on.isoformat(),
            details=details,
        )
    return _excused(connection, seminar, on, person_id)


def end_excuse_for(
    connection: sqlite3.Connection, me: Person, seminar: str, on: date, person_id: int, *, now: datetime
) -> bool:
    """The person is not excused for that date any more; return whether this call did it."""
    ended = excuse_store.end(connection, seminar, on, person_id, by=me, now=now)
    if ended:
        audit_store.record(
            connection, "excuse.ended", by_id=me.id, now=now, person_id=person_id, subject=on.isoformat()
        )
    return ended


def end_excuse(
    connection: sqlite3.Connection, me: Person, window: Window, person_id: int, *, now: datetime
) -> tuple[str, bool]:
    """The person is not excused for the date of a check-in any more; return the name, and whether this call did it."""
    someone = person.by_id(connection, person_id)
    ended = end_excuse_for(connection, me, window.key.seminar, window.on, person_id, now=now)
    return (someone.name if someone else ""), ended


def undo(
    connection: sqlite3.Connection, me: Person, window: Window, person_id: int, mark: int, *, now: datetime
) -> str | None:
    """Take back the newest mark if it is this one; return whom it was about, None when another has come since."""
    last = absence_store.last_mark(connection, window.key)
    if last is None or (last.person_id, last.number) != (person_id, mark):
        return None
    if last.is_excuse:
        end_excuse_for(connection, me, window.key.seminar, window.on, person_id, now=now)
    else:
        _end_accounted(connection, me, window, person_id, now)
    return last.name


def _end_accounted(connection: sqlite3.Connection, me: Person, window: Window, person_id: int, now: datetime) -> bool:
    ended = absence_store.undo(connection, window.key, person_id, by=me, now=now)
    if ended:
        subject = _subject(window)
        audit_store.record(
            connection, "absence.accounted_ended", by_id=me.id, now=now, person_id=person_id, subject=subject
        )
    return ended


def _subject(window: Window) -> str:
    return f"{window.slot}:{window.on.isoformat()}"


def _excused(connection: sqlite3.Connection, seminar: str, on: date, person_id: int) -> Excused:
    someone = person.by_id(connection, person_id)
    return Excused(someone.name if someone else "", excuse_store.get(connection, seminar, on, person_id))
