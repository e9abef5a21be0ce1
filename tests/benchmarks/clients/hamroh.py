"""Hamroh itself: the whole bot, with its database file, sending broadcasts and answering taps."""

import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from telegram import InlineKeyboardButton

from bot.access import Role
from bot.app import App
from bot.clock import SystemClock, to_text
from bot.delivery.message_types import MessageTypes, Rendering
from bot.delivery.planner import plan
from bot.messages.broadcast import BROADCAST, BroadcastTo, Signed
from bot.messages.registry import MESSAGE_TYPES, planners
from bot.programme import load
from bot.run_command import keep_what_is_there
from bot.screen import Screen
from bot.services import broadcast as broadcast_service
from bot.settings import Settings
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_audience as broadcast_audience_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store import fanout, outbox, person
from bot.store.broadcast_audience import Audience
from bot.store.broadcast_version import ContentKind
from bot.store.database import Database
from tests.benchmarks.message import BUTTONS, FIRST_CHAT, FIRST_TAPPER, TEXT, TOKEN
from tests.benchmarks.processes import ROOT

SEMINAR: Final = ROOT / "seminars" / "sejong-2025"
_MOMENT: Final = datetime(2025, 8, 5, 23, 20, tzinfo=UTC)  # 08:20 in Sejong
RECIPIENTS: Final = "pamir"  # a broadcast goes to one group
_TAPPERS: Final = "zarafshon"  # another one presses buttons
_WARM: Final = "vakhsh"  # and the third one gets a broadcast before anything is measured
_FIRST_WARM: Final = 3_000_000_000
_WARM_COUNT: Final = 60  # in Telegram's usual pace, which would take seconds, a few are enough
_WARM_SLOWLY: Final = 5

_ADD_PEOPLE: Final = """
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
INSERT INTO person (telegram_id, name, language, role, group_key, state, consented_at, joined_at, created_at)
SELECT :first + i, 'Ситора ' || i, 'tg', :role, :group_key, 'active', :now, :now, :now FROM n WHERE :count > 0
"""


class ShiftedClock(SystemClock):
    """The machine's clock, moved to another day; it runs as the machine's does."""

    def __init__(self, moment: datetime) -> None:
        self.shift = moment - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift


def add_people(
    connection: sqlite3.Connection,
    *,
    count: int,
    first: int,
    group: str | None,
    now: datetime,
    role: Role = Role.TEACHER,
) -> None:
    """So many members who have joined; their accounts are numbered from `first`."""
    values = {"count": count, "first": first, "group_key": group, "role": role.value, "now": to_text(now)}
    connection.execute(_ADD_PEOPLE, values)


def chosen(url: str, folder: Path, rate: float) -> Settings:
    """The settings, of which `rate` may be any number here."""
    settings = Settings(_env_file=None)
    return settings.model_copy(
        update={
            "token": SecretStr(TOKEN),
            "owners": frozenset[int](),
            "seminar": SEMINAR,
            "starts_on": date(2025, 8, 4),
            "database": folder / "hamroh.db",
            "api_url": url,
            "rate": rate,
        }
    )


@asynccontextmanager
async def system(url: str, *, rate: float, recipients: int = 0, tappers: int = 0) -> AsyncIterator[App]:
    """The bot at work on the third day at 08:20, with so many people; what was due today has been sent."""
    clock = ShiftedClock(_MOMENT)
    warm = _WARM_COUNT if rate > 100 else _WARM_SLOWLY
    with tempfile.TemporaryDirectory() as folder:
        settings = chosen(url, Path(folder), rate)
        db = await Database.open(settings.database)
        try:
            await db.write(_fill, recipients=recipients, tappers=tappers, warm=warm, now=clock.now())
        finally:
            await db.close()
        async with App.open(settings, clock) as app:
            with_buttons = [
                replace(kind, render=_render) if kind.name == BROADCAST.name else kind
                for kind in MESSAGE_TYPES.values()
            ]
            app.dispatcher.renderer.message_types = MessageTypes(with_buttons)
            await app.wait_idle()
            await send_broadcast(app, warm, group=_WARM)
            keep_what_is_there()  # as `make run` does some seconds after its start
            yield app


def _fill(connection: sqlite3.Connection, recipients: int, tappers: int, warm: int, now: datetime) -> None:
    add_people(connection, count=recipients, first=FIRST_CHAT, group=RECIPIENTS, now=now)
    add_people(connection, count=tappers, first=FIRST_TAPPER, group=_TAPPERS, now=now)
    add_people(connection, count=warm, first=_FIRST_WARM, group=_WARM, now=now)
    add_people(connection, count=1, first=1, group=None, now=now, role=Role.ORGANIZER)
    seminar = load(SEMINAR, starts_on=date(2025, 8, 4))
    fanout.schedule(connection, plan(seminar, now, planners(())).due, now)
    connection.execute("UPDATE fanout SET done_at = ?", (to_text(now),))


def _render(given: Rendering[BroadcastTo, Signed | None]) -> Screen | None:
    """A broadcast as it is, with the four buttons that everybody sends here."""
    plain = BROADCAST.render(given)
    rows = [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in BUTTONS]
    return replace(plain, rows=rows) if isinstance(plain, Screen) else None


async def send_broadcast(app: App, count: int, group: str = RECIPIENTS) -> None:
    """Confirm a broadcast to a group of `count`, and return when each message is sent and marked."""
    event = await app.runtime.db.write(_confirm, group=group, now=app.runtime.clock.now())
    app.wake()
    await app.fanout.wait_idle()
    await app.dispatcher.wait_idle()
    sent = await app.runtime.db.read(lambda connection: outbox.counts(connection, event).get("sent", 0))
    assert sent == count, f"{sent} of {count} messages sent"


def _confirm(connection: sqlite3.Connection, group: str, now: datetime) -> str:
    organizer = person.by_telegram_id(connection, 1)
    assert organizer is not None
    started = broadcast_store.add(connection, organizer.id, 1, now)
    broadcast_store.set_audience(connection, started.id, organizer.id, Audience("group", group))
    broadcast_version_store.put(connection, started.id, "", ContentKind.TEXT, TEXT, parts=(), now=now)
    people = broadcast_audience_store.reach(connection, Audience("group", group))
    confirmed = broadcast_service.confirm(connection, started.id, organizer.id, people=people, card_id=2, now=now)
    assert confirmed
    return started.occurrence
