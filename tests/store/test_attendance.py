"""The numbers of a session with many people."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.programme.attendance import SessionOn
from bot.store import attendance as attendance_store
from tests.connections import connect
from tests.store.checkins import member

ON = SessionOn("sejong-2025", date(2025, 8, 4), "korea-story")
NOW = datetime(2025, 8, 4, 2, 16, tzinfo=UTC)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(connect()) as connection:
        yield connection


def test_the_numbers_of_a_session_are_known_without_reading_everybody(db: sqlite3.Connection) -> None:
    """They are read while a message is claimed, so whoever presses then waits for them."""
    for groups in ((), ("pamir",)):
        asked: list[str] = []
        db.set_trace_callback(asked.append)
        attendance_store.numbers(db, ON, groups)
        db.set_trace_callback(None)
        plans = [[row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in asked]
        people = [step for plan in plans for step in plan if step.split()[1:2] == ["p"]]
        assert people == ["SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"]


def test_whether_a_projectors_clock_is_wrong_is_known_from_the_newest_codes(db: sqlite3.Connection) -> None:
    """An old guess of a hundred thousand people is not read again for each change of a card."""
    people = [member(db, number).id for number in range(3)]
    for number, someone in enumerate(people):
        attendance_store.guessed(db, someone, number, ON, off=number + 2, now=NOW + timedelta(seconds=number))
    assert attendance_store.codes_off(db, ON.subject) == (3, 3)
    for number in range(1000):
        off = None if number < 999 else 7
        attendance_store.guessed(db, people[0], 10 + number, ON, off=off, now=NOW + timedelta(minutes=1))
    assert attendance_store.codes_off(db, ON.subject) == (1, 7)
