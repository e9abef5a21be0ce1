"""What people and organizers write to each other, in the topics of the staff group.

Words of one topic that come soon after each other are one message: Telegram takes twenty a minute in a group, and
alerts are to find a place among them.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.clock import to_text
from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locale
from bot.priority import Priority
from bot.quoted import in_pieces
from bot.screen import Screen, Topic
from bot.store import forum_topic, person
from bot.store import relay_copy as relay_copy_store
from bot.store import staff_group as staff_group_store
from bot.store import staff_group_post as staff_group_post_store
from bot.store.claims import Row
from bot.store.help_message import HelpMessage
from bot.store.outbox import Draft
from bot.store.relay_copy import Relayed
from bot.store.staff_group import StaffGroup
from bot.text import units
from bot.views import correction as correction_view
from bot.views import staff_group as staff_group_view

SPACING: Final = timedelta(seconds=4)  # between two messages of words; fifteen a minute leave five to alerts
_TTL: Final = timedelta(days=1)
_MOST_UNITS: Final = 3_800  # of the words that are one message; Telegram takes 4,096
_MOST_MARKS: Final = 60  # of bold and the like in it; Telegram keeps a hundred, and some are ours


@dataclass(frozen=True, slots=True)
class WordsOf:
    """Whatever waits for this person's topic; `first` is the message that it began with."""

    person: int
    first: int
    language: str


@dataclass(frozen=True, slots=True)
class MediaOf:
    """What this message is besides words."""

    message: int
    language: str


@dataclass(frozen=True, slots=True)
class WordsInTopic:
    """The pieces that one message shows, in their order."""

    topic: Topic
    pieces: tuple[tuple[Relayed, int], ...]
    first: bool  # nobody was told there yet where answers go


@dataclass(frozen=True, slots=True)
class MediaInTopic:
    """A picture, a file, a place, and the topic that it goes to."""

    topic: Topic
    relayed: Relayed


# --- rows -------------------------------------------------------------------------------------------------------------


def words(group: StaffGroup, someone: int, first: int, due_at: datetime) -> Draft:
    """What waits for a person's topic; what comes until it is due is part of it."""
    occurrence = f"group.words:person-{someone}"
    about = WordsOf(someone, first, group.language)
    return draft(WORDS, about, group, due_at, key=f"{occurrence}:{first}:{to_text(due_at)}", occurrence=occurrence)


def media(group: StaffGroup, message: HelpMessage, due_at: datetime) -> Draft:
    """What a message is besides words; `due_at` leaves an album the time to be whole."""
    kind = PIN if message.pin else ALBUM if message.is_in_album and message.part_of is None else MEDIA
    occurrence = f"group.media:{message.id}"
    key = f"{occurrence}:{to_text(group.since)}"
    return draft(kind, MediaOf(message.id, group.language), group, due_at, key=key, occurrence=occurrence)


def draft(
    kind: MessageType[Any, Any], about: object, group: StaffGroup, due_at: datetime, *, key: str, occurrence: str
) -> Draft:
    """A row for the group."""
    return kind.draft(about, key=key, occurrence=occurrence, chat_id=group.chat_id, person_id=None, due_at=due_at)


# --- what they are rendered from --------------------------------------------------------------------------------------


def usable(connection: sqlite3.Connection, row: Row) -> bool:
    """Whether names and words may stand in the chat of this row."""
    group = staff_group_store.get(connection)
    return group is not None and group.chat_id == row.chat_id and group.usable


def topic_of(connection: sqlite3.Connection, row: Row, person_id: int) -> Topic | None:
    """The topic of a person; None for who has left, and where no name may stand in the chat of this row."""
    someone = person.by_id(connection, person_id)
    if someone is None or not someone.name or not usable(connection, row):
        return None
    subject = forum_topic.about(someone)
    thread_id, closed = forum_topic.get(connection, row.chat_id, subject) or (None, False)
    return Topic(subject, someone.name, thread_id, closed)


