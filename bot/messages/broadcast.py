"""How the rows of a broadcast are rendered: everyone gets the organizer's text as it is."""

import sqlite3

from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.screen import Screen
from bot.store import broadcast
from bot.views import broadcast as view


def _load_context(connection: sqlite3.Connection, row: Row) -> str | None:
    return broadcast.text_of(connection, int(str(row.data["broadcast"])))


def _render(given: Rendering) -> Screen | None:
    return view.message(given.context) if isinstance(given.context, str) else None


MESSAGE_TYPES = (MessageType(broadcast.KIND, Priority.BROADCAST, _render, load_context=_load_context, shared=True),)
