"""A correction reaches who has read the message, and replaces what others are still to read."""

import sqlite3
from datetime import timedelta

from bot.access import Role
from bot.services import correction as correction_service
from bot.services import unsent as unsent_service
from bot.store import help_message as help_message_store
from bot.store.incoming_message import IncomingMessage, Pin
from bot.store.person import Person
from tests.clocks import START
from tests.services.conftest import Join, kinds


def writes(me: Person, words: str) -> IncomingMessage:
    return IncomingMessage(me.telegram_id, 9, words, None, sent_at=START)


def passes(db: sqlite3.Connection, me: Person, words: str) -> None:
    help_message_store.save(db, writes(me, words), person_id=me.id, author_id=me.id, now=START)
    unsent_service.pass_saved(db, me, me.telegram_id, 9, owners=(), now=START)


def corrects(db: sqlite3.Connection, me: Person, words: str) -> correction_service.Correction | None:
    return correction_service.correct(db, writes(me, words), 1, author=me.id, now=START)


def test_what_nobody_has_read_is_replaced_and_nobody_is_told(db: sqlite3.Connection, join: Join) -> None:
    ann = join("Ann")
    join("Minji", Role.ORGANIZER)
    passes(db, ann, "exit 3")
    correction = corrects(db, ann, "exit 5")
    assert correction is not None
    assert (correction.message.words, correction.message.earlier, correction.told) == ("exit 5", None, False)
    assert kinds(db) == ["help.alert"]


def test_who_has_read_it_is_told_and_what_it_said_is_kept(db: sqlite3.Connection, join: Join) -> None:
    ann = join("Ann")
    join("Minji", Role.ORGANIZER)
    passes(db, ann, "exit 3")
    db.execute("UPDATE outbox SET state = 'sent', message_id = 70")
    correction = corrects(db, ann, "exit 5")
    assert correction is not None
    assert (correction.message.earlier, correction.told, len(correction.copies)) == ("exit 3", True, 1)
    assert kinds(db) == ["help.alert", "help.corrected"]


def test_only_its_writer_corrects_a_message(db: sqlite3.Connection, join: Join) -> None:
    ann, bek = join("Ann"), join("Bek")
    passes(db, ann, "exit 3")
    assert correction_service.correct(db, writes(ann, "exit 5"), 1, author=bek.id, now=START) is None


def test_a_pin_moves_and_other_messages_do_not(db: sqlite3.Connection, join: Join) -> None:
    ann, until = join("Ann"), START + timedelta(hours=1)
    pin = IncomingMessage(ann.telegram_id, 8, "", "location", pin=Pin(36.5, 127.2, until), sent_at=START)
    help_message_store.save(db, pin, person_id=ann.id, author_id=ann.id, now=START)
    passes(db, ann, "exit 3")
    chat_id = ann.telegram_id
    assert correction_service.move_pin(db, ann.id, chat_id, 9, position=(36.6, 127.3), until=until) is None
    pins = correction_service.move_pin(db, ann.id, chat_id, 8, position=(36.6, 127.3), until=until)
    assert pins == (), "nobody has been sent one yet"
    kept = help_message_store.find(db, chat_id, 8)
    assert kept is not None
    assert kept.pin == Pin(36.6, 127.3, until)
