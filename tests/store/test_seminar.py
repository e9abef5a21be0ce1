"""What a file holds from the time of days' numbers: it gets the dates that they meant."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from bot.store import migrations
from bot.store import seminar as seminar_store

_AFTER = next(number for number, name, _ in migrations.scripts() if name.endswith("_dates.sql"))
TRIAL, FIRST = date(2025, 7, 28), date(2025, 8, 4)


@pytest.fixture
def old() -> Iterator[sqlite3.Connection]:
    """A database as the version before left it, with an organizer and two teachers."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        for number, _, script in migrations.scripts()[: _AFTER - 1]:
            connection.executescript(f"{script}\nPRAGMA user_version = {number};")
        for number, role in ((1, "organizer"), (2, "teacher"), (3, "teacher")):
            connection.execute(
                "INSERT INTO person (id, telegram_id, language, role, group_key, state, joined_at, created_at)"
                " VALUES (?, ?, 'tg', ?, 'a', 'active', '2025-07-01', '2025-07-01')",
                (number, number, role),
            )
        yield connection


def scheduled(db: sqlite3.Connection, event: str, day: int, at: str, *, done: bool = True) -> None:
    db.execute(
        "INSERT INTO fanout (event, kind, priority, due_at, expires_at, roles, audience, data, created_at, done_at)"
        " VALUES (?, ?, 20, ?, '2025-09-01', '[]', 'all', json_object('day', ?, 'slot', 'morning'), ?, ?)",
        (event, "agenda" if event.startswith("agenda") else "checkin.ask", at, day, at, at if done else None),
    )


def answered(db: sqlite3.Connection, who: int, day: int, at: str, mood: int | None = None) -> None:
    slot = "morning" if mood is None else "evening"
    db.execute("INSERT INTO checkin VALUES (?, ?, ?, 'a', ?, 0, ?, NULL)", (day, slot, who, at, mood))


def rows(db: sqlite3.Connection, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.execute(sql)]


def trial_and_seminar(db: sqlite3.Connection) -> None:
    """A trial week in July, in which one teacher answered; then the days were counted from August."""
    scheduled(db, "agenda:2025-07-28", 1, "2025-07-27T22:00:00.000Z")
    answered(db, 2, 1, "2025-07-27T23:20:00.000Z")
    scheduled(db, "agenda:2025-08-04", 1, "2025-08-03T22:00:00.000Z")
    scheduled(db, "checkin:2025-08-05:morning", 2, "2025-08-04T23:15:00.000Z")
    answered(db, 3, 1, "2025-08-03T23:20:00.000Z")
    answered(db, 3, 1, "2025-08-04T12:00:00.000Z", mood=2)
    db.execute("INSERT INTO accounted VALUES (2, 'morning', 2, 'a', 1, '2025-08-05T00:20:00.000Z')")


def test_a_number_becomes_the_date_that_it_meant_then(old: sqlite3.Connection) -> None:
    trial_and_seminar(old)
    migrations.migrate(old)
    seminar_store.adopt(old, "sejong-2025", FIRST)
    assert rows(old, "SELECT seminar, date, slot, person_id, mood FROM checkin ORDER BY date, slot") == [
        ("sejong-2025", "2025-07-28", "morning", 2, None),
        ("sejong-2025", "2025-08-04", "evening", 3, 2),
        ("sejong-2025", "2025-08-04", "morning", 3, None),
    ]
    assert rows(old, "SELECT seminar, date, person_id FROM accounted") == [("sejong-2025", "2025-08-05", 2)]
    assert rows(old, "SELECT date, slot, answered, accounted, mood_2 FROM checkin_tally ORDER BY date, slot") == [
        ("2025-07-28", "morning", 1, 0, 0),
        ("2025-08-04", "evening", 1, 0, 1),
        ("2025-08-04", "morning", 1, 0, 0),
        ("2025-08-05", "morning", 0, 1, 0),
    ]


def test_what_was_answered_before_anything_was_announced_counts_for_no_day(old: sqlite3.Connection) -> None:
    answered(old, 2, 1, "2025-08-03T23:20:00.000Z")
    scheduled(old, "agenda:2025-08-05", 2, "2025-08-04T22:00:00.000Z")
    migrations.migrate(old)
    assert rows(old, "SELECT date, person_id FROM checkin") == [("day-1", 2)]


def test_lessons_come_along_with_their_counts(old: sqlite3.Connection) -> None:
    old.execute("INSERT INTO lesson_progress VALUES (2, 'passwords', 5, 't', 't', 3, 4)")
    old.execute("INSERT INTO lesson_answer VALUES (2, 'passwords', 'q1', 1, 't')")
    migrations.migrate(old)
    seminar_store.adopt(old, "sejong-2025", FIRST)
    assert rows(old, "SELECT * FROM lesson_total") == [("sejong-2025", "passwords", "a", 1, 1, 3, 4)]
    assert rows(old, "SELECT * FROM lesson_answer") == [(2, "sejong-2025", "passwords", "q1", "2", "t")]
    old.execute("UPDATE person SET group_key = 'b' WHERE id = 2")
    assert rows(old, "SELECT group_key, begun FROM lesson_total WHERE begun > 0") == [("b", 1)]


def test_another_first_day_is_another_seminar_and_begins_with_nothing(old: sqlite3.Connection) -> None:
    trial_and_seminar(old)
    old.execute("INSERT INTO lesson_progress VALUES (2, 'passwords', 5, 't', 't', 3, 4)")
    migrations.migrate(old)
    seminar_store.adopt(old, "busan-2025", date(2025, 9, 1))
    for table in ("checkin", "accounted", "checkin_tally", "lesson_progress", "lesson_total"):
        assert {row[0] for row in rows(old, f"SELECT seminar FROM {table}")} == {""}
    # Nor is it adopted later, when the next seminar happens to begin on that day.
    seminar_store.adopt(old, "sejong-2025", FIRST)
    assert {row[0] for row in rows(old, "SELECT seminar FROM checkin")} == {""}


def test_what_waits_to_be_sent_knows_its_date(old: sqlite3.Connection) -> None:
    trial_and_seminar(old)
    scheduled(old, "checkin:2025-08-06:morning", 3, "2025-08-05T23:15:00.000Z", done=False)
    old.execute(
        "INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, data, due_at, next_at, expires_at,"
        " created_at) VALUES ('mood:2025-08-05:person-3:to-1', 'mood:2025-08-05:person-3', 'checkin.mood', 1, 1, 10,"
        """ '{"day":2,"person":3,"mood":1}', 't', 't', 't', 't')"""
    )
    old.execute(
        "INSERT INTO conversation (chat_id, waits_for, data, since, until) VALUES (3, 'checkin.words',"
        """ '{"day":2}', '2025-08-05T12:00:00.000Z', '2025-08-05T13:00:00.000Z')"""
    )
    migrations.migrate(old)
    seminar_store.adopt(old, "sejong-2025", FIRST)
    about = "json_extract(data, '$.seminar'), json_extract(data, '$.date'), json_extract(data, '$.slot')"
    assert rows(old, f"SELECT {about} FROM outbox") == [("sejong-2025", "2025-08-05", "evening")]
    assert rows(old, f"SELECT {about} FROM fanout WHERE done_at IS NULL") == [("sejong-2025", "2025-08-06", "morning")]
    assert rows(old, "SELECT json_extract(data, '$.date') FROM conversation") == [("2025-08-05",)]


def test_a_new_file_has_nothing_to_adopt() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migrations.migrate(connection)
        assert rows(connection, "SELECT * FROM setting") == []
        seminar_store.adopt(connection, "sejong-2025", FIRST)
