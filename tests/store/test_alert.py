"""Alerts: what is looked for while the bot writes is found by an index; what is done apart is undone alone."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from bot.escalation import AlertKind
from bot.store import alert as alert_store
from bot.store import alert_list, migrations
from bot.store.database import apart

NOW = datetime(2025, 8, 4, tzinfo=UTC)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.row_factory = sqlite3.Row
        migrations.migrate(made)
        yield made


def plans(connection: sqlite3.Connection, *questions: Callable[[], object]) -> list[str]:
    """How SQLite finds what these ask for."""
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    for one in questions:
        one()
    connection.set_trace_callback(None)
    return [str(row["detail"]) for sql in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]


def test_no_search_for_what_is_due_reads_all_alerts(connection: sqlite3.Connection) -> None:
    db = connection
    one = alert_store.open_alert(db, AlertKind.LOST, "help:1", NOW)
    found = plans(
        db,
        lambda: alert_store.due(db, NOW, 50),
        lambda: alert_store.next_due(db),
        lambda: alert_store.abandoned(db, [7], 50),
        lambda: alert_store.returned(db, 50),
        lambda: alert_store.opened_before(db, one, NOW - timedelta(hours=1), 10),
        lambda: alert_store.active_of(db, 1),
        lambda: alert_store.active_of_kind(db, AlertKind.ABSENT, 50),
        lambda: alert_store.taken_by(db, 1),
        lambda: alert_store.newest_of(db, "help:1"),
        lambda: alert_list.open_alerts(db, 0),
    )
    assert len(found) >= 10
    assert [plan for plan in found if plan.startswith("SCAN alert") and "INDEX alert_open" not in plan] == []


def test_what_is_done_apart_is_undone_alone(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    alert_store.open_alert(connection, AlertKind.LOST, "help:1", NOW)

    def fail() -> None:
        with apart(connection):
            alert_store.open_alert(connection, AlertKind.LOST, "help:2", NOW)
            raise ValueError("odd")

    with pytest.raises(ValueError, match="odd"):
        fail()
    with apart(connection):
        alert_store.open_alert(connection, AlertKind.LOST, "help:3", NOW)
    connection.execute("COMMIT")
    assert [row["subject"] for row in connection.execute("SELECT subject FROM alert")] == ["help:1", "help:3"]
