"""A call for help: who hears of it, who may take it, and whose next words belong to it."""

import sqlite3
from datetime import timedelta

from bot.access import Role
from bot.services import alert as alert_service
from bot.services import help as help_service
from bot.services.help import AnswerTo, WordsOf
from bot.store import conversation
from bot.store.help import HelpCall, HelpKind
from bot.store.person import Person
from tests.clocks import START
from tests.services.conftest import Join, kinds


def call(db: sqlite3.Connection, me: Person, kind: HelpKind = HelpKind.LOST, asked_in: int = 5) -> HelpCall:
    return help_service.call_for_help(db, me, kind, asked_in, owners=(), now=START)


def test_the_same_press_twice_is_one_call_and_one_alert(db: sqlite3.Connection, join: Join) -> None:
    ann = join("Ann")
    join("Minji", Role.ORGANIZER)
    assert call(db, ann).id == call(db, ann).id
    assert kinds(db) == ["help.alert"]


def test_what_the_caller_writes_next_is_awaited_until_the_call_is_settled(db: sqlite3.Connection, join: Join) -> None:
    ann, minji = join("Ann"), join("Minji", Role.ORGANIZER)
    made = call(db, ann)
    awaited = conversation.get(db, ann.telegram_id)
    assert awaited is not None
    assert help_service.AWAITS_WORDS.of(awaited) == WordsOf(made.id)
    alert_service.settle(db, minji, made.alert_id, now=START)
    assert conversation.get(db, ann.telegram_id) is None
    assert not help_service.resume(db, ann, made.id, START)


def test_one_organizer_takes_a_call_and_the_caller_hears_of_it_once(db: sqlite3.Connection, join: Join) -> None:
    ann, minji, jisoo = join("Ann"), join("Minji", Role.ORGANIZER), join("Jisoo", Role.ORGANIZER)
    made = call(db, ann)
    first, second = (alert_service.take(db, one, made.alert_id, now=START) for one in (minji, jisoo))
    assert first is not None
    assert second is not None
    assert (first.changed, second.changed) == (True, False)
    assert second.alert.taker == "Minji"
    assert kinds(db).count("help.taken") == 1
    assert alert_service.take(db, minji, 999, now=START) is None


def test_only_whose_call_it_is_goes_on_with_it(db: sqlite3.Connection, join: Join) -> None:
    ann, bek = join("Ann"), join("Bek")
    made = call(db, ann)
    assert help_service.resume(db, ann, made.id, START)
    assert not help_service.resume(db, bek, made.id, START)


def test_after_another_question_the_words_of_an_urgent_call_are_awaited_again(
    db: sqlite3.Connection, join: Join
) -> None:
    ann = join("Ann")
    made = call(db, ann)
    conversation.expect(db, ann.telegram_id, help_service.AWAITS_ANSWER, AnswerTo(1), START)
    asked = conversation.get(db, ann.telegram_id)
    assert asked is not None
    help_service.stop_waiting(db, ann, ann.telegram_id, asked, START)
    awaited = conversation.get(db, ann.telegram_id)
    assert awaited is not None
    assert help_service.AWAITS_WORDS.of(awaited) == WordsOf(made.id)
    conversation.end(db, ann.telegram_id, awaited)
    help_service.listen_again(db, ann, START + help_service.LISTENS_URGENT + timedelta(seconds=1))
    assert conversation.get(db, ann.telegram_id) is None
