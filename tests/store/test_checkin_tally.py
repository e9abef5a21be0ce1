"""The roll-ups of check-ins agree with the rows, whatever happens."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.access import Role
from bot.clock import to_text
from bot.programme.checkin import Slot, Window
from bot.store import absence as absence_store
from bot.store import checkin as checkin_store
from bot.store import me as me_store
from bot.store import person
from bot.store import stats as stats_store
from bot.store.person import Person
from tests.connections import connect
from tests.store.checkins import (
    EVENING,
    EVENING_NOW,
    LATER,
    MORNING,
    MORNING_NOW,
    member,
    numbers,
    roll,
    the,
)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(connect()) as connection:
        yield connection


_TRUTH = """
SELECT c.seminar, c.date, c.slot, coalesce(p.group_key, '') AS group_key, count(*) AS answered, sum(c.late) AS late,
       coalesce(sum(c.mood = 1), 0) AS mood_1, coalesce(sum(c.mood = 2), 0) AS mood_2,
       coalesce(sum(c.mood = 3), 0) AS mood_3, coalesce(sum(c.mood = 4), 0) AS mood_4,
       coalesce(sum(c.mood = 5), 0) AS mood_5
FROM checkin AS c JOIN person AS p ON p.id = c.person_id
WHERE p.role = 'teacher' AND p.state = 'active'
GROUP BY c.seminar, c.date, c.slot, coalesce(p.group_key, '') ORDER BY 1, 2, 3, 4
"""
_ROLLED = """
SELECT seminar, date, slot, group_key, answered, late, mood_1, mood_2, mood_3, mood_4, mood_5
FROM checkin_tally WHERE answered > 0 ORDER BY 1, 2, 3, 4
"""
_ACCOUNTED_ROLLED = """
SELECT seminar, date, slot, group_key, accounted FROM checkin_tally WHERE accounted <> 0 ORDER BY 1, 2, 3, 4
"""
_ACCOUNTED_TRUTH = """
SELECT a.seminar, a.date, a.slot, coalesce(p.group_key, '') AS group_key, count(*) AS n
FROM accounted AS a JOIN person AS p ON p.id = a.person_id
WHERE p.role = 'teacher' AND p.state = 'active'
  AND NOT EXISTS (SELECT 1 FROM checkin AS c
                   WHERE (c.seminar, c.date, c.slot, c.person_id) = (a.seminar, a.date, a.slot, a.person_id))
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
_PEOPLE_TRUTH = """
SELECT coalesce(group_key, '') AS g, count(*) AS n, sum(reachable) AS r FROM person
WHERE role = 'teacher' AND state = 'active' GROUP BY g ORDER BY g
"""


def rows(db: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.execute(sql)]


def silent(db: sqlite3.Connection, checkin: Window) -> list[str]:
    """The names on the list, by a query that knows no roll-up."""
    sql = """
    SELECT name FROM person AS p WHERE role = 'teacher' AND state = 'active' AND joined_at <= :opens
       AND id NOT IN (SELECT person_id FROM checkin WHERE (seminar, date, slot) = (:seminar, :date, :slot))
     ORDER BY reachable DESC, coalesce(group_key, ''), name
    """
    values = {
        "seminar": checkin.seminar,
        "date": checkin.on.isoformat(),
        "slot": checkin.slot,
        "opens": to_text(checkin.opens),
    }
    return [row["name"] for row in db.execute(sql, values)]


PEOPLE = st.integers(1, 4)
STEPS = st.one_of(
    st.tuples(st.just("here"), PEOPLE, st.sampled_from(["on time", "late", "later"])),
    st.tuples(st.just("mood"), PEOPLE, st.integers(1, 5)),
    st.tuples(st.just("account"), PEOPLE, st.sampled_from(list(Slot))),
    st.tuples(st.just("group"), PEOPLE, st.sampled_from(["a", "b", None])),
    st.tuples(st.just("role"), PEOPLE, st.sampled_from([Role.TEACHER, Role.COORDINATOR])),
    st.tuples(st.just("reachable"), PEOPLE, st.booleans()),
    st.tuples(st.just("erase"), PEOPLE, st.none()),
    st.tuples(st.just("delete"), PEOPLE, st.none()),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(STEPS, max_size=25))
def test_roll_ups_agree_with_the_rows_whatever_happens(steps: list[tuple[str, int, Any]]) -> None:
    with closing(connect()) as db:
        people = {number: member(db, number, group="ab"[number % 2]) for number in range(1, 4)}
        people[4] = member(db, 4, joined=MORNING_NOW)
        organizer = member(db, 9, "Anna", role=Role.ORGANIZER)
        for step, number, value in steps:
            happens(db, step, people[number], value, organizer)
        assert rows(db, _ROLLED) == rows(db, _TRUTH)
        assert rows(db, _ACCOUNTED_ROLLED) == rows(db, _ACCOUNTED_TRUTH)
        for window in (MORNING, EVENING, LATER):
            called, truth = roll(db, window), silent(db, window)
            assert [one.name for one in called.people] == truth
            assert called.missing == len(truth)
        registered = "SELECT group_key, registered, reachable FROM person_tally WHERE registered <> 0 ORDER BY 1"
        assert rows(db, registered) == rows(db, _PEOPLE_TRUTH)


def happens(db: sqlite3.Connection, step: str, who: Person, value: Any, organizer: Person) -> None:
    if person.by_id(db, who.id) is None:
        return
    match step:
        case "here":
            window = LATER if value == "later" else MORNING
            checkin_store.answer(db, who.id, window, None, MORNING.alert if value == "late" else window.opens)
        case "mood":
            checkin_store.answer(db, who.id, EVENING, value, EVENING_NOW)
        case "account":
            absence_store.account_for(db, the(value).key, who.id, by=organizer, now=MORNING_NOW)
        case "group":
            person.set_group(db, who.id, value)
        case "role":
            person.set_role(db, who.id, value)
        case "reachable":
            person.set_reachable(db, who.telegram_id, reachable=value)
        case "erase":
            me_store.erase(db, who, 1, EVENING_NOW)
        case "delete":
            db.execute("DELETE FROM person WHERE id = ?", (who.id,))


def test_a_days_numbers_by_group_and_together(db: sqlite3.Connection) -> None:
    one, two, three = member(db, 1), member(db, 2), member(db, 3, group="b")
    person.set_reachable(db, two.telegram_id, reachable=False)
    checkin_store.answer(db, one.id, MORNING, None, MORNING_NOW)
    checkin_store.answer(db, two.id, MORNING, None, MORNING.alert)
    checkin_store.answer(db, one.id, EVENING, 5, EVENING_NOW)
    checkin_store.answer(db, three.id, EVENING, 2, EVENING_NOW)
    day = numbers(db)
    assert (day.everyone.registered, day.everyone.reachable) == (3, 2)
    assert day.everyone.slot(Slot.MORNING) == stats_store.SlotNumbers(2, 1, 0)
    assert day.everyone.moods == (0, 1, 0, 0, 1)
    assert day.everyone.mood == 3.5
    assert day.groups["a"].mood == 5
    assert day.groups["b"].slot(Slot.MORNING) == stats_store.SlotNumbers()
    assert numbers(db, 2).everyone.mood is None
