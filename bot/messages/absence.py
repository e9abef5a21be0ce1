"""The one alert to organizers about people who have not answered a check-in."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.access import MEMBERS
from bot.clock import from_text
from bot.context import Context
from bot.delivery.events import Event, FeaturePlanner
from bot.delivery.message_types import MessageType, Priority, Rendering, Row
from bot.messages import checkin
from bot.programme.checkin import Window, last_opened, window_of, windows_around
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import absence, sent
from bot.store.absence import RollCall
from bot.store.sent import Copy
from bot.views import absence as view

_TTL = timedelta(hours=3)


def planner(owners: Iterable[int]) -> FeaturePlanner:
    """A planner that alerts organizers, and the owners (Telegram ids) who have joined."""
    told = sorted(owners)

    def plan(seminar: Seminar, now: datetime) -> Iterable[Event]:
        for found in windows_around(seminar, now):
            yield Event(
                key=_event(found),
                kind="missing.alert",
                priority=Priority.ALERT,
                due_at=found.alert,
                expires_at=found.alert + _TTL,
                roles=MEMBERS,
                audience="staff",
                data={**checkin.about(found), "asked": checkin.ask_event(found), "owners": told},
            )

    return plan


async def show_lists(context: Context) -> None:
    """Show the list that organizers were alerted with last as it is now, from its first page."""
    found = last_opened(context.seminar, context.now())
    if found is None:
        return

    def read(connection: sqlite3.Connection) -> tuple[list[Copy], RollCall]:
        lists = sent.copies(connection, _event(found), "missing.alert")
        return lists, absence.roll_call(connection, found.key, found.opens)

    lists, roll = await context.read(read)
    for copy in lists:
        screen = view.roll_call(context.runtime.words[copy.language], context.seminar, found, roll)
        await context.change(copy.chat_id, copy.message_id, screen)


def _event(found: Window) -> str:
    return f"missing:{found.on.isoformat()}:{found.slot}"


def _load_context(connection: sqlite3.Connection, row: Row) -> RollCall | None:
    # When the bot was down at the hour and nobody was asked, silence means nothing.
    if not absence.was_asked(connection, str(row.data["asked"])):
        return None
    return absence.roll_call(connection, checkin.key_of(row), from_text(str(row.data["opens"])))


def _alert(given: Rendering) -> Screen | None:
    roll = given.context
    found = window_of(given.seminar, checkin.key_of(given.row))
    if found is None or not isinstance(roll, RollCall) or not roll.absent + roll.unreachable:
        return None
    return view.roll_call(given.words, given.seminar, found, roll)


MESSAGE_TYPES = (MessageType("missing.alert", Priority.ALERT, _alert, load_context=_load_context),)
