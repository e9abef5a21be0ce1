"""Check-ins and who is missing: the first time and the last mood are kept, and the roll-ups agree with the rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.access import Role
from bot.clock import to_text
from bot.programme.checkin import Slot, Window, window
from bot.store import absence as absence_store
from bot.store import checkin as checkin_store
from bot.store import me as me_store
from bot.store import person
from bot.store import progress as progress_store
from bot.store import stats as stats_store
from bot.store.person import Person
from tests.connections import connect
from tests.members import activate
from tests.views.samples import SEMINAR, at

BEFORE = at("2025-08-03 12:00")
MORNING_NOW, EVENING_NOW = at("2025-08-04 08:05"), at("2025-08-04 20:05")


def the(slot: Slot, day: int = 1) -> Window:
    found = window(SEMINAR, day, slot)
    assert found is not None
    return found


MORNING, EVENING, LATER = the(Slot.MORNING), the(Slot.EVENING), the(Slot.MORNING, 3)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(connect()) as connection:
        yield connection


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
    found = person.by_id(db, added.id)
    assert found is not None
    return found


def roll(db: sqlite3.Connection, found: Window = MORNING, page: int = 0) -> absence_store.RollCall:
    return absence_store.roll_call(db, found.key, found.opens, page)


def names(db: sqlite3.Connection, found: Window = MORNING, page: int = 0) -> list[str]:
    return [one.name for one in roll(db, found, page).people]


def numbers(db: sqlite3.Connection, day: int = 1) -> stats_store.Stats:
    on = SEMINAR.date_of(day)
    return stats_store.get(db, SEMINAR.key, on, agenda_occurrence=f"agenda:{on}", lesson_key="passwords")


def test_the_first_answer_keeps_its_time_and_the_last_mood_counts(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    kept, first = checkin_store.answer(db, who.id, EVENING, 2, EVENING_NOW)
    assert first
    assert (kept.mood, kept.low, kept.late, kept.answered_at) == (2, True, False, EVENING_NOW)
    again, first = checkin_store.answer(db, who.id, EVENING, 5, EVENING_NOW + timedelta(hours=2))
    assert not first
    assert (again.mood, again.low, again.late, again.answered_at) == (5, False, False, EVENING_NOW)


def test_after_midnight_a_first_answer_is_late_and_a_second_changes_nothing(db: sqlite3.Connection) -> None:
    who, night = member(db, 1), EVENING.closes + timedelta(minutes=20)
    kept, _first = checkin_store.answer(db, who.id, EVENING, 4, night)
    assert kept.late
    again, _first = checkin_store.answer(db, who.id, EVENING, 1, night + timedelta(minutes=1))
    assert again.mood == 4


def test_words_need_an_answer(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    assert checkin_store.set_words(db, who.id, EVENING, "hello") is None
    checkin_store.answer(db, who.id, EVENING, 3, EVENING_NOW)
    kept = checkin_store.set_words(db, who.id, EVENING, "hello")
    assert kept is not None
    assert kept.words == "hello"


def test_missing_are_those_who_had_joined_and_have_not_answered(db: sqlite3.Connection) -> None:
    here = member(db, 1, "Here")
    member(db, 2, "Silent")
    member(db, 3, "Too new", joined=MORNING_NOW)
    member(db, 4, "Organizer", role=Role.ORGANIZER)
    blocked = member(db, 5, "Blocked")
    person.set_reachable(db, blocked.telegram_id, reachable=False)
    checkin_store.answer(db, here.id, MORNING, None, MORNING_NOW)
    found = roll(db)
    assert (found.expected, found.absent, found.unreachable, found.accounted) == (3, 1, 1, 0)
    assert [(one.name, one.reachable) for one in found.people] == [("Silent", True), ("Blocked", False)]


def test_marking_twice_names_who_was_first_and_counts_once(db: sqlite3.Connection) -> None:
    silent = member(db, 1, "Silent")
    anna, boris = (member(db, n, name, role=Role.ORGANIZER) for n, name in ((2, "Anna"), (3, "Boris")))
    assert absence_store.is_silent(db, MORNING.key, silent.id)
    assert absence_store.account_for(db, MORNING.key, silent.id, by=anna, now=MORNING_NOW) == "Anna"
    assert absence_store.account_for(db, MORNING.key, silent.id, by=boris, now=MORNING_NOW) == "Anna"
    assert not absence_store.is_silent(db, MORNING.key, silent.id)
    found = roll(db)
    assert (found.absent, found.accounted, found.listed) == (0, 1, 1)
    assert found.people[0].accounted_by == "Anna"
    me_store.erase(db, anna, 1, MORNING_NOW)
    assert roll(db).people[0].accounted_by == ""


def test_who_answers_needs_no_account_any_more(db: sqlite3.Connection) -> None:
    silent, anna = member(db, 1), member(db, 2, "Anna", role=Role.ORGANIZER)
    absence_store.account_for(db, MORNING.key, silent.id, by=anna, now=MORNING_NOW)
    checkin_store.answer(db, silent.id, MORNING, None, MORNING_NOW)
    assert roll(db).listed == 0
    assert absence_store.account_for(db, MORNING.key, silent.id, by=anna, now=MORNING_NOW) is None
    assert numbers(db).everyone.slot(Slot.MORNING) == stats_store.SlotNumbers(1, 0, 0)


def test_pages_hold_eight_and_a_page_past_the_end_is_the_last(db: sqlite3.Connection) -> None:
    for number in range(1, 21):
        member(db, number)
    assert [len(names(db, MORNING, page)) for page in (0, 1, 2)] == [8, 8, 4]
    assert roll(db, MORNING, 99).page == 2
    assert roll(db, MORNING, -1).page == 0
    assert roll(db).pages == 3
    everyone = [name for page in range(3) for name in names(db, MORNING, page)]
    assert everyone == sorted(set(everyone))


def test_an_answer_belongs_to_its_date_and_its_seminar(db: sqlite3.Connection) -> None:
    who = member(db, 1, "Silent", joined=at("2025-07-01 12:00"))
    postponed = SEMINAR.moved(SEMINAR.first + timedelta(days=7))
    following = replace(SEMINAR, key="next")
    checkin_store.answer(db, who.id, MORNING, None, MORNING_NOW)
    for other in (window(postponed, 1, Slot.MORNING), window(following, 1, Slot.MORNING)):
        assert other is not None
        assert checkin_store.get(db, who.id, other.key) is None
        assert absence_store.is_silent(db, other.key, who.id)
        assert names(db, other) == ["Silent"]
        found = stats_store.get(db, other.seminar, other.on, agenda_occurrence="", lesson_key=None)
        assert found.everyone.slot(Slot.MORNING).answered == 0
    assert progress_store.get(db, who.id, SEMINAR).mornings == 1
    assert progress_store.get(db, who.id, postponed).mornings == progress_store.get(db, who.id, following).mornings == 0


def test_nobody_registered_is_one_empty_page(db: sqlite3.Connection) -> None:
    found = roll(db)
    assert (found.expected, found.listed, found.pages, found.people) == (0, 0, 1, ())
    assert numbers(db).everyone.mood is None


def test_no_number_of_the_list_reads_all_answers_of_a_check_in(db: sqlite3.Connection) -> None:
    """A hundred thousand people have answered: what is read of the answers is one row for one person."""
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    roll(db)
    db.set_trace_callback(None)
    plans = [[row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in asked]
    steps = [step for plan in plans for step in plan if step.split()[1] == "c"]
    assert len(steps) == 2
    assert all("person_id=?" in step for step in steps)


# --- the roll-ups ---------------------------------------------------------------------------------------------------

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


def silent(db: sqlite3.Connection, found: Window) -> list[str]:
    """The names on the list, by a query that knows no roll-up."""
    sql = """
    SELECT name FROM person AS p WHERE role = 'teacher' AND state = 'active' AND joined_at <= :opens
       AND id NOT IN (SELECT person_id FROM checkin WHERE (seminar, date, slot) = (:seminar, :date, :slot))
     ORDER BY reachable DESC, coalesce(group_key, ''), name
    """
    values = {"seminar": found.seminar, "date": found.on.isoformat(), "slot": found.slot, "opens": to_text(found.opens)}
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
        for found in (MORNING, EVENING, LATER):
            called, truth = roll(db, found), silent(db, found)
            assert [one.name for one in called.people] == truth
            assert called.listed == len(truth)
        registered = "SELECT group_key, registered, reachable FROM person_tally WHERE registered <> 0 ORDER BY 1"
        assert rows(db, registered) == rows(db, _PEOPLE_TRUTH)


def happens(db: sqlite3.Connection, step: str, who: Person, value: Any, organizer: Person) -> None:
    if person.by_id(db, who.id) is None:
        return
    match step:
        case "here":
            found = LATER if value == "later" else MORNING
            checkin_store.answer(db, who.id, found, None, MORNING.alert if value == "late" else found.opens)
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
    found = numbers(db)
    assert (found.everyone.registered, found.everyone.reachable) == (3, 2)
    assert found.everyone.slot(Slot.MORNING) == stats_store.SlotNumbers(2, 1, 0)
    assert found.everyone.moods == (0, 1, 0, 0, 1)
    assert found.everyone.mood == 3.5
    assert found.groups["a"].mood == 5
    assert found.groups["b"].slot(Slot.MORNING) == stats_store.SlotNumbers()
    assert numbers(db, 2).everyone.mood is None
