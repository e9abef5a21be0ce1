"""Who is on duty: by shift and date, and only who can be reached and is an organizer still."""

import sqlite3
from dataclasses import replace
from datetime import date, time

from bot.access import Role
from bot.programme import duty as duty_rules
from bot.programme.model import DutyShift
from bot.store import duty as duty_store
from bot.store import person
from tests.connections import connect
from tests.members import activate
from tests.views.samples import SEMINAR, at, text

SHIFTS = replace(
    SEMINAR,
    duty=(DutyShift("day", text("Day"), time(7), time(22)), DutyShift("night", text("Night"), time(22), time(7))),
)
NOW = at("2025-08-04 23:00")


def organizer(connection: sqlite3.Connection, account: int, role: Role = Role.ORGANIZER) -> int:
    added = person.add(connection, account, username=None, language="en", role=role, now=NOW)
    activate(connection, added.id, NOW)
    return added.id


def takes(connection: sqlite3.Connection, person_id: int, on: date, shift: str) -> bool:
    period = duty_rules.period(SHIFTS, on, shift)
    assert period is not None
    return duty_store.add(connection, SHIFTS.key, period, person_id, by_id=person_id, now=NOW)


def test_who_is_on_duty_now_and_next() -> None:
    connection = connect()
    ann, bob, cho = (organizer(connection, account) for account in (11, 12, 13))
    assert duty_store.on_duty(connection, SHIFTS, NOW) == ()
    assert duty_store.next_on_duty(connection, SHIFTS, NOW) == ()
    fourth, fifth = date(2025, 8, 4), date(2025, 8, 5)
    assert takes(connection, ann, fourth, "night")
    assert not takes(connection, ann, fourth, "night")
    takes(connection, bob, fourth, "night")
    takes(connection, ann, fifth, "day")
    takes(connection, cho, fifth, "night")
    assert duty_store.on_duty(connection, SHIFTS, NOW) == (ann, bob)
    assert duty_store.next_on_duty(connection, SHIFTS, NOW) == (cho,)  # Ann has the day, and is on duty now
    assert duty_store.on_duty(connection, SHIFTS, at("2025-08-05 07:00")) == (ann,)

    person.set_reachable(connection, 11, reachable=False)
    assert duty_store.on_duty(connection, SHIFTS, NOW) == (bob,)
    person.set_role(connection, bob, Role.TEACHER)
    assert duty_store.on_duty(connection, SHIFTS, NOW) == ()
    person.set_role(connection, bob, Role.OWNER)
    assert duty_store.on_duty(connection, SHIFTS, NOW) == (bob,)
