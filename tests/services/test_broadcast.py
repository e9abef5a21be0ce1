"""A broadcast is sent once, as it was shown, and stopped by its card alone."""

import sqlite3

from bot.access import Role
from bot.services import broadcast as broadcast_service
from bot.store import broadcast as broadcast_store
from bot.store import conversation, fanout
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_audience import Audience
from bot.store.person import Person
from tests.clocks import START
from tests.services.conftest import Join

CHAT, SOURCE, CARD = 55, 11, 12


def draft(db: sqlite3.Connection, by: Person) -> Broadcast:
    """A draft to everybody, with a text."""
    number = broadcast_store.add(db, by.id, CHAT, START).id
    broadcast_service.set_audience(db, number, by.id, Audience("all"), chat_id=CHAT, now=START)
    addressed = broadcast_service.set_text(db, number, by.id, "Hi", source_id=SOURCE, chat_id=CHAT, now=START)
    assert addressed.draft is not None
    return addressed.draft


def send(db: sqlite3.Connection, by: Person, number: int, *, shown: int = SOURCE) -> bool:
    awaits = conversation.get(db, CHAT)
    sent, _ = broadcast_service.send(
        db, number, by.id, shown=shown, card_id=CARD, chat_id=CHAT, awaits=awaits, now=START
    )
    return sent


def scheduled(db: sqlite3.Connection) -> list[str]:
    return [row["event"] for row in db.execute("SELECT event FROM fanout")]


def test_pressing_twice_sends_once_and_the_chat_awaits_nothing_more(db: sqlite3.Connection, join: Join) -> None:
    minji = join("Minji", Role.ORGANIZER)
    number = draft(db, minji).id
    assert [send(db, minji, number), send(db, minji, number)] == [True, False]
    assert scheduled(db) == [f"broadcast:{number}"]
    assert conversation.get(db, CHAT) is None


def test_a_text_that_was_not_shown_is_not_sent(db: sqlite3.Connection, join: Join) -> None:
    minji = join("Minji", Role.ORGANIZER)
    number = draft(db, minji).id
    assert not send(db, minji, number, shown=SOURCE + 1)
    assert scheduled(db) == []


def test_an_audience_of_nobody_is_not_kept(db: sqlite3.Connection, join: Join) -> None:
    minji = join("Minji", Role.ORGANIZER)
    number = broadcast_store.add(db, minji.id, CHAT, START).id
    addressed = broadcast_service.set_audience(db, number, minji.id, Audience("teachers"), chat_id=CHAT, now=START)
    assert addressed.reach.recipients == 0
    assert addressed.draft is not None
    assert addressed.draft.audience is None
    assert conversation.get(db, CHAT) is None


def test_only_its_card_stops_it(db: sqlite3.Connection, join: Join) -> None:
    minji = join("Minji", Role.ORGANIZER)
    number = draft(db, minji).id
    send(db, minji, number)
    fanout.fan_out(db, START, 50)
    untouched = broadcast_service.stop(db, number, minji.id, card_id=CARD + 1, now=START)
    assert untouched is not None
    assert untouched.state is BroadcastState.SENDING
    stopped = broadcast_service.stop(db, number, minji.id, card_id=CARD, now=START)
    assert stopped is not None
    assert stopped.state is BroadcastState.STOPPED
    assert db.execute("SELECT DISTINCT state FROM outbox").fetchall()[0]["state"] == "cancelled"
