"""Flood: strangers, a group, a backlog and chatty members beside calls for help, at Telegram's own rate.

The invariants say how long an alert may take, how many messages a second may hold, that nothing is said to be passed on
without a row behind it, and that nothing is left of who erased everything.
"""

import asyncio
import random
import signal
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.buttons.admission import AskAdmission
from bot.buttons.help import AskHelp
from bot.buttons.me import EraseMe
from bot.payload import Payload
from rehearsal.telegram import Account, FloodLimits, GroupChat, TelegramServer
from rehearsal.telegram.flood import FloodControl
from rehearsal.telegram.journal import AcceptedCall
from tests.soak import setup, snapshots
from tests.soak.flood_invariants import Call, FloodEvidence, check_invariants
from tests.soak.journal import Pause, read
from tests.soak.outbound import KILLED, Tell
from tests.soak.process_run import Launcher, ProcessRun
from tests.soak.telegram import SoakTelegram

_RATE: Final = "28"
_CHATTY: Final = 40  # members who write once a second
_IN_GROUP: Final = 300
_STRANGERS: Final = 300  # who ask to be let in
_ORGANIZERS: Final = 3
_INTERVAL_SECONDS: Final = (
    4.0  # between two calls for help, and between two questions: a chat takes one message a second
)
_ERASED: Final = 5  # of those who called
_DRAIN_SECONDS: Final = 240.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How much: `seconds` of flood, with so many kills in them, after a backlog of so many messages of one stranger."""

    seconds: float
    kills: int
    backlog: int
    seed: int


async def run(folder: Path, plan: Plan, tell: Tell) -> dict[str, Any]:
    """Run it and return results and figures."""
    started = time.monotonic()
    flood = Flood(folder, plan, tell)
    async with AsyncExitStack() as stack:
        stack.callback(flood.telegram.journal.close)
        try:
            await flood.run(stack)
        finally:
            flood.end()
    return {"seed": plan.seed, "seconds": round(time.monotonic() - started, 1), **check_invariants(flood.evidence)}


class Flood:
    """One flood, in one folder."""

    def __init__(self, folder: Path, plan: Plan, tell: Tell) -> None:
        self._folder = folder
        self._plan = plan
        self._tell = tell
        self._random = random.Random(plan.seed)
        seminar = setup.copy_seminar(folder, agenda=600, morning=600, lesson=600, evening=640)
        self.telegram = SoakTelegram(folder / "journal.jsonl", seed=plan.seed)
        self.telegram.world.flood = FloodControl(FloodLimits(per_chat_burst=6))
        people = self._people
        self._organizers = people("Organizer", _ORGANIZERS)
        self._chatty = people("Chatty", _CHATTY)
        count = int(plan.seconds / _INTERVAL_SECONDS) + 2
        self._callers = people("Caller", count)
        self._askers = people("Asker", count)
        self._strangers = people("Applicant", _STRANGERS)
        self._spammer = self._account("Spammer")
        self._in_group = people("Member", _IN_GROUP)
        self._group = GroupChat(self.telegram.world, "Everybody", self._in_group)
        self._run: ProcessRun | None = None
        self._members = [*self._chatty, *self._callers, *self._askers]
        self._seminar = seminar
        self.evidence = FloodEvidence(folder / "hamroh.db", {one.id for one in self._organizers})
        self.telegram.world.on_accept.append(self._accepted)

    def _account(self, name: str) -> Account:
        return Account(self.telegram.world, name, language_code="en")

    def _people(self, name: str, count: int) -> list[Account]:
        return [self._account(f"{name} {number}x") for number in range(count)]

    def _accepted(self, entry: AcceptedCall) -> None:
        if entry.chat_id is not None:
            new = entry.method.startswith(("send", "copy"))
            self.evidence.saw(time.time(), entry.chat_id, str(entry.params.get("text", "")), new=new)

    # --- the run ----------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Leave no process behind."""
        if self._run is not None:
            self._run.signal()

    async def run(self, stack: AsyncExitStack) -> None:
        """A start into a backlog, a flood with kills in it, erasures, and a stop."""
        server = await stack.enter_async_context(TelegramServer(self.telegram))
        env = setup.environment(self._folder, server.url) | {"HAMROH_RATE": _RATE}
        launcher = await stack.enter_async_context(Launcher(env, self._folder / "bot.log"))
        first = await self._start(launcher)
        first.signal()
        await first.end(10)
        setup.add_members(self.evidence.database, self._seminar, self._members, self._organizers)
        await self._backlog()
        run = await self._start(launcher)
        everybody = [*map(self._chats, self._chatty), self._shouts(), self._apply(), self._calls(), self._asks()]
        tasks = [asyncio.ensure_future(one) for one in everybody]
        try:
            run = await self._kills(launcher, run)
        finally:
            for task in tasks:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tell("the flood is over: waiting for the rest")
        await self._wait_idle(run)
        for account in self._callers[:_ERASED]:
            await self._press(account, EraseMe())
            self.evidence.erased.append((account.id, account.name))
        await self._wait_idle(run)
        run.signal(signal.SIGTERM)
        self.evidence.stopped_well = await run.end(15) == 0
        self.evidence.pauses = [line for line in read(self.telegram.journal.path) if isinstance(line, Pause)]

    async def _start(self, launcher: Launcher) -> ProcessRun:
        polled = self.telegram.polled
        run = await launcher.fork()
        while self.telegram.polled == polled:
            if await run.end(0.02) is not None:
                raise AssertionError("the bot did not start; see bot.log")
        self._run = run
        self.evidence.ready.append(time.time())
        return run

    async def _kills(self, launcher: Launcher, run: ProcessRun) -> ProcessRun:
        for _ in range(self._plan.kills):
            await self._stays_alive(run, self._plan.seconds / (self._plan.kills + 1))
            run.signal()
            if await run.end(10) not in KILLED:
                raise AssertionError("a process run ended by itself; see bot.log")
            self.evidence.kills.append(time.time())
            run = await self._start(launcher)
        await self._stays_alive(run, self._plan.seconds / (self._plan.kills + 1))
        return run

    @staticmethod
    async def _stays_alive(run: ProcessRun, seconds: float) -> None:
        if await run.end(seconds) is not None:
            raise AssertionError("the bot ended by itself; see bot.log")

    async def _wait_idle(self, run: ProcessRun) -> None:
        deadline = time.monotonic() + _DRAIN_SECONDS
        while time.monotonic() < deadline:
            await self._stays_alive(run, 0.5)
            if not len(self.telegram.world.updates) and snapshots.is_idle(self.evidence.database) and self._wiped():
                return

    def _wiped(self) -> bool:
        with setup.read_only(self.evidence.database) as connection:
            return connection.execute("SELECT 1 FROM wipe").fetchone() is None

    # --- who makes noise --------------------------------------------------------------------------------------------

    async def _backlog(self) -> None:
        for number in range(self._plan.backlog):
            await self._spammer.sends(f"unread {number}")
        await self._call(self._callers[0])

    async def _chats(self, account: Account) -> None:
        while True:
            await account.sends("/today")
            await asyncio.sleep(1.0)

    async def _shouts(self) -> None:
        """One stranger writes twenty times a second, and in a group ten people type commands."""
        while True:
            await self._spammer.sends("hello?")
            await self._random.choice(self._in_group).sends("/help", chat=self._group)
            await asyncio.sleep(0.05)

    async def _apply(self) -> None:
        for account in self._strangers:
            await account.starts()
            await self._press(account, AskAdmission())
            await asyncio.sleep(self._plan.seconds / _STRANGERS)

    # --- who calls for help, and who asks ----------------------------------------------------------------------------

    async def _calls(self) -> None:
        for account in self._callers[1:]:
            await self._call(account)
            await asyncio.sleep(_INTERVAL_SECONDS)

    async def _asks(self) -> None:
        for account in self._askers:
            await asyncio.sleep(_INTERVAL_SECONDS)
            await self._press(account, AskHelp("question"))
            await asyncio.sleep(0.5)
            self.evidence.calls.append(Call(time.time(), account.id, account.name, urgent=False))
            await account.sends(f"Where is {account.name} to go?")

    async def _call(self, account: Account) -> None:
        self.evidence.calls.append(Call(time.time(), account.id, account.name, urgent=True))
        await self._press(account, AskHelp("unwell"))

    async def _press(self, account: Account, payload: Payload) -> None:
        """A press of a button under an earlier message of the bot, whichever that was."""
        query = {
            "id": self.telegram.world.queries.open(account),
            "from": account.user,
            "chat_instance": "7",
            "data": payload.pack(),
            "message": {"message_id": 7, "date": self.telegram.world.now(), "chat": account.to_api(), "text": "x"},
        }
        self.telegram.world.push("callback_query", query)
        await asyncio.sleep(0)
