"""Rows that correct or delete what has arrived of a broadcast, and the word to its author that others did that."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import orjson

from bot.access import MEMBERS
from bot.clock import to_text
from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Html
from bot.messages import broadcast as broadcast_messages
from bot.messages.broadcast import Signed
from bot.priority import Priority
from bot.screen import Change, Screen
from bot.store import broadcast as broadcast_store
from bot.store import outbox, person, sent
from bot.store.broadcast import Broadcast
from bot.store.broadcast_progress import DELETABLE_FOR, deletion_of
from bot.store.broadcast_version import ContentKind
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.store.person import Person
from bot.views import broadcast_card as broadcast_card_view
from bot.views import broadcast_content as broadcast_content_view

_TTL: Final = timedelta(days=1)
_IN_FLIGHT: Final = timedelta(minutes=2)  # after which no message with the words of before is under way any more
_EVER: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class BroadcastEdit:
    """What readers of the version in this language ("": for all) have says what that version says now.

    `media` and `file_id`: another picture or file stands in it. Rows hold what the audience reads, too.
    """

    broadcast: int
    language: str
    media: str = ""
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class BroadcastDeletion:
    """What has arrived of a broadcast is deleted, or the notes under it."""

    broadcast: int
    note: bool = False


@dataclass(frozen=True, slots=True)
class DoneByOther:
    """An organizer (`by`) has done something to a broadcast of another one; or it was `missed`, which nobody has."""

    broadcast: int
    act: str
    by: int


def edit(
    broadcast: Broadcast, about: BroadcastEdit, languages: Sequence[str], edition: int, now: datetime
) -> Occurrence:
    """Change what readers of these languages have."""
    return _to_reached(
        EDIT.occurrence(
            about,
            key=f"{broadcast.occurrence}:edit:{about.language or 'all'}:{edition}",
            due_at=now,
            roles=MEMBERS,
            audience="broadcast.reached",
        ),
        of=[broadcast.occurrence],
        languages=languages,
        until=now + _IN_FLIGHT,
        since=now - _EVER,
    )


def deletions(broadcast: Broadcast, languages: Sequence[str], now: datetime) -> list[Occurrence]:
    """Delete what has arrived within Telegram's limit, and the notes under it."""
    made = []
    for note, key in ((False, deletion_of(broadcast)), (True, f"{broadcast.occurrence}:note:deletion")):
        made.append(
            _to_reached(
                DELETION.occurrence(
                    BroadcastDeletion(broadcast.id, note),
                    key=key,
                    due_at=now,
                    roles=MEMBERS,
                    audience="broadcast.reached",
                ),
                of=[f"{broadcast.occurrence}:note" if note else broadcast.occurrence],
                languages=languages,
                until=now + _EVER,
                since=now - DELETABLE_FOR,
            )
        )
    return made


def tell_author(connection: sqlite3.Connection, broadcast: Broadcast, act: str, by: Person, now: datetime) -> None:
    """Its author hears what another organizer did to it. Call it only where that changed something."""
    if broadcast.by_id is None or broadcast.by_id == by.id:
        return
    author = person.by_id(connection, broadcast.by_id)
    if author is None or not author.active:
        return
    occurrence = f"broadcast.done:{broadcast.id}:{act}:{int(now.timestamp())}"
    draft = DONE_BY_OTHER.draft(
        DoneByOther(broadcast.id, act, by.id),
        key=occurrence,
        occurrence=occurrence,
        chat_id=author.telegram_id,
        person_id=author.id,
        due_at=now,
    )
    outbox.enqueue(connection, [draft], now)


def tell_missed(connection: sqlite3.Connection, broadcast: Broadcast, now: datetime) -> None:
    """Its author hears that it did not go, as nothing ran at its hour."""
    author = person.by_id(connection, broadcast.by_id) if broadcast.by_id is not None else None
    if author is None or not author.active:
        return
    occurrence = f"broadcast.done:{broadcast.id}:missed"
    draft = DONE_BY_OTHER.draft(
        DoneByOther(broadcast.id, "missed", author.id),
        key=occurrence,
        occurrence=occurrence,
        chat_id=author.telegram_id,
        person_id=author.id,
        due_at=now,
    )
    outbox.enqueue(connection, [draft], now)


def _to_reached(
    occurrence: Occurrence, *, of: Sequence[str], languages: Sequence[str], until: datetime, since: datetime
) -> Occurrence:
    reached = {"of": of, "languages": languages, "until": to_text(until), "since": to_text(since)}
    return replace(occurrence, data=orjson.dumps({**orjson.loads(occurrence.data), **reached}).decode())


def _edited(given: Rendering[BroadcastEdit, Signed | None]) -> Change | None:
    signed, about = given.context, given.arguments
    if signed is None or signed.broadcast.taken_back_at is not None:
        return None
    version = signed.broadcast.version_for(given.recipient.language)
    if version is None or version.language != about.language:
        return None
    if version.kind is ContentKind.ALBUM:
        return Change.caption(Screen(Html(version.text)))
    screen = broadcast_content_view.message(given.locale, signed.broadcast, version, signed.author)
    if screen is None:
        return None
    if version.kind is ContentKind.TEXT:
        return Change.text(screen)
    return Change.media(about.media, about.file_id, screen) if about.file_id else Change.caption(screen)


def _theirs(connection: sqlite3.Connection, about: BroadcastEdit, row: Row) -> tuple[int, ...]:
    return sent.newest_to(connection, f"broadcast:{about.broadcast}", row.person_id) if row.person_id else ()


def _to_delete(connection: sqlite3.Connection, about: BroadcastDeletion, row: Row) -> tuple[int, ...]:
    of = f"broadcast:{about.broadcast}{':note' if about.note else ''}"
    return sent.newest_to(connection, of, row.person_id) if row.person_id else ()


def _load_edit(connection: sqlite3.Connection, about: BroadcastEdit, row: Row) -> Signed | None:
    return broadcast_messages.load(connection, broadcast_messages.BroadcastTo(about.broadcast), row)


def _load_deletion(connection: sqlite3.Connection, about: BroadcastDeletion, row: Row) -> None:
    del connection, about, row


def _load_done(connection: sqlite3.Connection, about: DoneByOther, _row: Row) -> tuple[Broadcast | None, str]:
    by = person.by_id(connection, about.by)
    return broadcast_store.get(connection, about.broadcast), by.name if by is not None else ""


def _done(given: Rendering[DoneByOther, tuple[Broadcast | None, str]]) -> Screen | None:
    broadcast, name = given.context
    if broadcast is None:
        return None
    return broadcast_card_view.done_by_other(given.locale, broadcast, given.arguments.act, name)


EDIT = MessageType(
    "broadcast.edit",
    BroadcastEdit,
    _load_edit,
    _edited,
    priority=Priority.BROADCAST,
    title=lambda _: _.plain("Correction of a broadcast"),
    ttl=_TTL,
    shared=True,
    targets=_theirs,
)
DELETION = MessageType(
    "broadcast.deletion",
    BroadcastDeletion,
    _load_deletion,
    lambda _given: Change.deletion(),
    priority=Priority.BROADCAST,
    title=lambda _: _.plain("A broadcast is taken back"),
    ttl=_TTL,
    shared=True,
    reports_failure=False,
    targets=_to_delete,
)
DONE_BY_OTHER = MessageType(
    "broadcast.done",
    DoneByOther,
    _load_done,
    _done,
    priority=Priority.NOTICE,
    title=lambda _: _.plain("Broadcast"),
    ttl=_TTL,
)
MESSAGE_TYPES = (EDIT, DELETION, DONE_BY_OTHER)
