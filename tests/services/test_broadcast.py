"""A broadcast is sent once, as it was shown, and stopped by its card alone."""

import sqlite3
from datetime import datetime, timedelta
from typing import Any

from bot.access import Role
from bot.services import broadcast as broadcast_service
from bot.services import broadcast_content as broadcast_content_service
from bot.services.broadcast import DraftText, SendResult
from bot.services.broadcast_content import Content
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_draft as broadcast_draft_store
from bot.store import conversation, fanout, suspension
from bot.store.broadcast import Broadcast, BroadcastState, Options
from bot.store.broadcast_audience import Audience
from bot.store.broadcast_version import ContentKind, Part
from bot.store.person import Person
from tests.clocks import START
from tests.services.conftest import Join

CHAT, SOURCE, CARD = 55, 11, 12


def draft(db: sqlite3.Connection, by: Person, text: str = "Hi", **options: Any) -> Broadcast:
    """A draft to everybody, with a text, whose card is shown."""
    number = broadcast_store.add(db, by.id, CHAT, START).id
    broadcast_service.set_audience(db, number, by.id, Audience("all"), chat_id=CHAT, now=START)
    content = Content(ContentKind.TEXT, text, (Part(CHAT, SOURCE),))
    broadcast_content_service.put(db, DraftText(number), by.id, content, chat_id=CHAT, now=START)
    broadcast_store.set_options(db, number, by.id, Options(**options))
    broadcast_store.set_card(db, number, by.id, CARD)
    made = broadcast_store.own_draft(db, number, by.id)
    assert made is not None
    return made


def send(
    db: sqlite3.Connection,
    by: Person,
    number: int,
    *,
    revision: int = 1,
    card_id: int = CARD,
    again: bool = False,
    now: datetime = START,
) -> SendResult:
    card = broadcast_draft_store.card(db, number, by.id)
    if card is None:
        return SendResult.PAST
    sent = broadcast_service.send(
        db, card, by.id, revision=revision, card_id=card_id, chat_id=CHAT, now=now, again=again
    )
    return sent.result


def scheduled(db: sqlite3.Connection) -> list[str]:
    return [row["event"] for row in db.execute("SELECT event FROM fanout")]


def test_pressing_twice_sends_once_and_the_chat_awaits_nothing_more(db: sqlite3.Connection, join: Join) -> None:
    minji = join("Minji", Role.ORGANIZER)
    number = draft(db, minji).id
    assert [send(db, minji, number), send(db, minji, number)] == [SendResult.SENT, SendResult.PAST]
    assert scheduled(db) == [f"broadcast:{number}"]
    assert conversation.get(db, CHAT) is None


def test_a_text_that_was_not_shown_is_not_sent(db: sqlite3.Connection, join: Join) -> None:
    minji = join("Minji", Role.ORGANIZER)
    number = draft(db, minji).id
    assert send(db, minji, number, revision=2) is SendResult.NEWER
    assert send(db, minji, number, card_id=CARD + 1) is SendResult.NEWER, "it stood under another card"
    assert scheduled(db) == []


def test_nobody_gets_what_nobody_would_read(db: sqlite3.Connection, join: Join) -> None:
    minji = join("Minji", Role.ORGANIZER)
    number = draft(db, minji).id
    broadcast_store.set_audience(db, number, minji.id, Audience("teachers"))
    assert send(db, minji, number) is SendResult.NOBODY


def test_the_same_within_ten_minutes_asks_whoever_sends_it(db: sqlite3.Connection, join: Join) -> None:
    minji, bora = join("Minji", Role.ORGANIZER), join("Bora", Role.ORGANIZER)
    assert send(db, minji, draft(db, minji).id) is SendResult.SENT
    soon, later = START + timedelta(minutes=9), START + timedelta(minutes=10)
    second = draft(db, bora).id
    assert send(db, bora, second, now=soon) is SendResult.SAME
    assert send(db, bora, draft(db, bora, "Ho").id, now=soon) is SendResult.SENT
    assert send(db, bora, second, now=soon, again=True) is SendResult.SENT
    assert send(db, bora, draft(db, bora, "Ho").id, now=later) is SendResult.SAME
    assert send(db, bora, draft(db, bora, "Ho").id, now=later + timedelta(minutes=9)) is SendResult.SENT


def test_what_waits_for_its_hour_can_be_changed_until_then(db: sqlite3.Connection, join: Join) -> None:
    minji, bora = join("Minji", Role.ORGANIZER), join("Bora", Role.ORGANIZER)
    at = START + timedelta(hours=2)
    number = draft(db, minji, due_at=at).id
    assert send(db, minji, number) is SendResult.SCHEDULED
    assert fanout.fan_out(db, at - timedelta(seconds=1), 50) is None
    assert broadcast_service.unschedule(db, number, minji.id, chat_id=CHAT, now=START)
    assert scheduled(db) == []
    assert send(db, minji, number, now=at) is SendResult.TOO_LATE
    assert send(db, minji, number) is SendResult.SCHEDULED
    assert broadcast_store.begin_due(db, at) == 1
    chunk = fanout.fan_out(db, at, 50)
    assert chunk is not None
    assert chunk.made == 2
    assert not broadcast_service.unschedule(db, number, minji.id, chat_id=CHAT, now=at), "it is on its way"
    other = draft(db, minji, due_at=at).id
    assert send(db, minji, other, again=True) is SendResult.SCHEDULED
    broadcast_service.stop(db, other, bora.id, card_id=0, chat_id=CHAT, now=START)
    dropped = broadcast_store.get(db, other)
    assert dropped is not None
    assert dropped.state is BroadcastState.DROPPED, "any organizer may, before its hour"
    assert fanout.fan_out(db, at + timedelta(seconds=1), 50) is None
    recorded = [row["action"] for row in db.execute("SELECT action FROM audit ORDER BY id")]
    assert recorded == [*["broadcast.scheduled"] * 3, "broadcast.dropped"]


def test_only_its_card_stops_it(db: sqlite3.Connection, join: Join) -> None:
    minji = join("Minji", Role.ORGANIZER)
    number = draft(db, minji).id
    send(db, minji, number)
    fanout.fan_out(db, START, 50)
    untouched = broadcast_service.stop(db, number, minji.id, card_id=CARD + 1, chat_id=CHAT, now=START)
    assert untouched is not None
    assert untouched.state is BroadcastState.SENDING
    stopped = broadcast_service.stop(db, number, minji.id, card_id=CARD, chat_id=CHAT, now=START)
    assert stopped is not None
    assert stopped.state is BroadcastState.STOPPED
    while suspension.release(db, now=START, size=10):
        pass
    assert db.execute("SELECT DISTINCT state FROM outbox").fetchall()[0]["state"] == "cancelled"
