"""How the rows of a broadcast are rendered: everyone gets the organizer's text as it is."""

import sqlite3
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta

from bot.delivery.message_types import MessageType, Rendering
from bot.priority import Priority
from bot.screen import Screen
from bot.store import broadcast as broadcast_store
from bot.store.broadcast import Broadcast
from bot.store.broadcast_audience import Audience
from bot.store.claims import Row
from bot.store.fanout import Occurrence
from bot.views import broadcast as broadcast_view

_TTL = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BroadcastTo:
    """The broadcast of this number; the audience of one to a group reads `group`."""

    broadcast: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class BroadcastToSilent(BroadcastTo):
    """One to those who have not answered a check-in; the audience "silent" reads all of it."""

    _: KW_ONLY
    seminar: str
    date: str
    slot: str
    opens: str


def occurrence(broadcast: Broadcast, audience: Audience, now: datetime) -> Occurrence:
    """The message to everyone in its audience."""
    about = BroadcastTo(broadcast.id, audience.group)
    if audience.silence is not None:
        about = BroadcastToSilent(broadcast.id, **audience.silence.data)
    return BROADCAST.occurrence(
        about,
        key=broadcast.occurrence,
        due_at=now,
        roles=audience.roles,
        audience=audience.condition,
    )


def _load_text(connection: sqlite3.Connection, arguments: BroadcastTo, _row: Row) -> str | None:
    broadcast = broadcast_store.get(connection, arguments.broadcast)
    return broadcast.text if broadcast is not None and broadcast.versions else None


def _render(given: Rendering[BroadcastTo, str | None]) -> Screen | None:
    return None if given.context is None else broadcast_view.message(given.context)


BROADCAST = MessageType(
    "broadcast",
    BroadcastTo,
    _load_text,
    _render,
    priority=Priority.BROADCAST,
    title=lambda _: _.plain("Broadcast"),
    ttl=_TTL,
    shared=True,
)
MESSAGE_TYPES = (BROADCAST,)
