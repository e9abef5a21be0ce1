"""Who blocks the bot gets nothing more, and their colleagues get what was open; who is back gets it, too."""

import sqlite3

from bot.access import Role
from bot.services import help as help_service
from bot.services import reachability as reachability_service
from bot.store.help import HelpKind
from tests.clocks import START
from tests.services.conftest import Join


def states(db: sqlite3.Connection) -> list[tuple[int, str]]:
    return [tuple(row) for row in db.execute("SELECT person_id, state FROM outbox ORDER BY id")]


def test_an_organizer_who_blocks_the_bot_and_is_back_has_an_open_call_again(db: sqlite3.Connection, join: Join) -> None:
    ann, minji = join("Ann"), join("Minji", Role.ORGANIZER)
    help_service.call_for_help(db, ann, HelpKind.LOST, 5, owners=(), now=START)
    reachability_service.blocked(db, minji, owners=(), now=START)
    assert states(db) == [(minji.id, "cancelled")]
    reachability_service.unblocked(db, minji, owners=(), now=START)
    reachability_service.unblocked(db, minji, owners=(), now=START)
    assert states(db) == [(minji.id, "cancelled"), (minji.id, "due")]


def test_a_chat_that_takes_no_messages_ends_what_waits_for_it(db: sqlite3.Connection, join: Join) -> None:
    ann, minji = join("Ann"), join("Minji", Role.ORGANIZER)
    help_service.call_for_help(db, ann, HelpKind.LOST, 5, owners=(), now=START)
    reachability_service.lost(db, 999, START)
    assert states(db) == [(minji.id, "due")]
    reachability_service.lost(db, minji.telegram_id, START)
    assert states(db) == [(minji.id, "cancelled")]
