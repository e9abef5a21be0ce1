"""What people write to each other reaches whom it is for, once, whoever is there."""

import sqlite3
from collections.abc import Sequence
from datetime import timedelta

from bot.access import Role
from bot.clock import to_text
from bot.services import alert as alert_service
from bot.services import help as help_service
from bot.services import relay as relay_service
from bot.services import relay_pass as relay_pass_service
from bot.services import unsent as unsent_service
from bot.services.help import MessageTo, QuestionAs
from bot.store import conversation
from bot.store import help_message as help_message_store
from bot.store import receipt as receipt_store
from bot.store import relay_answer as relay_answer_store
from bot.store.conversation import Conversation
from bot.store.help import HelpKind
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person
from bot.store.receipt import DeliveryStage, ReceiptSubject
from bot.store.relay_answer import Letter
from tests.clocks import START
from tests.services.conftest import Join, kinds


def writes(me: Person, words: str, message_id: int = 9, *, part_of: int | None = None) -> IncomingMessage:
    return IncomingMessage(me.telegram_id, message_id, words, None, part_of=part_of, sent_at=START)


def readers(db: sqlite3.Connection) -> Sequence[tuple[str, int]]:
    return [(row["kind"], row["person_id"]) for row in db.execute("SELECT kind, person_id FROM outbox ORDER BY id")]


def awaits(db: sqlite3.Connection, me: Person) -> Conversation:
    awaited = conversation.get(db, me.telegram_id)
    assert awaited is not None
    return awaited


def pass_words(db: sqlite3.Connection, me: Person, incoming: IncomingMessage) -> None:
    relay_service.pass_call_words(
        db, me, incoming, awaits(db, me), is_later_part=False, cares=False, owners=(), now=START
    )


def test_words_of_a_call_go_to_who_took_it_and_the_same_words_once(db: sqlite3.Connection, join: Join) -> None:
    ann, minji = join("Ann"), join("Minji", Role.ORGANIZER)
    join("Jisoo", Role.ORGANIZER)
    call = help_service.call_for_help(db, ann, HelpKind.LOST, 5, owners=(), now=START)
    alert_service.take(db, minji, call.alert_id, now=START)
    for _ in range(2):
        pass_words(db, ann, writes(ann, "I am at exit 3"))
    assert [one for one in readers(db) if one[0] == "help.words"] == [("help.words", minji.id)]


def test_a_question_becomes_a_call_whose_alert_says_it(db: sqlite3.Connection, join: Join) -> None:
    ann, minji = join("Ann"), join("Minji", Role.ORGANIZER)
    conversation.expect(db, ann.telegram_id, help_service.AWAITS_QUESTION, QuestionAs(HelpKind.QUESTION), START)
    pass_words(db, ann, writes(ann, "Where is the bus?"))
    assert readers(db) == [("help.alert", minji.id)]
    assert awaits(db, ann).waits_for == help_service.AWAITS_WORDS.name


def test_an_organizer_writes_to_a_person_and_hears_when_that_cannot_be(db: sqlite3.Connection, join: Join) -> None:
    ann, minji = join("Ann"), join("Minji", Role.ORGANIZER)

    def to_ann(message_id: int) -> int | None:
        conversation.expect(db, minji.telegram_id, help_service.AWAITS_MESSAGE, MessageTo(ann.id), START)
        return relay_service.pass_awaited_message(
            db,
            minji,
            writes(minji, "Stay there", message_id),
            awaits(db, minji),
            is_superseded=False,
            owners=(),
            now=START,
        )

    assert to_ann(9) is None
    assert readers(db) == [("help.written", ann.id)]
    assert conversation.get(db, minji.telegram_id) is None
    db.execute("UPDATE person SET reachable = 0 WHERE id = ?", (ann.id,))
    assert to_ann(10) == ann.id
    assert kinds(db) == ["help.written"]


def test_an_answer_to_an_organizer_who_is_gone_is_a_call_to_all(db: sqlite3.Connection, join: Join) -> None:
    ann, minji, jisoo = join("Ann"), join("Minji", Role.ORGANIZER), join("Jisoo", Role.ORGANIZER)
    written = help_message_store.save(db, writes(minji, "Stay there"), person_id=ann.id, author_id=minji.id, now=START)
    db.execute("UPDATE person SET state = 'left' WHERE id = ?", (minji.id,))
    relay_pass_service.pass_answer(db, ann, writes(ann, "I stay"), written.id, owners=(), now=START)
    assert readers(db) == [("help.alert", jisoo.id)]


