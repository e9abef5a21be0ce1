"""The numbers of a session with many people."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from bot.programme.attendance import SessionOn
from bot.store import attendance as attendance_store
from tests.connections import connect

ON = SessionOn("sejong-2025", date(2025, 8, 4), "korea-story")


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