def _load_words(connection: sqlite3.Connection, arguments: WordsOf, row: Row) -> WordsInTopic | None:
    topic = topic_of(connection, row, arguments.person)
    if topic is None:
        return None
    pieces: list[tuple[Relayed, int]] = []
    taken: list[staff_group_post_store.Post] = []
    size = marks = 0
    for post in staff_group_post_store.waiting(connection, arguments.person, row.id):
        relayed = relay_copy_store.load(connection, post.letter, row.chat_id, None)
        if relayed is None or post.part >= len(in_pieces(relayed.message)):
            continue
        size += units(in_pieces(relayed.message)[post.part]) + units(relayed.message.author) + 600
        marks += len(relayed.message.marks) + 2
        if taken and (size > _MOST_UNITS or marks > _MOST_MARKS):
            break
        pieces.append((relayed, post.part))
        taken.append(post)
    staff_group_post_store.take(connection, taken, row.id)
    is_first = not staff_group_post_store.has_words(connection, row.chat_id, arguments.person)
    return WordsInTopic(topic, tuple(pieces), is_first) if pieces else None


def _words(given: Rendering[WordsOf, WordsInTopic | None]) -> Screen | None:
    if given.context is None:
        return None
    about = given.context
    return staff_group_view.words(given.locale, about.pieces, about.topic, first=about.first)


def _words_sent(connection: sqlite3.Connection, _arguments: WordsOf, row: Row, message_id: int) -> None:
    newest = staff_group_post_store.shown(connection, row.id, message_id)
    if newest is not None:
        relay_copy_store.add(connection, row.chat_id, message_id, newest)


def refused(connection: sqlite3.Connection, _arguments: object, row: Row, _error: str, _now: datetime) -> None:
    """It is on organizers' phones all the same; what is wrong with the group is looked at."""
    staff_group_post_store.shown(connection, row.id, 0)
    staff_group_store.ask_again(connection)


def _load_media(connection: sqlite3.Connection, arguments: MediaOf, row: Row) -> MediaInTopic | None:
    relayed = relay_copy_store.load(connection, arguments.message, row.chat_id, None)
    if relayed is None or relay_copy_store.is_in_album(connection, relayed.message, row.chat_id):
        return None
    topic = topic_of(connection, row, relayed.message.person_id)
    return MediaInTopic(topic, replace(relayed, is_told=False)) if topic is not None else None


def _media(given: Rendering[MediaOf, MediaInTopic | None]) -> Screen | None:
    if given.context is None:
        return None
    return staff_group_view.media(given.locale, given.context.relayed, given.context.topic)


def _pin(given: Rendering[MediaOf, MediaInTopic | None]) -> Screen | None:
    if given.context is None:
        return None
    screen = correction_view.pin(given.context.relayed.message, given.now)
    return replace(screen, topic=given.context.topic) if screen is not None else None


def _media_sent(connection: sqlite3.Connection, arguments: MediaOf, row: Row, message_id: int) -> None:
    staff_group_post_store.media_shown(connection, arguments.message, message_id)
    relay_copy_store.add(connection, row.chat_id, message_id, arguments.message)


def _album_sent(connection: sqlite3.Connection, arguments: MediaOf, row: Row, message_ids: Sequence[int]) -> None:
    relayed = relay_copy_store.load(connection, arguments.message, row.chat_id, None)
    if relayed is not None:
        relay_copy_store.add_album(connection, row.chat_id, message_ids, relayed.parts)


def title(_: Locale) -> str:
    """What messages in a person's topic are called on the rehearsal's page."""
    return _.plain("Words in the staff group")


WORDS = MessageType(
    "group.words",
    WordsOf,
    _load_words,
    _words,
    priority=Priority.ALERT,
    title=title,
    ttl=_TTL,
    sent=_words_sent,
    refused=refused,
)
MEDIA = MessageType(
    "group.media",
    MediaOf,
    _load_media,
    _media,
    priority=Priority.ALERT,
    title=title,
    ttl=_TTL,
    sent=_media_sent,
    refused=refused,
)
ALBUM = MessageType(
    "group.album",
    MediaOf,
    _load_media,
    _media,
    priority=Priority.ALERT,
    title=title,
    ttl=_TTL,
    sent=_media_sent,
    sent_album=_album_sent,
    refused=refused,
)
PIN = MessageType(
    "group.pin",
    MediaOf,
    _load_media,
    _pin,
    priority=Priority.ALERT,
    title=title,
    ttl=_TTL,
    sent=_media_sent,
    refused=refused,
)
MESSAGE_TYPES = (WORDS, MEDIA, ALBUM, PIN)
