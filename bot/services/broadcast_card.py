"""What is done to a broadcast after it was confirmed: each once, recorded, and its author hears what others did."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from bot.languages import LANGUAGES
from bot.messages import broadcast as broadcast_messages
from bot.messages import broadcast_change as broadcast_change_messages
from bot.messages.broadcast_change import BroadcastEdit
from bot.store import audit as audit_store
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_card as broadcast_card_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store import conversation, fanout, outbox, person
from bot.store.broadcast import BroadcastState
from bot.store.broadcast_version import ContentKind, Part, Version
from bot.store.conversation import Prompt
from bot.store.outbox import Draft
from bot.store.person import Person

CORRECTION_FOR: Final = timedelta(minutes=30)  # so long what is written next is a correction
_MOST_OFFERED: Final = 5  # broadcasts that somebody gets who joins late: the newest
_OFFERED_FOR: Final = timedelta(days=1)
# What Telegram can put in the place of one another.
_REPLACEABLE: Final = frozenset(
    {ContentKind.PHOTO, ContentKind.VIDEO, ContentKind.ANIMATION, ContentKind.DOCUMENT, ContentKind.AUDIO}
)


@dataclass(frozen=True, slots=True)
class Correction:
    """What the version of a broadcast in a language ("": for all) should say: awaited, or written in `source`.

    `media` and `file_id` name another picture or file, and `file` is Telegram's name of it.
    """

    broadcast: int
    language: str
    source: int = 0
    text: str = ""
    media: str = ""
    file_id: str = ""
    file: str = ""


CORRECTION: Final = Prompt("broadcast.correction", Correction)


class Got(Enum):
    """What the press of *Got it* was."""

    CONFIRMED = auto()
    PREVIEW = auto()  # of a draft, or by somebody to whom it has not come
    GONE = auto()


def pause(connection: sqlite3.Connection, number: int, me: Person, now: datetime) -> bool:
    """Let nothing more of it leave until it is resumed; return whether this press did it."""
    broadcast = broadcast_store.get(connection, number)
    if broadcast is None or not broadcast_card_store.pause(connection, broadcast, now):
        return False
    audit_store.record(connection, "broadcast.paused", by_id=me.id, now=now, subject=str(number))
    broadcast_change_messages.tell_author(connection, broadcast, "paused", me, now)
    return True


def resume(connection: sqlite3.Connection, number: int, me: Person, now: datetime) -> bool:
    """Let what is left go on; return whether this press did it."""
    broadcast = broadcast_store.get(connection, number)
    if broadcast is None or not broadcast_card_store.resume(connection, broadcast):
        return False
    audit_store.record(connection, "broadcast.resumed", by_id=me.id, now=now, subject=str(number))
    broadcast_change_messages.tell_author(connection, broadcast, "resumed", me, now)
    return True


def stop(connection: sqlite3.Connection, number: int, me: Person, now: datetime) -> bool:
    """Call back what has not left; return whether this press did it."""
    broadcast = broadcast_store.get(connection, number)
    if broadcast is None or not broadcast_card_store.stop(connection, broadcast, now):
        return False
    audit_store.record(connection, "broadcast.stopped", by_id=me.id, now=now, subject=str(number))
    broadcast_change_messages.tell_author(connection, broadcast, "stopped", me, now)
    return True


def take_back(connection: sqlite3.Connection, number: int, me: Person, now: datetime) -> bool:
    """Delete what has arrived, and call back what has not left; return whether this press did it."""
    broadcast = broadcast_store.get(connection, number)
    if broadcast is None or not broadcast_card_store.take_back(connection, broadcast, now):
        return False
    fanout.schedule(connection, broadcast_change_messages.deletions(broadcast, LANGUAGES, now), now)
    audit_store.record(connection, "broadcast.taken_back", by_id=me.id, now=now, subject=str(number))
    broadcast_change_messages.tell_author(connection, broadcast, "taken_back", me, now)
    return True


def can_follow(version: Version, correction: Correction) -> bool:
    """Whether Telegram can change what readers of this version have into that."""
    if version.kind is ContentKind.TEXT:
        return not correction.media and bool(correction.text)
    if correction.media:
        return version.kind in _REPLACEABLE and correction.media in {one.value for one in _REPLACEABLE}
    return version.kind.has_caption or version.kind is ContentKind.ALBUM


def correct(connection: sqlite3.Connection, chat_id: int, source: int, me: Person, now: datetime) -> int | None:
    """Make the correction that was written in `source` and is awaited here; None for an old press.

    Return the broadcast. What has not left yet goes with the new words.
    """
    awaits = conversation.get(connection, chat_id)
    about = CORRECTION.of(awaits)
    broadcast = broadcast_store.get(connection, about.broadcast) if about is not None else None
    if awaits is None or about is None or broadcast is None or not source or about.source != source:
        return None
    conversation.end(connection, chat_id, awaits)
    version = next((one for one in broadcast.versions if one.language == about.language), None)
    if version is None or broadcast.taken_back_at is not None or not can_follow(version, about):
        return None
    parts = (Part(chat_id, source, about.file),) if about.media or version.kind is ContentKind.TEXT else version.parts
    kind = ContentKind(about.media) if about.media else version.kind
    number = broadcast.id
    broadcast_version_store.put(connection, number, about.language, kind, about.text, parts=parts, now=now)
    changed = broadcast_store.get(connection, number)
    assert changed is not None
    new = next(one for one in changed.versions if one.language == about.language)
    readers = [one for one in LANGUAGES if changed.version_for(one) == new]
    broadcast_card_store.call_off_edits(connection, broadcast, about.language or "all", now)
    edit = BroadcastEdit(number, about.language, about.media, about.file_id)
    fanout.schedule(connection, [broadcast_change_messages.edit(changed, edit, readers, new.edition, now)], now)
    details: dict[str, str | int | bool | None] = {"language": about.language, "edition": new.edition}
    audit_store.record(connection, "broadcast.corrected", by_id=me.id, now=now, subject=str(number), details=details)
    broadcast_change_messages.tell_author(connection, broadcast, "corrected", me, now)
    return number


def got_it(connection: sqlite3.Connection, number: int, me: Person, now: datetime) -> Got:
    """This person has read what the broadcast says."""
    broadcast = broadcast_store.get(connection, number)
    if broadcast is None or broadcast.state is BroadcastState.DROPPED or broadcast.taken_back_at is not None:
        return Got.GONE
    if not broadcast_card_store.has_it(connection, broadcast, me.id):
        return Got.PREVIEW
    broadcast_card_store.confirm(connection, broadcast, me.id, now)
    return Got.CONFIRMED


def offer(connection: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """Who joins or comes back gets the newest broadcasts that still hold and are for them, each once."""
    someone = person.by_id(connection, person_id)
    if someone is None:
        return
    for broadcast in broadcast_card_store.still_valid_for(connection, someone, _MOST_OFFERED, now):
        key = outbox.again(connection, broadcast.occurrence, someone.id)
        until = broadcast.options.valid_until
        if key is None or until is None or broadcast.audience is None:
            continue
        made = broadcast_messages.occurrence(broadcast, broadcast.audience, now)
        draft = Draft(
            key,
            made.key,
            made.kind,
            someone.telegram_id,
            someone.id,
            made.priority,
            due_at=now,
            expires_at=min(until, now + _OFFERED_FOR),
            data=made.data,
        )
        outbox.enqueue(connection, [draft], now)
