"""Check-ins and who is missing: the first time and the last mood are kept, and the roll-ups agree with the rows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.access import Role
from bot.programme.checkin import Slot, window
from bot.store import absence as absence_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import checkin as checkin_store
from bot.store import excuse as excuse_store
from bot.store import me as me_store
from bot.store import person
from bot.store import progress as progress_store
from bot.store import stats as stats_store
from bot.store.broadcast_audience import Audience, Silence
from bot.store.excuse import ExcuseReason
from tests.connections import connect
from tests.store.checkins import (
    EVENING,
    EVENING_NOW,
    LATER,
    MORNING,
    MORNING_NOW,
    member,
    names,
    numbers,
    roll,
)
from tests.views.samples import SEMINAR, at


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(connect()) as connection:
        yield connection


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
    listed = roll(db)
    assert (listed.expected, listed.absent, listed.unreachable, listed.accounted) == (3, 1, 1, 0)
    assert [(one.name, one.reachable) for one in listed.people] == [("Silent", True), ("Blocked", False)]


def test_marking_twice_names_who_was_first_and_counts_once(db: sqlite3.Connection) -> None:
    silent = member(db, 1, "Silent")
    anna, boris = (member(db, n, name, role=Role.ORGANIZER) for n, name in ((2, "Anna"), (3, "Boris")))
    assert absence_store.is_silent(db, MORNING.key, silent.id)
    assert absence_store.account_for(db, MORNING.key, silent.id, by=anna, now=MORNING_NOW) == "Anna"
    assert absence_store.account_for(db, MORNING.key, silent.id, by=boris, now=MORNING_NOW) == "Anna"
    assert not absence_store.is_silent(db, MORNING.key, silent.id)
    listed = roll(db)
    assert (listed.absent, listed.accounted, listed.missing) == (0, 1, 1)
    assert listed.people[0].accounted_by == "Anna"
    me_store.erase(db, anna, 1, MORNING_NOW)
    assert roll(db).people[0].accounted_by == ""


def test_who_answers_needs_no_account_any_more(db: sqlite3.Connection) -> None:
    silent, anna = member(db, 1), member(db, 2, "Anna", role=Role.ORGANIZER)
    absence_store.account_for(db, MORNING.key, silent.id, by=anna, now=MORNING_NOW)
    checkin_store.answer(db, silent.id, MORNING, None, MORNING_NOW)
    assert roll(db).missing == 0
    assert absence_store.account_for(db, MORNING.key, silent.id, by=anna, now=MORNING_NOW) is None
    assert numbers(db).everyone.slot(Slot.MORNING) == stats_store.SlotNumbers(1, 0, 0)


def test_pages_hold_ten_and_a_page_past_the_end_is_the_last(db: sqlite3.Connection) -> None:
    for number in range(1, 25):
        member(db, number)
    assert [len(names(db, MORNING, page)) for page in (0, 1, 2)] == [10, 10, 4]
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
        stats = stats_store.get(db, other.seminar, other.on, agenda_occurrence="", lesson_key=None)
        assert stats.everyone.slot(Slot.MORNING).answered == 0
    assert progress_store.get(db, who.id, SEMINAR).mornings == 1
    assert progress_store.get(db, who.id, postponed).mornings == progress_store.get(db, who.id, following).mornings == 0


def test_nobody_registered_is_one_empty_page(db: sqlite3.Connection) -> None:
    listed = roll(db)
    assert (listed.expected, listed.missing, listed.pages, listed.people) == (0, 0, 1, ())
    assert numbers(db).everyone.mood is None


def test_no_number_of_the_list_reads_all_answers_of_a_check_in(db: sqlite3.Connection) -> None:
    """A hundred thousand people have answered: what is read of the answers is one row for one person."""
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    roll(db)
    db.set_trace_callback(None)
    plans = [[row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in asked]
    steps = [step for plan in plans for step in plan if step.split()[1:2] == ["c"]]
    assert len(steps) == 3
    assert all("person_id=?" in step for step in steps)


def test_how_many_a_message_is_for_is_known_without_reading_anybody(db: sqlite3.Connection) -> None:
    """It is asked in a write, and a page of a hundred thousand people is long in the finding."""
    asked: list[str] = []
    silence = Silence(MORNING.key, MORNING.opens)
    db.set_trace_callback(asked.append)
    broadcast_audience_store.reach(db, Audience("teachers", silence=silence))
    db.set_trace_callback(None)
    assert asked
    assert not any("LIMIT" in sql for sql in asked)


def test_the_excused_are_apart_and_counted_once(db: sqlite3.Connection) -> None:
    """Whoever blocked the bot or is accounted for, too, is excused; who answers, or is not expected, is neither."""
    organizer = member(db, 1, role=Role.ORGANIZER)
    people = [member(db, number) for number in range(2, 8)]
    late = member(db, 8, joined=MORNING_NOW)
    for one in (*people[:4], late):
        excuse_store.add(db, SEMINAR.key, MORNING.on, one.id, ExcuseReason.ILL, by=organizer, now=MORNING_NOW)
    person.set_reachable(db, people[0].telegram_id, reachable=False)
    absence_store.account_for(db, MORNING.key, people[1].id, by=organizer, now=MORNING_NOW)
    checkin_store.answer(db, people[2].id, MORNING, None, MORNING_NOW)
    person.set_reachable(db, people[4].telegram_id, reachable=False)
    called = roll(db)
    assert (called.expected, called.absent, called.unreachable, called.accounted, called.excused) == (6, 1, 1, 0, 3)
    assert names(db) == [people[5].name, people[4].name]
    listed = absence_store.roll_call(db, MORNING.key, MORNING.opens, shown=absence_store.AbsenceList.EXCUSED)
    assert [one.id for one in listed.people] == [one.id for one in people[:4]]
    assert (listed.excused, listed.also_excused) == (3, 1), "whoever has answered is listed, to be taken back"
    assert not absence_store.is_missing(db, MORNING.key, people[3].id)
    assert absence_store.is_missing(db, LATER.key, people[3].id), "an excuse is for one date"


def test_that_a_check_in_was_asked_is_known_when_its_rows_are_pruned(db: sqlite3.Connection) -> None:
    values = "('checkin:2025-08-04:morning', 'checkin.ask', 3, '', '', '[]', 'all', ''"
    db.execute(
        "INSERT INTO fanout (event, kind, priority, due_at, expires_at, roles, audience, created_at, spread)"
        f" VALUES {values}, 2)"
    )
    assert absence_store.was_asked(db, "checkin:2025-08-04:morning")
    assert not absence_store.was_asked(db, "checkin:2025-08-04:evening")
