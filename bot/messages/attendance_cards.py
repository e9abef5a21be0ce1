"""How the live cards of attendance are read and rendered: a list of a session, or all that was said of one person.

A card's `list` is an `AttendanceList`, or one of the two about a person, whose `page` is the person's number.
"""

import sqlite3
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Final

from bot.i18n import Locale
from bot.messages.live_cards import CardState, Draw, LiveCardFeature
from bot.programme import attendance
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import attendance as attendance_store
from bot.store import excuse as excuse_store
from bot.store import mark as mark_store
from bot.store.attendance import Attendance, AttendanceList, AttendancePage, PersonAttendance
from bot.views import attendance as attendance_view
from bot.views import attendance_person as attendance_person_view

PERSON: Final = "person"
REASONS: Final = "reasons"
_CHANGES_FOR: Final = timedelta(days=1)  # after the end: so long corrections are shown on cards that are open


def _state(connection: sqlite3.Connection, subject: str, seminar: Seminar, now: datetime) -> CardState | None:
    row = attendance_store.of_subject(connection, subject)
    if row is None:
        return None
    groups = attendance.groups_of(seminar, row.on)
    taken = attendance.taken(seminar, row.on)
    facts = (
        attendance_store.numbers(connection, row.on, groups),
        mark_store.last(connection),
        excuse_store.changes(connection, row.on.seminar, row.on.date),
        attendance_store.codes_off(connection, row.on.subject),
        taken,
    )
    if taken is None:  # cancelled, moved to another date or taken out: its card says so, until it is back
        return CardState(facts, False, _midnight_after(seminar, row.on.date))
    return CardState(facts, taken.is_open(now), taken.ends + _CHANGES_FOR)


def _load(connection: sqlite3.Connection, subject: str, shown_list: str, page: int, seminar: Seminar) -> Draw:
    row = attendance_store.of_subject(connection, subject)
    assert row is not None  # rows are kept
    if shown_list in {PERSON, REASONS}:
        one = attendance_store.of_person(connection, row.on, page)
        if one is not None:
            return partial(_about if shown_list == PERSON else _reasons, row, one)
        shown_list = AttendanceList.MISSING
    groups = attendance.groups_of(seminar, row.on)
    listed = attendance_store.page_of(connection, row.on, groups, AttendanceList(shown_list), page)
    return partial(_list, row, listed)


def _midnight_after(seminar: Seminar, on: date) -> datetime:
    return datetime.combine(on + _CHANGES_FOR, time(), seminar.zone).astimezone(UTC)


def _list(row: Attendance, listed: AttendancePage, locale: Locale, seminar: Seminar, now: datetime) -> Screen:
    return attendance_view.card(locale, seminar, row, attendance.taken(seminar, row.on), listed, now=now)


def _about(row: Attendance, one: PersonAttendance, locale: Locale, seminar: Seminar, _now: datetime) -> Screen:
    return attendance_person_view.about(locale, seminar, row, one)


def _reasons(row: Attendance, one: PersonAttendance, locale: Locale, seminar: Seminar, _now: datetime) -> Screen:
    return attendance_person_view.reasons(locale, seminar, row, one)


CARDS = LiveCardFeature("attendance", _state, _load)
