"""Migrations go forward, whole, in order."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.programme.checkin import CheckinKey, Slot
from bot.store import alert as alert_store
from bot.store import broadcast as broadcast_store
from bot.store import help as help_store
from bot.store import migrations
from bot.store.broadcast_audience import Audience, Silence
from bot.store.broadcast_version import Part

pytestmark = pytest.mark.usefixtures("production_databases")


def test_numbers_have_no_gap_and_names_say_what(tmp_path: Path) -> None:
    del tmp_path
    known = migrations.scripts()
    assert [number for number, _, _ in known] == list(range(1, len(known) + 1))
    assert all(name[4] == "_" and name.endswith(".sql") for _, name, _ in known)


def test_every_table_is_strict() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.migrate(connection)
    tables = connection.execute("PRAGMA table_list").fetchall()
    loose = [row[1] for row in tables if row[2] == "table" and not row[5] and not row[1].startswith("sqlite_")]
    assert loose == []
    connection.close()


def test_a_second_run_does_nothing(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    assert migrations.migrate(connection) == len(migrations.scripts())
    connection.execute("INSERT INTO setting (key, value) VALUES ('a', 'b')")
    assert migrations.migrate(connection) == len(migrations.scripts())
    assert connection.execute("SELECT count(*) FROM setting").fetchone()[0] == 1
    connection.close()


def test_one_that_fails_leaves_the_last_whole_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = [(1, "0001_a.sql", "CREATE TABLE a (x) ;"), (2, "0002_b.sql", "CREATE TABLE b (x); CREATE TABLE a (x);")]
    monkeypatch.setattr(migrations, "scripts", lambda: scripts)
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrations.migrate(connection)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
    assert [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")] == ["a"]
    connection.close()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    connection.execute("PRAGMA user_version = 999")
    with pytest.raises(migrations.NewerDatabaseError, match="999"):
        migrations.migrate(connection)
    connection.close()


def test_headcounts_on_phones_become_live_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    connection, scripts = sqlite3.connect(":memory:", isolation_level=None), migrations.scripts()
    monkeypatch.setattr(migrations, "scripts", lambda: scripts[:24])
    migrations.migrate(connection)
    connection.executescript("""
        INSERT INTO person (telegram_id, name, role, language, state, created_at)
        VALUES (5, 'Minji', 'organizer', 'en', 'active', '2025-08-04T00:00:00Z');
        INSERT INTO headcount (id, seminar, audience, started_by, started_at, ends_at)
        VALUES (7, 'sejong', '[]', 1, '2025-08-04T00:00:00Z', '2025-08-04T03:00:00Z');
        INSERT INTO headcount_card VALUES (5, 12, 1, 7, 'roll', 2, 'abc', 1);
    """)
    monkeypatch.setattr(migrations, "scripts", lambda: scripts)
    migrations.migrate(connection)
    moved = connection.execute("SELECT * FROM live_card").fetchall()
    assert moved == [(5, 12, 1, "headcount", "headcount:7", "roll", 2, "abc", 1)]
    connection.close()


def test_broadcasts_keep_their_people_and_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    connection, scripts = sqlite3.connect(":memory:", isolation_level=None), migrations.scripts()
    connection.row_factory = sqlite3.Row
    before = [one for one in scripts if one[0] < 36]
    monkeypatch.setattr(migrations, "scripts", lambda: before)
    migrations.migrate(connection)
    connection.executescript("""
        PRAGMA foreign_keys = ON;
        INSERT INTO person (telegram_id, name, role, language, state, created_at)
        VALUES (5, 'Minji', 'organizer', 'en', 'active', '2025-08-04T00:00:00Z');
        INSERT INTO broadcast (by_id, chat_id, audience, group_key, text, source_id, state, recipients, blocked,
                               card_id, made_at, confirmed_at, ended_at, preview_id, silence)
        VALUES (1, 5, NULL, '', '', NULL, 'draft', 0, 0, NULL, '2025-08-04T00:00:00.000Z', NULL, NULL, NULL, NULL),
               (1, 5, 'group', 'pamir', '<b>Hi</b>', 11, 'draft', 0, 0, NULL, '2025-08-04T00:00:00.000Z',
                NULL, NULL, 12, NULL),
               (1, 5, 'teachers', '', 'Gone', 14, 'finished', 30, 2, 15, '2025-08-04T00:00:00.000Z',
                '2025-08-04T01:00:00.000Z', '2025-08-04T02:00:00.000Z', NULL,
                '{"seminar":"sejong-2025","date":"2025-08-04","slot":"morning","opens":"2025-08-04T09:00:00+00:00"}');
    """)
    monkeypatch.setattr(migrations, "scripts", lambda: scripts)
    migrations.migrate(connection)
    empty, written, sent = (broadcast_store.get(connection, number) for number in (1, 2, 3))
    assert empty is not None
    assert written is not None
    assert sent is not None
    assert (empty.audience, empty.versions) == (None, ())
    assert written.audience == Audience("group", "pamir")
    [version] = written.versions
    assert (version.language, version.text, version.preview_id) == ("", "<b>Hi</b>", 12)
    assert version.parts == (Part(5, 11),)
    opens = datetime(2025, 8, 4, 9, tzinfo=UTC)
    silence = Silence(CheckinKey("sejong-2025", date(2025, 8, 4), Slot.MORNING), opens)
    assert sent.audience == Audience("teachers", silence=silence)
    assert (sent.state, sent.recipients, sent.blocked, sent.card_id, sent.ended) == ("finished", 30, 2, 15, True)
    assert [one.text for one in sent.versions] == ["Gone"]
    connection.close()


def test_calls_of_before_are_alerts_and_their_cards_are_live(monkeypatch: pytest.MonkeyPatch) -> None:
    connection, scripts = sqlite3.connect(":memory:", isolation_level=None), migrations.scripts()
    connection.row_factory = sqlite3.Row
    monkeypatch.setattr(migrations, "scripts", lambda: [one for one in scripts if one[0] < 43])
    migrations.migrate(connection)
    connection.executescript("""
        PRAGMA foreign_keys = ON;
        INSERT INTO person (telegram_id, name, role, language, state, created_at)
        VALUES (5, 'Minji', 'organizer', 'en', 'active', '2025-08-04T00:00:00.000Z'),
               (6, 'Ann', 'teacher', 'en', 'active', '2025-08-04T00:00:00.000Z');
        INSERT INTO help (id, person_id, kind, asked_in, state, asked_at, taken_by, taken_at, closed_by, closed_at)
        VALUES (3, 2, 'lost', 11, 'open', '2025-08-04T01:00:00.000Z', NULL, NULL, NULL, NULL),
               (5, 2, 'unwell', 12, 'taken', '2025-08-04T01:00:00.000Z', 1, '2025-08-04T01:02:00.000Z', NULL, NULL),
               (8, 2, 'question', 13, 'closed', '2025-08-04T01:00:00.000Z', 1, '2025-08-04T01:02:00.000Z',
                1, '2025-08-04T01:09:00.000Z');
        INSERT INTO help_message (help_id, person_id, author_id, chat_id, message_id, words, written_at)
        VALUES (8, 2, 2, 6, 14, 'Where?', '2025-08-04T01:00:00.000Z');
    """)
    for number, call in enumerate((3, 5, 8)):
        connection.execute(
            "INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, due_at, next_at, expires_at, state,"
            " message_id, created_at) VALUES (?, ?, 'help.alert', 5, 1, 5, '', '', '', 'sent', ?, '')",
            (f"k{call}", f"help:{call}", 20 + number),
        )
    monkeypatch.setattr(migrations, "scripts", lambda: scripts)
    migrations.migrate(connection)
    calls = [help_store.get(connection, number) for number in (3, 5, 8)]
    assert [(one.state, one.taken_by, one.settler_id) for one in calls if one] == [
        ("open", None, None),
        ("taken", "Minji", None),
        ("settled", "Minji", 1),
    ]
    assert [(one.kind, one.id) for one in help_store.active(connection)] == [("lost", 3), ("unwell", 5)]
    assert alert_store.next_due(connection) is None, "nobody counted the minutes"
    [kept] = connection.execute("SELECT first_settled_at FROM alert WHERE state = 'settled'").fetchall()
    assert kept["first_settled_at"] == "2025-08-04T01:09:00.000Z"
    cards = connection.execute("SELECT message_id, subject, hurry FROM live_card ORDER BY message_id").fetchall()
    assert [tuple(one) for one in cards] == [(20, "1", 1), (21, "2", 1)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("DELETE FROM alert WHERE id = 1")
    assert help_store.get(connection, 3) is None
    connection.close()
