"""Another bot on the same database: its numbers begin anew, and mean none of what is known."""

import re
import sqlite3
from collections.abc import Iterator

import pytest

from bot.access import Role
from bot.store import bot_account, inbox, person
from bot.store import help as help_store
from bot.store import help_message as help_message_store
from bot.store.help import HelpKind
from bot.store.inbox import Incoming
from bot.store.incoming_message import IncomingMessage
from tests.clocks import START
from tests.connections import connect

# What names a message or an update by the number that Telegram gave it.
NUMBERED = re.compile(r"(^|_)(message_id|card_id|source_id|preview_id|part_of|first_id|last_id|asked_in|update_id)$")


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = connect()
    yield opened
    opened.close()


def arrives(connection: sqlite3.Connection, update_id: int) -> int:
    return inbox.store(connection, [Incoming(update_id, 5, b"{}")], START)


def test_the_same_bot_keeps_its_numbers(connection: sqlite3.Connection) -> None:
    assert not bot_account.serves(connection, 1)
    assert not bot_account.adopt(connection, 1)
    assert bot_account.serves(connection, 1)
    assert arrives(connection, 7) == 1
    assert not bot_account.adopt(connection, 1)
    assert arrives(connection, 7) == 0


def test_a_database_from_before_this_was_noted_belongs_to_the_bot_that_opens_it(connection: sqlite3.Connection) -> None:
    assert arrives(connection, 7) == 1
    assert not bot_account.adopt(connection, 1)
    assert arrives(connection, 7) == 0


def test_updates_of_each_new_bot_are_taken(connection: sqlite3.Connection) -> None:
    for bot_id in (1, 2, 3, 1):
        bot_account.adopt(connection, bot_id)
        assert arrives(connection, 7) == 1
        assert arrives(connection, 8) == 1
        assert arrives(connection, 7) == 0
    assert inbox.waiting(connection) == 8  # what the old bots' people sent is handled still


def test_a_call_and_a_letter_of_a_new_bot_are_not_taken_for_old_ones(connection: sqlite3.Connection) -> None:
    teacher = person.add(connection, 5, username=None, language="en", role=Role.TEACHER, now=START)
    for bot_id in (1, 2, 3):
        bot_account.adopt(connection, bot_id)
        _, new = help_store.save(connection, teacher.id, HelpKind.UNWELL, 40, START)
        assert new
        incoming = IncomingMessage(5, 41, f"words to bot {bot_id}", None, None)
        kept = help_message_store.save(connection, incoming, person_id=teacher.id, author_id=teacher.id, now=START)
        assert kept.words == f"words to bot {bot_id}"


def test_everything_that_names_a_message_is_given_up(connection: sqlite3.Connection) -> None:
    tables = [row["name"] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    numbered = {
        (table, row["name"])
        for table in tables
        for row in connection.execute(f"PRAGMA table_info({table})")
        if NUMBERED.search(row["name"])
    }
    given_up = bot_account._GIVE_UP
    forgotten = {
        (table, column)
        for table, column in numbered
        if f"DELETE FROM {table}" not in given_up
        and not any(f"UPDATE {table} " in step and f"{column} =" in step for step in given_up)
    }
    assert forgotten == set(), "bot.store.bot_account: what becomes of these when the bot changes?"
