"""What an answer to a check-in, and words about the day, change together."""

import sqlite3

from bot.access import Role
from bot.arguments import NoArguments
from bot.messages import checkin as checkin_messages
from bot.messages import checkin_mood as checkin_mood_messages
from bot.services import absence as absence_service
from bot.services import checkin as checkin_service
from bot.store import conversation, outbox
from bot.store import excuse as excuse_store
from bot.store.checkin import Checkin
from bot.store.conversation import Prompt
from bot.store.excuse import ExcuseReason
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person
from tests.store.checkins import EVENING, EVENING_NOW, MORNING, MORNING_NOW, member


def evening(db: sqlite3.Connection, who: Person, mood: int) -> checkin_service.MoodAnswer | None:
    return checkin_service.answer_evening(db, who, EVENING, mood, chat_id=who.telegram_id, owners=(), now=EVENING_NOW)


def writes(db: sqlite3.Connection, who: Person, words: str) -> Checkin | None:
    message = IncomingMessage(who.telegram_id, 7, words, None)
    return checkin_service.save_words(db, who, EVENING, [message], owners=(), now=EVENING_NOW)


def test_an_answer_cancels_the_reminder_that_has_not_left(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    _question, reminder = checkin_messages.keys(MORNING, who.id)
    draft = checkin_messages.NUDGE.draft(
        checkin_messages.SilenceOf(MORNING.seminar, MORNING.on, MORNING.slot, MORNING.opens),
        key=reminder,
        occurrence="nudge",
        chat_id=who.telegram_id,
        person_id=who.id,
        due_at=MORNING.nudge,
        expires_at=MORNING.alert,
    )
    outbox.enqueue(db, [draft], MORNING_NOW)
    assert checkin_service.answer_morning(db, who, MORNING, now=MORNING_NOW) is not None
    assert outbox.state_of(db, reminder) == "cancelled"


def test_no_answer_is_taken_before_it_opens_or_after_it_ends(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    assert checkin_service.answer_morning(db, who, EVENING, now=MORNING_NOW) is None
    assert checkin_service.answer_morning(db, who, MORNING, now=MORNING.ends) is None


def test_words_are_listened_for_unless_something_else_was_asked(db: sqlite3.Connection) -> None:
    one, two = member(db, 1), member(db, 2)
    conversation.expect(
        db, two.telegram_id, Prompt("me.name", NoArguments), NoArguments(), EVENING_NOW, until=EVENING.ends
    )
    answers = [evening(db, who, 4) for who in (one, two)]
    assert [answer.asking for answer in answers if answer] == [True, False]


def test_words_about_a_hard_day_go_to_who_was_told_of_it(db: sqlite3.Connection) -> None:
    who, told, unaware = member(db, 1), member(db, 2, role=Role.ORGANIZER), member(db, 3, role=Role.ORGANIZER)
    evening(db, who, 1)
    alert = checkin_mood_messages.low_mood_key(EVENING, who, told)
    db.execute(
        "INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, data, due_at, next_at, expires_at,"
        " created_at, state) VALUES (?, 'mood', 'checkin.mood', 2, ?, 10, '{}', '', '', '', '', 'sent')",
        (alert, told.id),
    )
    writes(db, who, "too much")
    keys = [checkin_mood_messages.words_key(EVENING, who, 7, reader) for reader in (told, unaware)]
    assert [outbox.state_of(db, key) for key in keys] == ["due", None]


def test_an_answer_that_comes_twice_is_one_answer_and_one_alert(db: sqlite3.Connection) -> None:
    who = member(db, 1)
    first, again = evening(db, who, 2), evening(db, who, 2)
    assert first is not None
    assert again is not None
    assert first.checkin == again.checkin
    assert [tuple(row) for row in db.execute("SELECT kind, count(*) FROM fanout")] == [("checkin.mood", 1)]


def test_the_first_who_knows_where_someone_is_is_named(db: sqlite3.Connection) -> None:
    absentee, anna, boris = member(db, 1, "Sitora"), member(db, 2, "Anna"), member(db, 3, "Boris")
    results = [
        absence_service.account_for(db, organizer, MORNING, absentee.id, now=MORNING_NOW) for organizer in (anna, boris)
    ]
    assert [(result.name, result.by) for result in results] == [("Sitora", "Anna")] * 2


def test_an_answer_that_comes_twice_does_not_take_back_what_was_said_in_between(db: sqlite3.Connection) -> None:
    anna, who = member(db, 1, "Anna", role=Role.ORGANIZER), member(db, 2)
    checkin_service.answer_morning(db, who, MORNING, now=MORNING_NOW)
    excuse_store.add(db, MORNING.seminar, MORNING.on, who.id, ExcuseReason.ILL, by=anna, now=MORNING_NOW)
    checkin_service.answer_morning(db, who, MORNING, now=MORNING_NOW)
    assert excuse_store.get(db, MORNING.seminar, MORNING.on, who.id) is not None
