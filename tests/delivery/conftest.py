"""The delivery engine alone, over real HTTP, beside the stand-in Telegram, with kinds of its own."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot import arguments
from bot.access import MEMBERS, Role
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.fanout import Fanout
from bot.delivery.message_types import MessageType, MessageTypes, Rendering, no_context
from bot.delivery.rendering import Renderer
from bot.i18n import Locale, Locales
from bot.messages import operator_alert as operator_alert_messages
from bot.priority import Priority
from bot.programme.loading import load
from bot.rate_limiter import RateLimiter
from bot.screen import Change, Screen
from bot.sender import Sender
from bot.store import fanout, outbox, person, sent
from bot.store.claims import Row
from bot.store.database import Database
from bot.store.fanout import Occurrence
from bot.store.outbox import Draft
from bot.transport import ReqwestRequest
from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, BotApi, TelegramServer, World
from tests.members import activate

ROOT = Path(__file__).parent.parent.parent
START = datetime.fromisoformat("2025-08-04T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Said:
    """What a message of these tests says (None: it is not wanted any more), and to which group."""

    text: str | None
    group: str = ""


def render(given: Rendering[Said, None]) -> Screen | None:
    text = given.arguments.text
    if text == "failing":
        raise ValueError("this cannot be rendered")
    return None if text is None else Screen(f"{text} {given.recipient.name}".strip())


def title(_: Locale) -> str:
    return "Test"


def change(given: Rendering[Said, None]) -> Change:
    text = given.arguments.text
    return Change.deletion() if text is None else Change.text(Screen(text))


def what_the_first_row_became(connection: sqlite3.Connection, _arguments: Said, row: Row) -> tuple[int, ...]:
    return sent.message_ids_of(connection, f"party:person-{row.person_id}")


MESSAGE_TYPES = MessageTypes(
    [
        MessageType("note", Said, no_context, render, priority=Priority.NOTICE, title=title),
        MessageType("nudge", Said, no_context, render, priority=Priority.NUDGE, title=title, at_most_once=True),
        MessageType("shout", Said, no_context, render, priority=Priority.BROADCAST, title=title, shared=True),
        MessageType(
            "change",
            Said,
            no_context,
            change,
            priority=Priority.BROADCAST,
            title=title,
            shared=True,
            targets=what_the_first_row_became,
        ),
        *operator_alert_messages.MESSAGE_TYPES,
    ]
)


sample = cache(lambda: load(ROOT / "seminars" / "sejong-2025"))
catalogues = cache(Locales.load)


@dataclass
class DeliveryHarness:
    """The engine, running. `enqueue` and `schedule` write and wake; `wait_idle` waits until all of it is sent."""

    folder: Path
    clock: RehearsalClock
    world: World
    server: TelegramServer
    db: Database = field(init=False)
    dispatcher: Dispatcher = field(init=False)
    fanout: Fanout = field(init=False)
    request: ReqwestRequest = field(init=False)
    bot: Bot = field(init=False)
    limiter: RateLimiter = field(init=False)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        self.db = await Database.open(self.folder / "hamroh.db")
        self.request = ReqwestRequest(read=2.0)
        self.bot = Bot(self.world.token, base_url=f"{self.server.url}/bot", request=self.request)
        await self.request.initialize()
        self.limiter = RateLimiter(self.clock)
        sender = Sender(self.bot, self.limiter, self.clock, self.db)
        seminar = sample()
        self.dispatcher = Dispatcher(
            db=self.db,
            sender=sender,
            limiter=self.limiter,
            clock=self.clock,
            renderer=Renderer(MESSAGE_TYPES, lambda: seminar, catalogues()),
            random=random.Random(5),
            on_dead=partial(operator_alert_messages.tell_undelivered, owners=()),
        )
        self.fanout = Fanout(
            self.db, self.clock, lambda: seminar, (), self.dispatcher.wake, counted=["agenda"], chunk=7
        )
        self.run()

    def run(self) -> None:
        self.tasks = [asyncio.create_task(self.dispatcher.run()), asyncio.create_task(self.fanout.run())]

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self.request.shutdown()
        await self.db.close()

    async def person(self, name: str = "Ситора", *, role: Role = Role.TEACHER, language: str = "en") -> Account:
        account = Account(self.world, name)
        account.started = True

        def join(connection: Any) -> None:
            one = person.add(connection, account.id, username=None, language=language, role=role, now=self.clock.now())
            person.set_name(connection, one.id, name)
            activate(connection, one.id, self.clock.now())

        await self.db.write(join)
        return account

    def draft(
        self, to: Account | int, text: str | None = "hello", *, key: str = "", kind: str = "note", **more: Any
    ) -> Draft:
        chat_id = to if isinstance(to, int) else to.id
        values: dict[str, Any] = {
            "occurrence": "event",
            "priority": MESSAGE_TYPES[kind].priority if kind in MESSAGE_TYPES else 50,
            "due_at": self.clock.now(),
            "expires_at": self.clock.now() + timedelta(hours=1),
            "data": arguments.write(Said(text)),
        } | more
        return Draft(key=key or f"{text}:{chat_id}", kind=kind, chat_id=chat_id, person_id=None, **values)

    async def enqueue(self, *drafts: Draft) -> None:
        def write(connection: Any) -> None:
            owned = [Draft(**{**_fields(one), "person_id": self._person_id(connection, one.chat_id)}) for one in drafts]
            outbox.enqueue(connection, owned, self.clock.now())

        await self.db.write(write)
        self.dispatcher.wake()

    async def schedule(self, *occurrences: Occurrence) -> None:
        await self.db.write(fanout.schedule, occurrences=occurrences, now=self.clock.now())
        self.fanout.wake()

    def occurrence(self, key: str = "party", text: str = "party", **more: Any) -> Occurrence:
        values: dict[str, Any] = {
            "kind": "shout",
            "priority": Priority.BROADCAST,
            "due_at": self.clock.now(),
            "expires_at": self.clock.now() + timedelta(hours=1),
            "roles": MEMBERS,
            "data": arguments.write(Said(text)),
        } | more
        return Occurrence(key, **values)

    async def wait_idle(self) -> None:
        async with asyncio.timeout(20):
            await self.fanout.wait_idle()
            await self.dispatcher.wait_idle()

    async def until_sent(self, seconds: float = 300) -> None:
        """Let the clock jump to each second try until nothing waits for one."""
        end = self.clock.now() + timedelta(seconds=seconds)
        await self.wait_idle()
        while (at := self.dispatcher.next_at) is not None and at < end:
            self.clock.jump_to(max(at, self.clock.now()))
            await self.wait_idle()

    async def rows(self, columns: str = "state", where: str = "1") -> list[tuple[Any, ...]]:
        sql = f"SELECT {columns} FROM outbox WHERE {where} ORDER BY id"
        return await self.db.read(lambda connection: [tuple(row) for row in connection.execute(sql)])

    @staticmethod
    def _person_id(connection: Any, chat_id: int) -> int | None:
        row = connection.execute("SELECT id FROM person WHERE telegram_id = ?", (chat_id,)).fetchone()
        return None if row is None else row[0]


def _fields(one: Draft) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Draft.__dataclass_fields__}


def texts(chat: Any) -> list[str]:
    return [message.text for message in chat.chat]


def journal(world: World) -> list[tuple[int | None, str]]:
    said: list[tuple[int | None, str]] = []
    world.on_accept.append(lambda entry: said.append((entry.chat_id, str(entry.params.get("text")))))
    return said


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[DeliveryHarness]:
    clock = RehearsalClock(START, speed=20.0)
    world = World(clock)
    async with TelegramServer(BotApi(world)) as server:
        built = DeliveryHarness(tmp_path, clock, world, server)
        await built.start()
        try:
            yield built
        finally:
            await built.stop()
