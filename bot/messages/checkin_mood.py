"""Word to organizers about someone's hard day: the mood, what the person wrote about it, and what they changed."""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.access import MEMBERS
from bot.delivery.message_types import MessageType, Rendering
from bot.messages.checkin import CheckinOf
from bot.priority import Priority
from bot.programme.checkin import Window, window_of
from bot.screen import Screen
from bot.store import checkin as checkin_store
from bot.store import checkin_part as checkin_part_store
from bot.store import fanout, outbox, person
from bot.store.checkin import Checkin
from bot.store.checkin_part import Part
from bot.store.claims import Row
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


def tell_of_low_mood(
    connection: sqlite3.Connection,
    window: Window,
    who: Person,
    kept: Checkin,
    *,
    owners: Collection[int],
    now: datetime,
) -> None:
    """Tell organizers of someone's hard day: once a day, however often the mood is changed.

    It is an occurrence, so that an organizer who can only be reached later hears of it then.
    """
    if kept.low and kept.mood is not None:
        occurrence = LOW_MOOD.occurrence(
            LowMoodOf(window.seminar, window.on, window.slot, who.id, kept.mood, tuple(sorted(owners))),
            key=_mood_occurrence(window, who),
            due_at=now,
            roles=MEMBERS,
            audience="staff",
        )
        fanout.schedule(connection, [occurrence], now)


def tell_of_words(
    connection: sqlite3.Connection,
    window: Window,
    who: Person,
    source_id: int,
    *,
    staff: Iterable[Person],
    now: datetime,
) -> None:
    """Tell those who know of the hard day what the person wrote (in message `source_id`) about it.

    Whose first message has not left yet will read the words in that one.
    """
    first = _mood_occurrence(window, who)
    occurrence = f"{first}:words-{source_id}"
    drafts = [
        WORDS.draft(
            WordsOf(window.seminar, window.on, window.slot, who.id),
            key=f"{occurrence}:to-{one.id}",
            occurrence=occurrence,
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
        )
        for one in staff
        if outbox.state_of(connection, f"{first}:person-{one.id}") not in {None, "due"}
    ]
    outbox.enqueue(connection, drafts, now)


def tell_of_correction(
    connection: sqlite3.Connection,
    window: Window,
    who: Person,
    source_id: int,
    edited_at: int,
    *,
    staff: Iterable[Person],
    now: datetime,
) -> None:
    """Tell those who may have read what the person wrote (in message `source_id`) that it says something else now."""
    first = _mood_occurrence(window, who)
    occurrence = f"{first}:corrected-{source_id}-{edited_at}"
    drafts = [
        CORRECTION.draft(
            CorrectionOf(window.seminar, window.on, window.slot, who.id, source_id),
            key=f"{occurrence}:to-{one.id}",
            occurrence=occurrence,
            chat_id=one.telegram_id,
            person_id=one.id,
            due_at=now,
        )
        for one in staff
        if outbox.state_of(connection, f"{first}:person-{one.id}") not in {None, "due"}
        and outbox.state_of(connection, f"{first}:words-{source_id}:to-{one.id}") != "due"
    ]
    outbox.enqueue(connection, drafts, now)


def _mood_occurrence(window: Window, who: Person) -> str:
    return f"mood:{window.on.isoformat()}:person-{who.id}"


# --- rendering ----------------------------------------------------------------------------------------------------


def _load_hard_day(
    connection: sqlite3.Connection, about: LowMoodOf | WordsOf, _row: Row
) -> tuple[Person, Checkin] | None:
    who = person.by_id(connection, about.person)
    kept = checkin_store.of(connection, who.id, about.key) if who else None
    return (who, kept) if who and kept else None


def _load_correction(connection: sqlite3.Connection, about: CorrectionOf, _row: Row) -> tuple[Person, Part] | None:
    who = person.by_id(connection, about.person)
    part = checkin_part_store.of(connection, who.id, about.message) if who else None
    return (who, part) if who and part else None


def _low_mood(given: Rendering[LowMoodOf, tuple[Person, Checkin] | None]) -> Screen | None:
    window = window_of(given.seminar, given.arguments.key)
    if window is None or given.context is None:
        return None
    return checkin_view.low_mood(given.words, window, _hard_day(*given.context, lowest=given.arguments.mood))


def _words(given: Rendering[WordsOf, tuple[Person, Checkin] | None]) -> Screen | None:
    window = window_of(given.seminar, given.arguments.key)
    if window is None or given.context is None:
        return None
    day = _hard_day(*given.context, lowest=0)
    return checkin_view.low_mood_words(given.words, window, day) if day.words else None


def _corrected(given: Rendering[CorrectionOf, tuple[Person, Part] | None]) -> Screen | None:
    if given.context is None:
        return None
    who, part = given.context
    return checkin_view.corrected(given.words, who.id, who.name, part)


def _hard_day(who: Person, kept: Checkin, *, lowest: int) -> checkin_view.HardDay:
    return checkin_view.HardDay(who.id, who.name, lowest, kept.mood or 0, kept.words)


LOW_MOOD = MessageType(
    "checkin.mood",
    LowMoodOf,
    _load_hard_day,
    _low_mood,
    priority=Priority.ALERT,
    title=lambda _: _.plain("A hard day"),
    ttl=_MOOD_TTL,
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
