"""The system under test: the whole bot in this process, speaking to the stand-in Telegram without HTTP.

Real SQLite, real routing, the real inbox, planner and dispatcher. Users act through phones and see what phones show.
"""

import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import datetime, timedelta
from functools import reduce
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from telegram.request import BaseRequest

from bot.access import Role
from bot.app import App
from bot.programme import Seminar
from bot.programme import document as documents
from bot.programme.edits import Edit, edited
from bot.services import programme as programme_service
from bot.services.programme import Published, Stale
from bot.settings import Settings
from bot.store import invite as invite_store
from bot.store import person
from rehearsal import queries
from rehearsal.bot_under_test import occurrences_after
from rehearsal.clock import RehearsalClock
from rehearsal.telegram import BotApi, FloodLimits, GroupChat, TelegramServer, World
from tests import loaded
from tests.kit.groups import Group
from tests.kit.jobs import SameProcessJobs
from tests.kit.request import Direct
from tests.kit.settings import TOKEN, settings
from tests.kit.users import User
from tests.members import activate

P = ParamSpec("P")
T = TypeVar("T")

_HELD: Final = "the test holds everything back"


class System:
    """The bot, the stand-in Telegram, its clock, and the users. Within `async with` the bot runs."""

    def __init__(self, world: World, clock: RehearsalClock, configured: Settings, request: BaseRequest | None) -> None:
        self.world = world
        self.clock = clock
        self.app: App
        # The user whom the settings name an owner, who has not joined yet.
        self.owner_account = self.stranger("Owner")
        self.real_jobs = False  # whether the next start has a process for jobs, as outside of tests
        self._settings = configured
        self._request = request
        self._running = AsyncExitStack()
        self._unwaited = 0

    async def __aenter__(self) -> "System":
        await self._start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._running.aclose()

    async def _start(self) -> None:
        self.app = await self._running.enter_async_context(App.open(self._settings, self.clock, request=self._request))
        if not self.real_jobs:
            runtime = self.app.runtime
            runtime.jobs = SameProcessJobs(runtime.db.path, instead=runtime.jobs)

    async def _handled(self) -> bool:
        if self._unwaited:
            return False
        await self.wait_idle()
        return True

    @asynccontextmanager
    async def without_waiting(self) -> AsyncIterator[None]:
        """Users' actions inside of the block do not wait; at its end everything is handled."""
        self._unwaited += 1
        try:
            yield
        finally:
            self._unwaited -= 1
        await self._handled()

    @asynccontextmanager
    async def without_bot(self) -> AsyncIterator[None]:
        """Nobody answers inside of the block; at its end the bot starts again, on the same database."""
        async with self.without_waiting():
            await self._running.aclose()
            yield
            await self._start()

    @asynccontextmanager
    async def sending_stopped(self) -> AsyncIterator[None]:
        """Proactive messages wait inside of the block, and users' actions do not wait for them."""
        async with self.without_waiting():
            dispatcher = self.app.dispatcher
            dispatcher.halt(_HELD)
            try:
                yield
            finally:
                dispatcher.resume(_HELD)

    async def restarts(self, moment: str = "", **changes: object) -> None:
        """The operator stops the bot, changes its settings, and starts it again, perhaps at another moment."""
        async with self.without_bot():
            self._settings = self._settings.model_copy(update=changes)
            if moment:
                self.passes(moment)

    def passes(self, moment: str) -> None:
        """Be at a moment of Sejong without waiting for anybody."""
        self.clock.jump_to(datetime.fromisoformat(moment).replace(tzinfo=self.seminar.zone))

    @property
    def seminar(self) -> Seminar:
        return self.app.runtime.seminar

    def stranger(self, name: str = "Stranger", *, language: str = "en", username: str = "") -> User:
        """A person with a phone who has never heard of the bot."""
        return User(self.world, name, language_code=language, username=username, handled=self._handled)

    async def member(self, name: str, role: Role, *, language: str = "en", group: str | None = None) -> User:
        """Someone who has joined already, in one transaction instead of six taps."""
        account = self.stranger(name, language=language)
        await self._joins(account, role, language, group)
        return account

    async def teacher(self, name: str = "Ситора", *, language: str = "en", group: str | None = None) -> User:
        if group is None and self.seminar.has_groups:
            group = self.seminar.groups[0].key
        return await self.member(name, Role.TEACHER, language=language, group=group)

    async def organizer(self, name: str = "Minji", *, language: str = "en") -> User:
        return await self.member(name, Role.ORGANIZER, language=language)

    async def coordinator(self, name: str = "Farhod", *, language: str = "en") -> User:
        return await self.member(name, Role.COORDINATOR, language=language)

    async def owner(self, role: Role = Role.ORGANIZER) -> User:
        """The person whom the settings name an owner, having joined with a role."""
        account = self.owner_account
        await self._joins(account, role, "en", None)
        return account

    async def group(
        self, title: str, *members: User, forum: bool = True, basic: bool = False, bot_is_admin: bool = True
    ) -> Group:
        """A group of these members with the bot in it, with topics unless told otherwise."""
        chat = GroupChat(self.world, title, members, forum=forum and not basic, basic=basic, bot_is_admin=bot_is_admin)
        await self._handled()
        return Group(chat, self._handled)

    async def applicant(self, name: str, *, username: str = "") -> User:
        """A stranger who has asked the organizers to be let in."""
        someone = self.stranger(name, username=username)
        await someone.asks_to_be_let_in()
        return someone

    async def invitation(self, role: Role = Role.TEACHER, *, days: int = 30, made_by: User | None = None) -> str:
        """The code of a new invitation link, made on the command line or by an organizer."""
        now, maker = self.clock.now(), made_by.id if made_by else None
        return await self.write(invite_store.create, role, days=days, now=now, made_by=maker)

    async def _joins(self, account: User, role: Role, language: str, group: str | None) -> None:
        now = self.clock.now()

        def join(connection: sqlite3.Connection) -> None:
            added = person.add(connection, account.id, username=None, language=language, role=role, now=now)
            person.set_name(connection, added.id, account.name)
            person.set_group(connection, added.id, group)
            activate(connection, added.id, now)

        await self.write(join)
        account.started = True

    async def publishes(
        self,
        author: User,
        *edits: Edit,
        reason: Mapping[str, str] = {},
        followed: bool = True,
    ) -> Published | Stale:
        """The author publishes these edits of what runs. Not `followed`: as if a kill came after the commit."""
        current = self.app.runtime.current
        edits_made = reduce(edited, edits, current.seminar)
        document, base, now = documents.write(edits_made.days), current.version, self.clock.now()

        def publish(connection: sqlite3.Connection) -> Published | Stale:
            someone = person.by_telegram_id(connection, author.id)
            assert someone is not None
            return programme_service.publish(
                connection, current.seminar, document, base=base, author=someone, reason=reason, now=now
            )

        outcome = await self.write(publish)
        if followed:
            await self.app.runtime.follow_programme()
        return outcome

    async def at(self, moment: str) -> None:
        """Let the time pass until `2025-08-04 09:00` in Sejong, with everything that falls due."""
        await self._until(datetime.fromisoformat(moment).replace(tzinfo=self.seminar.zone))

    async def later(self, **span: float) -> None:
        """Let so many minutes, hours, days pass."""
        await self._until(self.clock.now() + timedelta(**span))

    async def jumps_to(self, moment: str) -> None:
        """Be at a moment at once, as after hours without electricity; then wait until the bot is idle."""
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
        planned = occurrences_after(self.seminar, now, now, self.app.planners)
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

    async def write(
        self, change: Callable[Concatenate[sqlite3.Connection, P], T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """Change the database in a transaction of the bot's, which gets the connection and these arguments."""
        return await self.app.runtime.db.write(change, *arguments, **named)

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """What the database holds, read beside the bot."""
        with closing(sqlite3.connect(self.app.runtime.db.path)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql, values)]

    def value(self, sql: str, *values: object) -> Any:
        """The one value that the query gives."""
        [row] = self.rows(sql, *values)
        return next(iter(row.values()))


@asynccontextmanager
async def open_system(
    folder: Path,
    start: str = "2025-08-04 06:00",
    *,
    http: bool = False,
    flood: FloodLimits | None = None,
    **changes: Any,
) -> AsyncIterator[System]:
    """The system, at `start` in Sejong; checks at the end that the bot broke no rule of Telegram.

    With `http` the bot speaks to the stand-in over a real socket, through its own transport.
    """
    clock = RehearsalClock(datetime.fromisoformat(f"{start}+09:00"))
    # The calendar stands where the test put it, however slow the machine; a pause of a second between two messages
    # in a chat takes a fiftieth.
    clock.pause(counting=50.0)
    world = World(clock, token=TOKEN, flood=flood)
    async with AsyncExitStack() as stack:
        request: BaseRequest | None = Direct(world)
        if http:
            server = await stack.enter_async_context(TelegramServer(BotApi(world)))
            request, changes["api_url"] = None, server.url
        stack.enter_context(loaded.once())
        system = await stack.enter_async_context(System(world, clock, settings(folder, **changes), request))
        yield system
        await system.wait_idle()
    # A tap that comes twice asks for the same screen twice: nobody can know that before Telegram says so.
    broken = [one for one in world.violations if "message is not modified" not in one.description]
    assert broken == [], broken
