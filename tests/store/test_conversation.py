"""What a chat waits for: one thing, with an end, replaced only by what somebody asked for."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.arguments import NoArguments
from bot.store import conversation, migrations
from bot.store.conversation import Conversation, Prompt

NOW = datetime(2025, 8, 4, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class LetterTo:
    person: int
    name: str | None = None


LETTER, MOOD, QUIZ = Prompt("letter", LetterTo), Prompt("mood", NoArguments), Prompt("quiz", NoArguments)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migrations.migrate(connection)
        yield connection


def waits(db: sqlite3.Connection) -> str | None:
    found = conversation.get(db, 1)
    return found.waits_for if found else None


def test_what_is_listened_for_gives_way_to_what_was_asked_for(db: sqlite3.Connection) -> None:
    assert conversation.listen(db, 1, MOOD, NoArguments(), NOW, until=LATER)
    conversation.expect(db, 1, LETTER, LetterTo(1), NOW, until=LATER)
    assert not conversation.listen(db, 1, MOOD, NoArguments(), NOW, until=LATER)
    assert waits(db) == "letter"
    assert conversation.listen(
        db, 1, MOOD, NoArguments(), LATER, until=LATER + timedelta(hours=1)
    )  # the letter is over
    assert conversation.listen(db, 1, QUIZ, NoArguments(), LATER, until=LATER)
    assert waits(db) == "quiz"


def test_only_what_is_meant_is_ended(db: sqlite3.Connection) -> None:
    conversation.expect(db, 1, LETTER, LetterTo(1, "Ҳамроҳ"), NOW, until=LATER)
    first = conversation.get(db, 1)
    assert first is not None
    assert not first.is_over(LATER - timedelta(seconds=1))
    assert first.is_over(LATER)
    conversation.expect(db, 1, LETTER, LetterTo(2), NOW, until=LATER)
    conversation.end(db, 1, first)
    conversation.lapse(db, 1, first, NOW)
    second = conversation.get(db, 1)
    assert second is not None
    assert LETTER.of(second) == LetterTo(2)
    assert not second.is_over(NOW)
    conversation.lapse(db, 1, second, NOW)
    assert (lapsed := conversation.get(db, 1)) is not None
    assert lapsed.is_over(NOW)
    conversation.end(db, 1, second)
    assert waits(db) is None


def test_what_was_awaited_before_ends_had_been_thought_of_ends_an_hour_after_it_began() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        for number, _, script in migrations.scripts():
            if "RENAME TO conversation" in script:
                values = (1, "help.write", '{"person": 1}', "2025-08-04T00:00:00.000Z")
                connection.execute(
                    "INSERT INTO conversation (chat_id, waits_for, data, since) VALUES (?,?,?,?)", values
                )
            connection.executescript(script)
            assert number
        found = conversation.get(connection, 1)
        assert found is not None
        assert (found.until, found.optional) == (LATER, False)


@pytest.mark.parametrize(
    ("about", "stored"),
    [
        (LetterTo(1), '{"person": 1}'),
        (LetterTo(2, "Ҳамроҳ"), '{"person": 2, "name": "Ҳамроҳ"}'),
    ],
)
def test_what_it_is_about_is_stored_as_it_has_always_been(db: sqlite3.Connection, about: LetterTo, stored: str) -> None:
    conversation.expect(db, 1, LETTER, about, NOW, until=LATER)
    assert db.execute("SELECT data FROM conversation").fetchone()[0] == stored
    assert LETTER.of(conversation.get(db, 1)) == about


@pytest.mark.parametrize(
    ("waits_for", "data"), [("mood", '{"person": 1}'), ("letter", "{}"), ("letter", '{"person": "?"}')]
)
def test_something_else_or_of_another_release_is_not_what_was_asked(waits_for: str, data: str) -> None:
    assert LETTER.of(Conversation(waits_for, data, NOW, LATER)) is None
    assert LETTER.of(None) is None
