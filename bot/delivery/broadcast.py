"""How the rows of a broadcast are rendered: everyone gets the organizer's text as it is."""

import sqlite3

from bot.delivery.kinds import Kind, Priority, Rendering, Row
from bot.screen import Screen
from bot.store import broadcast
from bot.views import broadcast as view


def _gather(connection: sqlite3.Connection, row: Row) -> str | None:
    return broadcast.text_of(connection, int(str(row.data["broadcast"])))


def _render(given: Rendering) -> Screen | None:
    return view.message(given.facts) if isinstance(given.facts, str) else None


KINDS = (Kind(broadcast.KIND, Priority.BROADCAST, _render, gather=_gather, shared=True),)
