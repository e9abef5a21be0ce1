"""The rows of cards: a trigger writes them when an agenda arrives, and no query reads those of everybody."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.access import Role
from bot.priority import Priority
from bot.store import outbox, person
from bot.store import today_card as today_card_store
from bot.store.claims import Completion, claim, complete
from bot.store.outbox import Draft
from tests.connections import connect
from tests.members import activate

NOW = datetime(2025, 8, 4, 0, 0, tzinfo=UTC)
DAY = date(2025, 8, 4)


@pytest.fixture
def db(tmp_path: Path) -> sqlite3.Connection:
    return connect(tmp_path / "cards.db")


def member(db: sqlite3.Connection) -> int:
    someone = person.add(db, 7, username=None, language="en", role=Role.TEACHER, now=NOW)
    activate(db, someone.id, NOW)
    return someone.id


def arrives(db: sqlite3.Connection, person_id: int, key: str, *, message_id: int, data: str) -> None:
    """An agenda of the person is sent and has arrived."""
    later = NOW + timedelta(hours=1)
    draft = Draft(key, key, "agenda", 7, person_id, Priority.AGENDA, NOW, later, data)
    outbox.enqueue(db, [draft], NOW)
    taken = claim(db, 10, NOW, rate_limited=lambda _chat, _priority: 0.0, load_context=lambda _db, _row: None)
    complete(db, [Completion(one.row.id, "sent", message_id=message_id) for one in taken.claims], NOW)


def rows(db: sqlite3.Connection) -> list[tuple[int, str, str]]:
    return [tuple(row) for row in db.execute("SELECT message_id, date, pin FROM today_card ORDER BY message_id")]


def test_the_newest_agenda_is_the_card_and_a_pinned_one_before_it_is_over(db: sqlite3.Connection) -> None:
    ann = member(db)
    arrives(db, ann, "one", message_id=1, data='{"date":"2025-08-03"}')
    assert rows(db) == [(1, "2025-08-03", "wanted")]
    arrives(db, ann, "two", message_id=2, data='{"date":"2025-08-04"}')
    assert rows(db) == [(1, "2025-08-03", "over"), (2, "2025-08-04", "wanted")], "it may be pinned, and not noted yet"
    today_card_store.delete(db, today_card_store.to_end(db, 10, before=None)[0])
    [card] = today_card_store.to_pin(db, 10)
    today_card_store.set_pin(db, card, "pinned")
    arrives(db, ann, "three", message_id=3, data="{}")
    assert rows(db) == [(2, "2025-08-04", "over"), (3, "", "wanted")]
    assert [one.message_id for one in today_card_store.to_end(db, 10, before=None)] == [2]


def test_a_message_is_adopted_once_and_takes_the_place_of_an_earlier_days(db: sqlite3.Connection) -> None:
    ann = member(db)
    arrives(db, ann, "one", message_id=1, data='{"date":"2025-08-03"}')
    today_card_store.set_pin(db, today_card_store.to_pin(db, 10)[0], "pinned")
    for message_id in (2, 3):
        today_card_store.adopt(db, 7, message_id, person_id=ann, on=DAY, shown="x", now=NOW)
    assert rows(db) == [(1, "2025-08-03", "over"), (2, "2025-08-04", "wanted")]


def test_no_query_of_the_cards_goes_through_everybody(db: sqlite3.Connection) -> None:
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    today_card_store.to_pin(db, 10)
    today_card_store.to_end(db, 10, before=DAY)
    today_card_store.page(db, DAY, after=0, limit=10)
    today_card_store.of_accounts(db, DAY, [7])
    today_card_store.is_card(db, 7, 1, DAY)
    today_card_store.has_card(db, 1, DAY)
    today_card_store.has_more_members(db, 10)
    db.set_trace_callback(None)
    plans = [[row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")] for sql in asked]
    steps = [step for plan in plans for step in plan if step.startswith("SCAN")]
    assert [step for step in steps if not step.startswith(("SCAN account", "SCAN (subquery"))] == []
