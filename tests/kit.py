"""A system of people for the tests: the whole bot in this process, speaking to the stand-in Telegram without HTTP.

Real SQLite, real routing, the real inbox, planner and dispatcher. People act through phones and see what phones show.
"""

import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from telegram.request import BaseRequest, RequestData

from bot.access import Role
from bot.answers import accepted, refusal
from bot.app import App
from bot.programme import Seminar
from bot.settings import Settings
from bot.store import person
from rehearsal import queries
from rehearsal.bot_under_test import events_after
from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, BotApi, FloodLimits, TelegramServer, World
from tests import loaded
from tests.members import activate

ROOT = Path(__file__).parent.parent
SEMINAR = ROOT / "seminars" / "sejong-2025"
TOKEN = "1:rehearsal"
OWNER = 7_100_000_001  # the first account that a World makes


def judged(status: int, answer: object) -> tuple[int, bytes]:
    """An answer of the world as the bot's own transport hands it on."""
    try:
        body = orjson.dumps(answer)
    except TypeError:  # half an emoji, a number beyond 64 bits
        body = json.dumps(answer).encode()
    if not 200 <= status <= 299:
        raise refusal(status, body)
    return status, body


class Direct(BaseRequest):
    """python-telegram-bot's requests, handed to the world as they are."""

    parse_json_payload = staticmethod(accepted)

    def __init__(self, world: World) -> None:
        self._api = BotApi(world)

    @property
    def read_timeout(self) -> float | None:
        return 30.0

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the signature is PTB's
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        params: Mapping[str, object] = request_data.parameters if request_data else {}
        files: dict[str, tuple[str, bytes]] = {}
        if request_data is not None and request_data.contains_files:
            for key, (filename, content, _mime) in request_data.multipart_data.items():
                files[key] = (filename, content if isinstance(content, bytes) else content.read())
        return judged(*await self._api.call(name, params, files))


@dataclass
class System:
    """The bot, its world, its clock, and the people in it."""

    app: App
    world: World
    clock: RehearsalClock
    opens: Callable[[], AbstractAsyncContextManager[App]]
    life: AsyncExitStack

    @asynccontextmanager
    async def without_bot(self) -> AsyncIterator[None]:
        """Nobody answers inside of the block; at its end the bot starts again, on the same database."""
        await self.life.aclose()
        yield
        self.app = await self.life.enter_async_context(self.opens())

    def passes(self, moment: str) -> None:
        """Be at a moment of Sejong without waiting for anybody."""
        self.clock.jump_to(datetime.fromisoformat(moment).replace(tzinfo=self.seminar.zone))

    @property
    def seminar(self) -> Seminar:
        return self.app.runtime.seminar

    def stranger(self, name: str = "Stranger", *, language: str = "en", username: str = "") -> Account:
        """A person with a phone who has never heard of the bot."""
        return Account(self.world, name, language_code=language, username=username)

    async def member(self, name: str, role: Role, *, language: str = "en", group: str | None = None) -> Account:
        """Someone who has joined already, in one transaction instead of six taps."""
        account = Account(self.world, name, language_code=language)
        await self._joins(account, role, language, group)
        return account

    async def teacher(self, name: str = "Ситора", *, language: str = "en", group: str | None = None) -> Account:
        if group is None and self.seminar.has_groups:
            group = self.seminar.groups[0].key
        return await self.member(name, Role.TEACHER, language=language, group=group)

    async def organizer(self, name: str = "Minji", *, language: str = "en") -> Account:
        return await self.member(name, Role.ORGANIZER, language=language)

    async def coordinator(self, name: str = "Farhod", *, language: str = "en") -> Account:
        return await self.member(name, Role.COORDINATOR, language=language)

    async def owner(self) -> Account:
        """The person whom the settings name an owner, having joined."""
        account = Account.get(self.world, OWNER)
        await self._joins(account, Role.ORGANIZER, "en", None)
        return account

    async def _joins(self, account: Account, role: Role, language: str, group: str | None) -> None:
        now = self.clock.now()

        def join(connection: sqlite3.Connection) -> None:
            added = person.add(connection, account.id, username=None, language=language, role=role, now=now)
            person.set_name(connection, added.id, account.name)
            person.set_group(connection, added.id, group)
            activate(connection, added.id, now)

        await self.app.runtime.db.write(join)
        account.started = True

    async def at(self, moment: str) -> None:
        """Let the time pass until `2025-08-04 09:00` in Sejong, with everything that falls due."""
        await self._until(datetime.fromisoformat(moment).replace(tzinfo=self.seminar.zone))

    async def later(self, **span: float) -> None:
        """Let so many minutes, hours, days pass."""
        await self._until(self.clock.now() + timedelta(**span))

    async def jumps_to(self, moment: str) -> None:
        """Be at a moment at once, as after hours without electricity; then let everything settle."""
        self.passes(moment)
        await self.wait_idle()

    async def _until(self, target: datetime) -> None:
        await self.wait_idle()
        while (event := await self._next_event()) is not None and event < target:
            self.clock.jump_to(max(event, self.clock.now()))
            await self.wait_idle()
        self.clock.jump_to(max(target, self.clock.now()))
        await self.wait_idle()

    async def _next_event(self) -> datetime | None:
        now = self.clock.now()
        planned = events_after(self.seminar, now, now, self.app.planners)
        waiting = await self.app.runtime.db.read(queries.next_at, now=now)
        return min([*(event.due_at for event in planned), *([waiting] if waiting else [])], default=None)

    async def wait_idle(self) -> None:
        """Return when no update is unhandled and nothing that is due is unsent."""
        while True:
            if not await self.world.updates.confirmed.wait_for(lambda: not len(self.world.updates), 10):
                raise AssertionError("the bot does not fetch its updates")
            await self.app.wait_idle()
            if not len(self.world.updates):
                return

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """What the database holds, read beside the bot."""
        with closing(sqlite3.connect(self.app.runtime.db.path)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql, values)]

    def value(self, sql: str, *values: object) -> Any:
        """The one value that the query gives."""
        [row] = self.rows(sql, *values)
        return next(iter(row.values()))


