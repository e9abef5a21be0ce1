"""Check-ins: an answer, and words about the day, each with what it means for the messages about it."""

import datetime as dt
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from bot.messages import checkin as checkin_messages
from bot.messages import checkin_mood as checkin_mood_messages
from bot.programme.checkin import Window
from bot.services import unsent as unsent_service
from bot.store import checkin as checkin_store
from bot.store import checkin_part as checkin_part_store
from bot.store import conversation, fanout, outbox, person
from bot.store import excuse as excuse_store
from bot.store import help_message as help_message_store
from bot.store import sent as sent_store
from bot.store.checkin import Checkin
from bot.store.conversation import Prompt
from bot.store.incoming_message import IncomingMessage
from bot.store.person import Person


@dataclass(frozen=True, slots=True)
class WordsAbout:
    """Words about the evening of this date are awaited."""

    date: dt.date


WORDS_QUESTION: Final = Prompt("checkin.words", WordsAbout)
# So long the next message is taken for words about the day; later it may be about anything.
LISTENS: Final = timedelta(hours=1)


class MoodAnswer(NamedTuple):
    """An answer in the evening, and whether words about the day are awaited now."""

    checkin: Checkin
    asking: bool


def answer_morning(connection: sqlite3.Connection, me: Person, window: Window, *, now: datetime) -> Checkin | None:
    """Save that someone is here, and so not excused any more; None when no answer is taken now."""
    if not _takes_answer(connection, me, window, now):
        return None
    checkin, first = checkin_store.answer(connection, me.id, window, None, now)
    if first:  # whom an organizer has excused since is excused
        excuse_store.end(connection, window.seminar, window.on, me.id, by=me, now=now)
    _cancel_questions(connection, window, me.id, now)
    return checkin


def answer_evening(
    connection: sqlite3.Connection,
    me: Person,
    window: Window,
    mood: int,
    *,
    chat_id: int,
    owners: Collection[int],
    now: datetime,
) -> MoodAnswer | None:
    """Save how the day was, tell organizers if it was hard, and listen for words; None when no answer is taken now."""
    if not _takes_answer(connection, me, window, now):
        return None
    checkin, first = checkin_store.answer(connection, me.id, window, mood, now)
    _cancel_questions(connection, window, me.id, now)
    if checkin.low and checkin.mood is not None:
        alert = checkin_mood_messages.low_mood(window, me, checkin.mood, owners, now)
        checkin_mood_messages.open_alert(connection, window, me, checkin.mood, now)
        fanout.schedule(connection, [alert], now)
    asking = (first or not checkin.words) and _listen(connection, chat_id, window, now)
    return MoodAnswer(checkin, asking)


def save_words(
    connection: sqlite3.Connection,
    me: Person,
    window: Window,
    parts: Sequence[IncomingMessage],
    *,
    owners: Collection[int],
    now: datetime,
) -> Checkin | None:
    """Save the words of these messages (one thing, in its order), and tell organizers if the day was hard."""
    checkin = None
    for part in parts:
        checkin = _save_part(connection, me, window, part, now)
    drafts = [
        checkin_mood_messages.words(window, me, parts[0].message_id, reader, now)
        for reader in person.staff(connection, owners)
        if _was_told(connection, window, me, reader)
    ]
    outbox.enqueue(connection, drafts, now)
    return checkin


def continue_words(
    connection: sqlite3.Connection,
    me: Person,
    window: Window,
    part: IncomingMessage,
    *,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Let a later part of a text that the phone has cut go where the first has gone."""
    if part.part_of is not None and checkin_part_store.get(connection, me.id, part.part_of) is not None:
        _save_part(connection, me, window, part, now)
    else:
        unsent_service.pass_later_part(connection, me, part, owners=owners, now=now)


def correct_words(
    connection: sqlite3.Connection,
    me: Person,
    window: Window,
    message_id: int,
    words: str,
    *,
    edited_at: int,
    owners: Collection[int],
    now: datetime,
) -> Checkin | None:
    """Save what a message about the day says now, and tell those who may have read what it said before.

    Whose earlier message has not left yet will read the new words in that one.
    """
    checkin_part_store.correct(connection, me.id, message_id, words)
    all_words = checkin_part_store.all_words(connection, me.id, window.on)
    checkin = checkin_store.set_words(connection, me.id, window, all_words)
    drafts = [
        checkin_mood_messages.correction(window, me, message_id, reader, now, edited_at=edited_at)
        for reader in person.staff(connection, owners)
        if _was_told(connection, window, me, reader) and not _words_wait(connection, window, me, message_id, reader)
    ]
    outbox.enqueue(connection, drafts, now)
    return checkin


def cards(connection: sqlite3.Connection, window: Window, person_id: int) -> set[int]:
    """The messages of a check-in that stand in the person's chat: the question, and the reminder."""
    messages = (sent_store.message_id_of(connection, key) for key in checkin_messages.keys(window, person_id))
    return {message_id for message_id in messages if message_id is not None}


def _takes_answer(connection: sqlite3.Connection, me: Person, window: Window, now: datetime) -> bool:
    return window.takes_answer(now, again=checkin_store.get(connection, me.id, window.key) is not None)


def _cancel_questions(connection: sqlite3.Connection, window: Window, person_id: int, now: datetime) -> None:
    """What has not left yet and asks for an answer that is here now stays here."""
    for key in checkin_messages.keys(window, person_id):
        outbox.cancel(connection, key=key, now=now, why="answered")


def _listen(connection: sqlite3.Connection, chat_id: int, window: Window, now: datetime) -> bool:
    """Take the next message for words about the day, unless the chat was asked for something else."""
    about = WordsAbout(window.on)
    return conversation.listen(connection, chat_id, WORDS_QUESTION, about, now, until=now + LISTENS)


def _save_part(
    connection: sqlite3.Connection, me: Person, window: Window, part: IncomingMessage, now: datetime
) -> Checkin | None:
    words = checkin_part_store.save(connection, me.id, window.on, part.message_id, part.words, part_of=part.part_of)
    help_message_store.save(connection, part, person_id=me.id, author_id=me.id, now=now)
    return checkin_store.set_words(connection, me.id, window, words)


def _was_told(connection: sqlite3.Connection, window: Window, who: Person, reader: Person) -> bool:
    """Whether the reader may know of the hard day; whose alert has not left yet will read the words in that one."""
    key = checkin_mood_messages.low_mood_key(window, who, reader)
    return outbox.state_of(connection, key) not in {None, "due"}


def _words_wait(connection: sqlite3.Connection, window: Window, who: Person, message_id: int, reader: Person) -> bool:
    key = checkin_mood_messages.words_key(window, who, message_id, reader)
    return outbox.state_of(connection, key) == "due"
