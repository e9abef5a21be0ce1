"""What is looked up for each message, and each minute, reads nobody else's rows: else 130,000 people wait for one."""

import sqlite3
from datetime import timedelta

import pytest

from bot.store import help_message as help_message_store
from bot.store import receipt as receipt_store
from bot.store import redelivery as redelivery_store
from bot.store import relay_answer as relay_answer_store
from bot.store import relay_copy as relay_copy_store
from tests.connections import connect
from tests.views.samples import at

NOW = at("2025-08-04 09:00")
BEFORE = NOW - timedelta(days=30)


@pytest.fixture
def asked() -> tuple[sqlite3.Connection, list[str]]:
    connection, queries = connect(), list[str]()
    connection.set_trace_callback(queries.append)
    return connection, queries


def steps(connection: sqlite3.Connection, queries: list[str]) -> list[str]:
    """How SQLite finds the rows of the queries."""
    connection.set_trace_callback(None)
    return [str(row["detail"]) for sql in queries for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]


def test_what_somebody_writes_is_looked_up_by_indexes(asked: tuple[sqlite3.Connection, list[str]]) -> None:
    connection, queries = asked
    help_message_store.prune_undecided(connection, NOW)
    help_message_store.subject_of(connection, 7, 1)
    help_message_store.alert_in(connection, 7, 1)
    relay_answer_store.newest_letter(connection, 7, BEFORE, NOW)
    relay_answer_store.broadcast_in(connection, 7, 7, 1)
    relay_answer_store.comes_first(connection, 7, 1, 3)
    relay_answer_store.gathered(connection, 7)
    relay_answer_store.take_next(connection, 7, 5)
    relay_copy_store.album_waits_until(connection, 7)
    plan = steps(connection, queries)
    assert [step for step in plan if step.startswith("SCAN") and "VIRTUAL TABLE" not in step] == []
    assert [step for step in plan if "outbox_person" in step] == [], "an organizer has tens of thousands of rows"


def test_what_is_missing_is_looked_up_by_what_is_open_or_lost(asked: tuple[sqlite3.Connection, list[str]]) -> None:
    connection, queries = asked
    redelivery_store.missing_alerts(connection, [1, 2], BEFORE, NOW)
    redelivery_store.missing_words(connection, [1, 2], BEFORE, NOW)
    redelivery_store.missing_answers(connection, [1, 2], BEFORE)
    redelivery_store.lost_answers(connection, [1, 2], BEFORE)
    plan = steps(connection, queries)
    assert [step for step in plan if "outbox_person" in step] == []
    scanned = {step for step in plan if step.startswith("SCAN") and "VIRTUAL TABLE" not in step}
    assert scanned <= {"SCAN a USING INDEX alert_open", "SCAN a USING COVERING INDEX alert_open"}


def test_receipts_read_no_call_that_they_are_not_about(asked: tuple[sqlite3.Connection, list[str]]) -> None:
    connection, queries = asked
    receipt_store.outdated(connection)
    plan = steps(connection, queries)
    assert [step for step in plan if step.startswith(("SCAN", "MATERIALIZE")) and step != "SCAN r"] == []
