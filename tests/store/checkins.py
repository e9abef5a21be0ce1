"""People, check-ins and what the store says of them, for the tests of check-ins."""

import sqlite3
from datetime import datetime

from bot.access import Role
from bot.programme.checkin import Slot, Window, window
from bot.store import absence as absence_store
from bot.store import person
from bot.store import stats as stats_store
from bot.store.person import Person
from tests.members import activate
from tests.views.samples import SEMINAR, at

BEFORE = at("2025-08-03 12:00")
MORNING_NOW, EVENING_NOW = at("2025-08-04 08:05"), at("2025-08-04 20:05")


def the(slot: Slot, day: int = 1) -> Window:
    checkin = window(SEMINAR, day, slot)
    assert checkin is not None
    return checkin


MORNING, EVENING, LATER = the(Slot.MORNING), the(Slot.EVENING), the(Slot.MORNING, 3)


def member(
    db: sqlite3.Connection,
    number: int,
    name: str = "",
    *,
    role: Role = Role.TEACHER,
    group: str | None = "a",
    joined: datetime = BEFORE,
) -> Person:
    added = person.add(db, number, username=None, language="tg", role=role, now=joined)
    person.set_name(db, added.id, name or f"Teacher {number:04d}")
    person.set_group(db, added.id, group)
    activate(db, added.id, joined)
    active = person.by_id(db, added.id)
    assert active is not None
    return active


def roll(db: sqlite3.Connection, checkin: Window = MORNING, page: int = 0) -> absence_store.RollCall:
    return absence_store.roll_call(db, checkin.key, checkin.opens, page)


def names(db: sqlite3.Connection, checkin: Window = MORNING, page: int = 0) -> list[str]:
    return [one.name for one in roll(db, checkin, page).people]


def numbers(db: sqlite3.Connection, day: int = 1) -> stats_store.Stats:
    on = SEMINAR.date_of(day)
    return stats_store.get(db, SEMINAR.key, on, agenda_occurrence=f"agenda:{on}", lesson_key="passwords")
