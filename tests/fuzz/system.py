"""The bot in this process, a Telegram that delivers anything, and simulated users whose real updates are mutated."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from telegram.request import RequestData

from bot.access import Role
from bot.app import App
from bot.store import joining as joining_store
from bot.store import person
from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, BotApi, GroupChat, TelegramServer, World
from rehearsal.telegram.calls import ApiCall
from rehearsal.telegram.chats import Chat
from tests.kit import OWNER, TOKEN, Direct, judged, settings
from tests.members import activate

_FAST: Final = 10_000.0  # seconds of the rate limits in one of the machine's; the date stands still
_ROLES: Final = (Role.TEACHER,) * 12 + (Role.ORGANIZER,) * 3 + (Role.COORDINATOR,) * 2
_COMMANDS: Final = (
    "start", "me", "today", "agenda", "checkin", "lesson", "help", "broadcast", "stats", "invite", "missing",
    "language", "progress", "info", "start abcdef",
)  # fmt: skip
_CLEAN_UP: Final = (
    "DELETE FROM inbox WHERE state = 'done'",
    "DELETE FROM help_message",
    "DELETE FROM help",
    "DELETE FROM alert",
    "DELETE FROM admission",
    "DELETE FROM outbox WHERE state NOT IN ('due', 'sending')",
    "DELETE FROM broadcast WHERE state IN ('finished', 'dropped')",
)


class AnyChat(World):
    """Telegram that knows every chat: what a bot writes to one that nobody plays is accepted and forgotten."""

    sink: Account

    def chat_of(self, call: ApiCall, name: str = "chat_id") -> Chat:
        """The chat, or the one that stands for all others."""
        number = call.params.get(name)
        return self.chats.get(number, self.sink) if isinstance(number, int) else super().chat_of(call, name)


class InProcessTransport(Direct):
    """`Direct`, without files."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the signature is PTB's
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """The answer as bytes, half emoji and numbers of any size included, read by the bot's own reader."""
        name = url.rsplit("/", 1)[1]
        params = request_data.parameters if request_data else {}
        return judged(*await self._api.call(name, params))


class FuzzedSystem:
    """The system under test with its simulated users, and the updates that they have made."""

    def __init__(self, app: App, world: AnyChat, clock: RehearsalClock) -> None:
        self.app = app
        self.world = world
        self.clock = clock
        self.members = [Account(world, f"Member {n}", language_code="en", username=f"m{n}") for n in range(len(_ROLES))]
        self.control_user = Account(world, "Good teacher", language_code="en")
        self.outsiders = [Account(world, f"Outsider {n}", language_code="ko") for n in range(3)]
        world.sink = Account(world, "Everyone else")
        for account in world.accounts.values():
            account.started = True

    async def join(self) -> None:
        """Make members of those who are none (any more)."""
        now = self.clock.now()
        group = self.app.runtime.seminar.groups[0].key

        def add(connection: sqlite3.Connection) -> None:
            for account, role in [*zip(self.members, _ROLES, strict=True), (self.control_user, Role.TEACHER)]:
                added = joining_store.begin(connection, account.id, username=None, language="en", role=role, now=now)
                person.set_name(connection, added.id, account.name)
                person.set_group(connection, added.id, group)
                activate(connection, added.id, now)
                person.set_reachable(connection, account.id, reachable=True)
                account.started, account.blocked = True, False

        await self.app.runtime.db.write(add)

    async def clean_up(self) -> None:
        """Throw away what a million updates would leave behind."""

        def clean(connection: sqlite3.Connection) -> None:
            for statement in _CLEAN_UP:
                connection.execute(statement)

        await self.app.runtime.db.write(clean)
        for chat in self.world.chats.values():
            for number in list(chat.messages)[:-20]:
                del chat.messages[number]
        self.world.violations.clear()

    async def samples(self) -> list[dict[str, Any]]:
        """Real updates of every kind that people make."""
        made: list[dict[str, Any]] = []
        self.world.updates.listeners.append(made.append)
        group = GroupChat(self.world, "Staff", members=self.members[-5:])
        for account in (*self.members, *self.outsiders):
            message = await account.sends("Салом 🙂 /help me")
            await account.sends("words", reply_to=message)
            await account.edits(message, "changed")
            for command in _COMMANDS:
                await account.sends(f"/{command}")
            await account.sends_sticker()
            await account.sends_voice()
            picture = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\1" * 2 + b"\x08\2\0\0\0"
            photo = await account.sends_photo(picture, "caption")
            await account.edits(photo, "another caption")
            await account.sends_album(picture, picture, caption="album")
            moving = await account.shares_location(38.5, 68.7)
            await account.moves(moving, 38.6, 68.8)
            await account.moves(moving, 38.7, 68.9, stops=True)
            await account.sends_document("a.pdf", b"%PDF")
            await account.sends_location(38.5, 68.7)
            await account.sends_contact()
            BotApi(self.world).answer("sendMessage", {"chat_id": account.id, "text": "old"})
            for _ in range(12):
                await account.presses_payload("here1:1", on=account.chat[-1])
            await account.blocks()
            await account.unblocks()
        await self.members[-1].sends("/today", chat=group)
        self.world.updates.listeners.remove(made.append)
        self.world.updates.take()
        return made


@asynccontextmanager
async def open_system(folder: Path, *, http: bool) -> AsyncIterator[FuzzedSystem]:
    """The system with everybody in it, at nine in the evening of the first day, where seconds count fast."""
    clock = RehearsalClock(datetime.fromisoformat("2025-08-04T21:00+09:00"))
    world = AnyChat(clock, token=TOKEN, flood=None)
    assert Account(world, "Owner", language_code="en").id == OWNER
    logging.getLogger("bot.intake").setLevel(logging.CRITICAL)
    if http:
        async with (
            TelegramServer(BotApi(world)) as server,
            App.open(settings(folder, api_url=server.url), clock) as app,
        ):
            yield await _joined(FuzzedSystem(app, world, clock))
    else:
        async with App.open(settings(folder), clock, request=InProcessTransport(world)) as app:
            yield await _joined(FuzzedSystem(app, world, clock))


async def _joined(system: FuzzedSystem) -> FuzzedSystem:
    await system.join()
    system.clock.pause(counting=_FAST)
    return system