def settings(folder: Path, **changes: Any) -> Settings:
    """Settings for a bot whose files are in `folder`, untouched by the environment's own."""
    values: dict[str, Any] = {
        "token": TOKEN,
        "owners": frozenset({OWNER}),
        "seminar": SEMINAR,
        "starts_on": date(2025, 8, 4),
        "database": folder / "hamroh.db",
        "rate": 1000.0,
        **changes,
    }
    return Settings(_env_file=None, **values)


@asynccontextmanager
async def open_system(
    folder: Path,
    start: str = "2025-08-04 06:00",
    *,
    http: bool = False,
    flood: FloodLimits | None = None,
    **changes: Any,
) -> AsyncIterator[System]:
    """The system, standing at `start` in Sejong; checks at the end that the bot broke no rule of Telegram.

    With `http` the bot speaks to the stand-in over a real socket, through its own transport.
    """
    clock = RehearsalClock(datetime.fromisoformat(f"{start}+09:00"))
    # The calendar stands where the test put it, however slow the machine; a pause of a second between two messages
    # in a chat takes a fiftieth.
    clock.pause(counting=50.0)
    world = World(clock, token=TOKEN, flood=flood)
    Account(world, "Owner", language_code="en")
    async with AsyncExitStack() as stack:
        request: BaseRequest | None = Direct(world)
        if http:
            server = await stack.enter_async_context(TelegramServer(BotApi(world)))
            request, changes["api_url"] = None, server.url
        stack.enter_context(loaded.once())
        opens = partial(App.open, settings(folder, **changes), clock, request=request)
        life = await stack.enter_async_context(AsyncExitStack())
        system = System(await life.enter_async_context(opens()), world, clock, opens, life)
        yield system
        await system.wait_idle()
    # A tap that comes twice asks for the same screen twice: nobody can know that before Telegram says so.
    assert [one for one in world.violations if "message is not modified" not in one.description] == []
