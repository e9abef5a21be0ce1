"""Word to organizers about someone's hard day: the mood, what the person wrote about it, and what they changed."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.access import MEMBERS
from bot.delivery.message_types import MessageType, Rendering
from bot.escalation import AlertKind
from bot.messages import alert_cards as alert_cards_messages
from bot.messages.alert_cards import AlertCard
from bot.messages.checkin import CheckinOf
from bot.priority import Priority
from bot.programme.checkin import Window, window_of
from bot.screen import Screen
from bot.store import alert as alert_store
from bot.store import checkin as checkin_store
from bot.store import checkin_part as checkin_part_store
from bot.store import person
from bot.store.checkin import Checkin
from bot.store.checkin_part import Part
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.store.outbox import Draft
from bot.store.person import Person
from bot.views import checkin as checkin_view

_MOOD_TTL: Final = timedelta(days=3)
_ALERT_TTL: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LowMoodOf(CheckinOf):
    """A person's mood. `owners` are Telegram ids, which the audience "staff" reads."""

    person: int
    mood: int
    owners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WordsOf(CheckinOf):
    """What a person wrote about their day."""

    person: int


@dataclass(frozen=True, slots=True)
class CorrectionOf(CheckinOf):
    """What a person changed in this message about their day."""

    person: int
    message: int


def low_mood(window: Window, who: Person, mood: int, owners: Collection[int], now: datetime) -> Occurrence:
    """Someone's hard day: said once a day, however often the mood is changed.

    It is an occurrence, so that an organizer who can only be reached later hears of it then.
    """
    return LOW_MOOD.occurrence(
        LowMoodOf(window.seminar, window.on, window.slot, who.id, mood, tuple(sorted(owners))),
        key=_low_mood_occurrence(window, who),
        due_at=now,
        roles=MEMBERS,
        audience="staff",
    )


def open_alert(connection: sqlite3.Connection, window: Window, who: Person, mood: int, now: datetime) -> None:
    """Make the alert that an organizer takes; as it is said once a day, it is made once."""
    subject = _low_mood_occurrence(window, who)
    if alert_store.newest_of(connection, subject) is None:
        detail = f"{window.seminar}:{window.slot}:{mood}"
        alert_store.open_alert(connection, AlertKind.MOOD, subject, now, person_id=who.id, detail=detail)


def words(window: Window, who: Person, message_id: int, reader: Person, now: datetime) -> Draft:
    """What the person wrote (in message `message_id`) about a hard day, to someone who knows of the day."""
    return WORDS.draft(
        WordsOf(window.seminar, window.on, window.slot, who.id),
        key=words_key(window, who, message_id, reader),
        occurrence=_words_occurrence(window, who, message_id),
        chat_id=reader.telegram_id,
        person_id=reader.id,
        due_at=now,
    )


def correction(window: Window, who: Person, message_id: int, reader: Person, now: datetime, *, edited_at: int) -> Draft:
    """That what the person wrote (in message `message_id`) says something else now, to someone who may have read it."""
    occurrence = f"{_low_mood_occurrence(window, who)}:corrected-{message_id}-{edited_at}"
    return CORRECTION.draft(
        CorrectionOf(window.seminar, window.on, window.slot, who.id, message_id),
        key=f"{occurrence}:to-{reader.id}",
        occurrence=occurrence,
        chat_id=reader.telegram_id,
        person_id=reader.id,
        due_at=now,
    )


def low_mood_key(window: Window, who: Person, reader: Person) -> str:
    """The key of the row that tells the reader of someone's hard day."""
    return f"{_low_mood_occurrence(window, who)}:person-{reader.id}"


def words_key(window: Window, who: Person, message_id: int, reader: Person) -> str:
    """The key of the row in which the reader gets what the person wrote in that message."""
    return f"{_words_occurrence(window, who, message_id)}:to-{reader.id}"


def _low_mood_occurrence(window: Window, who: Person) -> str:
    return f"mood:{window.on.isoformat()}:person-{who.id}"


def _words_occurrence(window: Window, who: Person, message_id: int) -> str:
    return f"{_low_mood_occurrence(window, who)}:words-{message_id}"


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_low_mood(connection: sqlite3.Connection, _about: LowMoodOf, row: Row) -> AlertCard | None:
    return alert_cards_messages.read(connection, alert_store.newest_of(connection, row.occurrence))


def _becomes_live(connection: sqlite3.Connection, _about: LowMoodOf, row: Row, message_id: int) -> None:
    alert = alert_store.newest_of(connection, row.occurrence)
    alert_cards_messages.becomes_live(connection, alert, row, message_id)


def _load_hard_day(connection: sqlite3.Connection, about: WordsOf, _row: Row) -> tuple[Person, Checkin] | None:
    who = person.by_id(connection, about.person)
    kept = checkin_store.get(connection, who.id, about.key) if who else None
    return (who, kept) if who and kept else None


def _load_correction(connection: sqlite3.Connection, about: CorrectionOf, _row: Row) -> tuple[Person, Part] | None:
    who = person.by_id(connection, about.person)
    part = checkin_part_store.get(connection, who.id, about.message) if who else None
    return (who, part) if who and part else None


def _low_mood(given: Rendering[LowMoodOf, AlertCard | None]) -> Screen | None:
    if window_of(given.seminar, given.arguments.key) is None:
        return None
    return alert_cards_messages.first(given.context, given)


def _words(given: Rendering[WordsOf, tuple[Person, Checkin] | None]) -> Screen | None:
    window = window_of(given.seminar, given.arguments.key)
    if window is None or given.context is None:
        return None
    who, kept = given.context
    day = checkin_view.HardDay(who.id, who.name, 0, kept.mood or 0, kept.words)
    return checkin_view.low_mood_words(given.locale, window, day) if day.words else None


def _corrected(given: Rendering[CorrectionOf, tuple[Person, Part] | None]) -> Screen | None:
    if given.context is None:
        return None
    who, part = given.context
    return checkin_view.corrected(given.locale, who.id, who.name, part)


LOW_MOOD = MessageType(
    "checkin.mood",
    LowMoodOf,
    _load_low_mood,
    _low_mood,
    priority=Priority.ALERT,
    title=lambda _: _.plain("A hard day"),
    ttl=_MOOD_TTL,
    sent=_becomes_live,
)
WORDS = MessageType(
    "checkin.words",
    WordsOf,
    _load_hard_day,
    _words,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Words about a hard day"),
    ttl=_ALERT_TTL,
)
CORRECTION = MessageType(
    "checkin.corrected",
    CorrectionOf,
    _load_correction,
    _corrected,
    priority=Priority.ALERT,
    title=lambda _: _.plain("Correction of what was written"),
    ttl=_ALERT_TTL,
)
MESSAGE_TYPES = (LOW_MOOD, WORDS, CORRECTION)