def test_what_nobody_asked_for_is_saved_and_passed_on_when_its_writer_says_so(
    db: sqlite3.Connection, join: Join
) -> None:
    ann, minji = join("Ann"), join("Minji", Role.ORGANIZER)

    def pass_or_save(incoming: IncomingMessage) -> bool:
        return unsent_service.pass_or_save(
            db,
            ann,
            incoming,
            is_later_part=incoming.part_of is not None,
            saves=True,
            goes_home=False,
            cares=False,
            owners=(),
            now=START,
        )

    assert not pass_or_save(writes(ann, "Hello"))
    assert kinds(db) == []
    assert unsent_service.pass_saved(db, ann, ann.telegram_id, 9, owners=(), now=START)
    assert readers(db) == [("help.alert", minji.id)]
    assert pass_or_save(writes(ann, "Hello")), "it came again after a crash"
    assert pass_or_save(writes(ann, "and more", 10, part_of=9)), "its later part goes where it has gone"
    assert readers(db) == [("help.alert", minji.id), ("help.words", minji.id)]


def test_what_somebody_else_wrote_is_not_passed_on(db: sqlite3.Connection, join: Join) -> None:
    ann, bek, minji = join("Ann"), join("Bek"), join("Minji", Role.ORGANIZER)
    help_message_store.save(db, writes(ann, "Hello"), person_id=ann.id, author_id=ann.id, now=START)
    assert not unsent_service.pass_saved(db, bek, ann.telegram_id, 9, owners=(), now=START)
    assert not unsent_service.pass_saved_to_person(db, bek, ann.telegram_id, 9, person_id=minji.id, now=START)
    assert kinds(db) == []


def test_a_reaction_takes_the_place_of_what_says_how_far_words_are(db: sqlite3.Connection, join: Join) -> None:
    ann, minji = join("Ann"), join("Minji", Role.ORGANIZER)
    letter = help_message_store.save(
        db, writes(minji, "Where are you?"), person_id=ann.id, author_id=minji.id, now=START
    )
    relay_pass_service.pass_answer(db, ann, writes(ann, "Here", 10), letter.id, owners=(), now=START)
    answer = help_message_store.find(db, ann.telegram_id, 10)
    assert answer is not None
    db.execute("UPDATE outbox SET state = 'sent', message_id = 77")
    receipt_store.save(
        db,
        ann.telegram_id,
        10,
        ReceiptSubject(message=answer.id),
        person_id=ann.id,
        shown=DeliveryStage.WAITING,
        now=START,
        reaction=True,
    )
    assert relay_service.react(db, minji, minji.telegram_id, 77, cares=False) == [], "she is no organizer any more"
    [place] = relay_service.react(db, minji, minji.telegram_id, 77, cares=True)
    assert (place.chat_id, place.message_id, place.is_acknowledged) == (ann.telegram_id, 10, True)
    assert receipt_store.outdated(db) == []
    assert [
        (one.chat_id, one.message_id) for one in relay_service.react(db, ann, ann.telegram_id, 10, cares=False)
    ] == [(minji.telegram_id, 77)]


def test_a_reply_to_any_part_of_a_broadcast_or_to_what_follows_it_is_one(db: sqlite3.Connection, join: Join) -> None:
    ann = join("Ann")
    about = ("broadcast", 0, "{}", to_text(START), to_text(START), to_text(START), to_text(START), to_text(START))
    for key, event, message_id, album in (
        ("a", "broadcast:7", 40, "[40, 41, 42]"),
        ("b", "broadcast:7:note", 43, None),
        ("c", "agenda:2025-08-04", 44, None),
    ):
        db.execute(
            """
            INSERT INTO outbox (key, event, chat_id, person_id, message_id, album_ids, state,
                                kind, priority, data, due_at, next_at, expires_at, created_at, done_at)
            VALUES (?, ?, ?, ?, ?, ?, 'sent', ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (key, event, ann.telegram_id, ann.id, message_id, album, *about),
        )
    found = [relay_answer_store.broadcast_in(db, ann.id, ann.telegram_id, number) for number in range(39, 46)]
    assert found == [None, 7, 7, 7, 7, None, None]
    hour, second = timedelta(hours=1), timedelta(seconds=1)
    assert relay_answer_store.newest_letter(db, ann.id, START - hour, START) == Letter(broadcast=7)
    assert relay_answer_store.newest_letter(db, ann.id, START, START + hour) is None
    assert relay_answer_store.newest_letter(db, ann.id, START - hour, START - second) is None, "it came afterwards"
