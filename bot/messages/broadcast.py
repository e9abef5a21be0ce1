"""How the rows of a broadcast are rendered: everyone gets the version in their language, or one that they may read."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

import orjson

from bot.delivery.message_types import MessageType, Rendering
from bot.i18n import Locale
from bot.priority import Priority
from bot.screen import Screen
from bot.store import broadcast as broadcast_store
from bot.store import outbox, person
from bot.store.broadcast import Broadcast
from bot.store.broadcast_audience import Audience
from bot.store.broadcast_version import ContentKind
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.views import broadcast_content as broadcast_content_view

_TTL = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BroadcastTo:
    """The broadcast of this number. Rows hold what its audience reads, too; of that only `group` is named here."""

    broadcast: int
    group: str = ""


class Signed(NamedTuple):
    """A broadcast, and the name of its organizer; "" where that is erased."""

    broadcast: Broadcast
    author: str


def occurrence(broadcast: Broadcast, audience: Audience, now: datetime) -> Occurrence:
    """The message to everyone in its audience, at its hour or at once."""
    due_at = broadcast.options.due_at
    made = (NOTED if _is_noted(broadcast) else BROADCAST).occurrence(
        BroadcastTo(broadcast.id, audience.group),
        key=broadcast.occurrence,
        due_at=due_at if due_at is not None and due_at > now else now,
        roles=audience.roles,
        audience=audience.condition,
    )
    return replace(made, data=orjson.dumps({"broadcast": broadcast.id, **audience.data}).decode())


def load(connection: sqlite3.Connection, arguments: BroadcastTo, _row: Row) -> Signed | None:
    """The broadcast as it is now; None where it is not known any more."""
    broadcast = broadcast_store.get(connection, arguments.broadcast)
    if broadcast is None:
        return None
    author = person.by_id(connection, broadcast.by_id) if broadcast.by_id is not None else None
    return Signed(broadcast, author.name if author is not None else "")


def screen(_: Locale, signed: Signed, language: str) -> Screen | None:
    """What a reader of a language gets; None where there is no version left."""
    version = signed.broadcast.version_for(language)
    if version is None:
        return None
    return broadcast_content_view.message(_, signed.broadcast, version, signed.author)


def _is_noted(broadcast: Broadcast) -> bool:
    """Whether a note may follow some version, which cannot hold its signature or its button itself."""
    options = broadcast.options
    return any(
        one.kind is not ContentKind.TEXT and not one.kind.has_caption and (options.signed or options.confirmable)
        for one in broadcast.versions
    )


def _render(given: Rendering[BroadcastTo, Signed | None]) -> Screen | None:
    if given.context is None or given.context.broadcast.taken_back_at is not None:
        return None
    return screen(given.locale, given.context, given.recipient.language)


def _render_note(given: Rendering[BroadcastTo, Signed | None]) -> Screen | None:
    if given.context is None or given.context.broadcast.taken_back_at is not None:
        return None
    broadcast, author = given.context
    version = broadcast.version_for(given.recipient.language)
    return None if version is None else broadcast_content_view.note(given.locale, broadcast, version, author)


def _follow(connection: sqlite3.Connection, arguments: BroadcastTo, row: Row, message_id: int) -> None:
    """A copy has arrived: what it cannot hold follows it."""
    del message_id
    if row.person_id is None:
        return
    draft = NOTE.draft(
        BroadcastTo(arguments.broadcast),
        key=f"{row.occurrence}:note:person-{row.person_id}",
        occurrence=f"{row.occurrence}:note",
        chat_id=row.chat_id,
        person_id=row.person_id,
        due_at=row.due_at,
        expires_at=row.expires_at,
    )
    outbox.enqueue(connection, [draft], row.due_at)


def _title(_: Locale) -> str:
    return _.plain("Broadcast")


BROADCAST = MessageType(
    "broadcast", BroadcastTo, load, _render, priority=Priority.BROADCAST, title=_title, ttl=_TTL, shared=True
)
NOTED = MessageType(
    "broadcast.noted",
    BroadcastTo,
    load,
    _render,
    priority=Priority.BROADCAST,
    title=_title,
    ttl=_TTL,
    shared=True,
    sent=_follow,
)
NOTE = MessageType(
    "broadcast.note", BroadcastTo, load, _render_note, priority=Priority.BROADCAST, title=_title, ttl=_TTL, shared=True
)
MESSAGE_TYPES = (BROADCAST, NOTED, NOTE)
