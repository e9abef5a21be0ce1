"""Poller and worker, over real HTTP, beside the stand-in Telegram; the handler writes down what it got."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, Update

from bot.access import Role
from bot.clock import SystemClock
from bot.intake.poller import Poller
from bot.intake.worker import Worker
from bot.messages import operator_alert as operator_alert_messages
from bot.store import person
from bot.store.database import Database
from bot.transport import ReqwestRequest
from rehearsal.telegram import BotApi, TelegramServer, World
from tests.clocks import START, eventually
from tests.members import activate


@dataclass
class Intake:
    """`handled` are the ids of updates in the order in which their handlers ended."""

    folder: Path
    world: World
    server: TelegramServer
    handled: list[int] = field(default_factory=list)
    conflicts: list[bool] = field(default_factory=list)
    act: Callable[[Update], Awaitable[None]] | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self, *, poll: bool = True, work: bool = True) -> None:
        self.db = await Database.open(self.folder / "hamroh.db")
        self.request = ReqwestRequest()
        self.bot = Bot(self.world.token, base_url=f"{self.server.url}/bot", request=self.request)
        await self.request.initialize()
        clock = SystemClock()
        chance = random.Random(5)
        alert = partial(operator_alert_messages.tell_unhandled, owners=[99])
        self.worker = Worker(
            db=self.db, bot=self.bot, clock=clock, random=chance, handle=self._handle, on_unhandled=alert
        )
        self.poller = Poller(
            bot=self.bot,
            request=self.request,
            db=self.db,
            clock=clock,
            random=chance,
            arrived=self.worker.wake,
            on_conflict=self._conflict_changed,
            seconds=1,
        )
        self.tasks = [asyncio.create_task(self.worker.run())] if work else []
        self.tasks += [asyncio.create_task(self.poller.run())] if poll else []

    async def _conflict_changed(self, in_conflict: bool) -> None:
        self.conflicts.append(in_conflict)

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
        await self.request.shutdown()
        await self.db.close()

    async def wait_idle(self) -> None:
        await eventually(lambda: not len(self.world.updates))
        async with asyncio.timeout(10):
            await self.worker.wait_idle()

    async def rows(self, columns: str) -> list[tuple[Any, ...]]:
        sql = f"SELECT {columns} FROM inbox ORDER BY id"
        return await self.db.read(lambda connection: [tuple(row) for row in connection.execute(sql)])

    async def _handle(self, update: Update) -> None:
        if self.act is not None:
            await self.act(update)
        self.handled.append(update.update_id)


async def add_members(intake: Intake, *accounts: int) -> None:
    """These accounts are people of the seminar."""

    def add(connection: sqlite3.Connection) -> None:
        for account in accounts:
            one = person.add(connection, account, username=None, language="en", role=Role.TEACHER, now=START)
            activate(connection, one.id, START)

    await intake.db.write(add)


@pytest.fixture
async def intake(tmp_path: Path) -> AsyncIterator[Intake]:
    world = World(SystemClock())
    async with TelegramServer(BotApi(world)) as server:
        built = Intake(tmp_path, world, server)
        await built.start()
        try:
            yield built
        finally:
            await built.stop()
