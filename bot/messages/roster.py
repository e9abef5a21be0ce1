"""The roster as any conversation shows it: how many are on it, and what can be done."""

import sqlite3

from bot.context import Context
from bot.screen import Screen
from bot.store import roster as roster_store
from bot.store import roster_link as roster_link_store
from bot.store.roster import RosterCounts
from bot.views import roster as roster_view


async def home(context: Context) -> Screen:
    """How many are on the roster, with the buttons to everything about it."""
    counts, unknown = await context.read(_numbers)
    return roster_view.home(context.locale, counts, unknown)


def _numbers(connection: sqlite3.Connection) -> tuple[RosterCounts, int]:
    return roster_store.counts(connection), roster_link_store.unknown_count(connection)
