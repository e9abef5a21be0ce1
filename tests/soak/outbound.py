"""Outbound: messages that the bot starts, under kills and faults."""

import asyncio
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.i18n import Locales
from bot.programme import Seminar
from bot.views import me as me_view
from rehearsal.telegram import Account, TelegramServer
from rehearsal.telegram.faults import FaultKind
from tests.soak import broadcast_invariants, setup, snapshots
from tests.soak.evidence import Evidence
from tests.soak.fork_server import POINTS, PUBLISH_POINTS
from tests.soak.invariants import check_invariants
from tests.soak.journal import Kill
from tests.soak.outbound_users import OutboundUsers
from tests.soak.process_run import Launcher, ProcessRun
from tests.soak.programme_invariants import ProgrammeEvidence, behind, check_programme, half_published
from tests.soak.telegram import SoakTelegram
from tests.soak.workload import Workload

FAULTS: Final = {FaultKind.LOST_ANSWER: 0.02, FaultKind.ERROR_AFTER: 0.01, FaultKind.THROTTLED: 0.02}
_LONGEST_RUN_SECONDS: Final = 1.5  # seconds until a random kill
_LONG_RUN_SECONDS: Final = (5.0, 12.0)  # and of one process run in so many: long enough for last tries
_LONG_RUN_EVERY: Final = 20
_CRASH_TIMEOUT_SECONDS: Final = 3.0  # until an aimed kill whose point is not reached becomes a random one
_DRAIN_SECONDS: Final = 300.0
_ENOUGH: Final = 3_000  # rows that wait, some of them for a long process run; with fewer, something new is scheduled
KILLED: Final = frozenset({9, -9})
_AT_RANDOM: Final = "at random"
_LAST_MIGRATION: Final = 9_999

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much. So many `kills` come at a crash point, and as many at random, those that missed their point included.

    Without any, `events` are scheduled at the start.
    """

    kills: int
    teachers: int
    seed: int
    events: int = 0
    latency: float = 0.01
    faulty: bool = True  # lost answers, 5xx after acceptance, 429; without them the end needs no second tries


async def run(folder: Path, plan: Plan, tell: Tell) -> dict[str, Any]:
    """Run it and return results and counts. Raises what an organizer met who waited in vain."""
    started = time.monotonic()
    soak = Outbound(folder, plan, tell)
    try:
        async with AsyncExitStack() as stack:
            await soak.open(stack)
            await soak.run()
    finally:
        soak.telegram.journal.close()
    evidence = Evidence.read(folder, gone=soak.users.gone, workload=soak.workload, changed=soak.terminal_states.changed)
    seconds = round(time.monotonic() - started, 1)
    decided = broadcast_invariants.check(folder / "hamroh.db", soak.users, soak.teachers)
    return {
        "seed": plan.seed,
        "seconds": seconds,
        **check_invariants(evidence, more=check_programme(soak.programme()) | decided),
        "stopped_well": soak.stopped_well,
        **soak.counts(),
    }


class Outbound:
    """One soak, in one folder."""

    def __init__(self, folder: Path, plan: Plan, tell: Tell) -> None:
        self._folder = folder
        self._database = folder / "hamroh.db"
        self._log = folder / "bot.log"
        self._plan = plan
        self._tell = tell
        self._random = random.Random(plan.seed)
        self._seminar: Seminar = setup.copy_seminar(folder, agenda=1, morning=1, lesson=2, evening=2)
        self.telegram = SoakTelegram(folder / "journal.jsonl", seed=plan.seed)
        self.telegram.goodbye = str(me_view.erased(Locales.load()["en"], told=False, named=False).text)[:40]
        self.teachers = [self._account(f"Teacher {number}") for number in range(1, plan.teachers + 1)]
        self._organizers = [self._account("Minji"), self._account("Aziz")]
        self.users = OutboundUsers(
            self.telegram, self.teachers, self._organizers, today=self._seminar.first, seed=plan.seed
        )
        self.workload = Workload(self._database, self._seminar, seed=plan.seed)
        self.terminal_states = snapshots.TerminalStates(self._database)
        self.stopped_well = False
        self._halves: list[str] = []  # what a kill left of a publish, if anything
        self._kills: Counter[str] = Counter()
        self._missed = 0

    def _account(self, name: str) -> Any:
        return Account(self.telegram.world, name, language_code="en")

    # --- the run ----------------------------------------------------------------------------------------------------

    async def open(self, stack: AsyncExitStack) -> None:
        """Let the stand-in listen, kill the first runs in each migration, and let the people in."""
        server = await stack.enter_async_context(TelegramServer(self.telegram))
        env = setup.environment(self._folder, server.url)
        self._launcher = await stack.enter_async_context(Launcher(env, self._log))
        if self._plan.kills:
            await self._crash_in_migrations()
        run = await self._launcher.fork()
        while not self.telegram.polled:
            await self._check_alive(run)
        run.signal()
        await run.end(10)
        setup.add_members(self._database, self._seminar, self.teachers, self._organizers)

    async def run(self) -> None:
        """Kill again and again, then let it become idle, and stop it as systemd does."""
        faults = self.telegram.world.faults
        faults.chances = dict(FAULTS) if self._plan.faulty else {}
        faults.methods = frozenset({"sendMessage", "editMessageText"})
        faults.retry_after = 2
        faults.latency = (0.0, self._plan.latency)
        self.users.start()
        for _ in range(self._plan.events):
            self.workload.schedule()
        await self._kill()
        await self._wait_idle()

    def programme(self) -> ProgrammeEvidence:
        """What there is of the programme now, on phones and in the database."""
        return ProgrammeEvidence.read(
            self._database, self.users, self.teachers, published=self.workload.published, halves=self._halves
        )

    def counts(self) -> dict[str, Any]:
        """What happened."""
        aimed = {how: number for how, number in sorted(self._kills.items()) if how != _AT_RANDOM}
        return {
            "aimed_kills": sum(aimed.values()),
            "random_kills": self._kills[_AT_RANDOM],
            "aimed": aimed,
            "aimed_kills_that_missed": self._missed,
            "requests_accepted": dict(self.telegram.world.accepted),
            "faults": dict(self.telegram.failure_counts),
            "events_scheduled": len(self.workload.scheduled),
            "versions_between_runs": self.workload.published,
            **self.users.counts(),
            "violations": [str(one) for one in self.telegram.world.violations][:5],
        }

    # --- what there is to send --------------------------------------------------------------------------------------

    def _add_work(self, number: int) -> None:
        users = self.users
        if number % 12 == 9:
            self.workload.publish(self._organizers[-1].id)
        elif self.workload.waiting() < _ENOUGH:
            self.workload.schedule()
        users.some_ask()
        if number % 5 == 1:
            self.workload.enqueue_special_rows()
        asked = {
            1: users.request_version,
            2: users.request_broadcast,
            5: users.request_decision,
            7: users.request_headcount,
        }
        done = {3: users.someone_blocks, 4: users.someone_is_lost, 13: users.someone_leaves}
        for act in (asked.get(number % 12), done.get(number % 20)):
            if act is not None:
                act()

    # --- process runs -----------------------------------------------------------------------------------------------

    async def _kill(self) -> None:
        """Kill so many runs at random, and at crash points until so many were hit (or three tries each were made)."""
        chance, tries, hits, number = self._plan.kills, 3 * self._plan.kills, 0, 0
        while (aims := hits < self._plan.kills and tries > 0) or chance > 0:
            aimed = aims and (chance <= 0 or self._random.random() < 0.5)
            self._add_work(number)
            hits += await self._one_run(aimed)
            tries -= aimed
            chance -= not aimed
            number += 1
            self.users.failed()
            if number % 25 == 0:
                self._tell(
                    f"{number} process runs, {hits} aimed kills, {self.telegram.world.accepted['sendMessage']} messages"
                )

    async def _crash_in_migrations(self) -> None:
        """Once in each; the soak's own migration comes after all the real ones."""
        number = 0
        while True:
            number += 1
            run = await self._launcher.fork("migration", number)
            if await run.end(20) not in KILLED:
                raise AssertionError(f"the bot did not crash in migration {number}; see {self._log}")
            with setup.read_only(self._database) as connection:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            assert version <= number - 1, f"killed in migration {number}, the database is at version {version}"
            assert (tables == 0) == (version == 0), "half a migration is left"
            self._kills["migration"] += 1
            if version < number - 1:
                return

    async def _one_run(self, aimed: bool) -> bool:
        """Start one process run and kill it; whether it ended at its crash point."""
        run, point = await self._start(aimed)
        if point == "accepted":
            hit = await self._kill_at_acceptance(run)
        else:
            hit = bool(point) and await run.end(_CRASH_TIMEOUT_SECONDS) is not None
        if not hit:
            self._missed += aimed
            await run.end(0.1 if aimed else self._span())
            run.signal()
        status = await run.end(10)
        if status not in KILLED:
            raise AssertionError(f"a process run ended by itself (status {status}); see {self._log}")
        how = point if hit else _AT_RANDOM
        self._kills[how] += 1
        sending, paused = snapshots.in_flight(self._database)
        self.telegram.journal.write(Kill(time.time(), how, hit, sending, paused))
        self.terminal_states.check()
        with suppress(sqlite3.OperationalError), setup.read_only(self._database) as connection:  # no table yet
            self._halves += half_published(connection)
        return hit

    def _span(self) -> float:
        is_long = self._random.randrange(_LONG_RUN_EVERY) == 0
        return self._random.uniform(*_LONG_RUN_SECONDS) if is_long else self._random.uniform(0.0, _LONGEST_RUN_SECONDS)

    async def _start(self, aimed: bool) -> tuple[ProcessRun, str]:
        chance = self._random.random()
        if not aimed:
            return await (self._launcher.execute() if chance < 0.1 else self._launcher.fork()), ""
        if self.users.tasks.is_publishing and chance < 0.7:
            point = self._random.choice(PUBLISH_POINTS)
            return await self._launcher.fork(point), point
        if chance < 0.3:
            return await self._launcher.fork(), "accepted"
        point = "migration" if chance < 0.33 else self._random.choice(POINTS)
        return await self._launcher.fork(point, self._nth(point)), point

    def _nth(self, point: str) -> int:
        if point == "migration":
            return _LAST_MIGRATION
        return self._random.randint(1, 12 if point.startswith(("claim", "complete", "any")) else 3)

    async def _kill_at_acceptance(self, run: ProcessRun) -> bool:
        self.telegram.arm(self._random.randint(1, 120), run.signal)
        hit = await run.end(_CRASH_TIMEOUT_SECONDS) is not None
        self.telegram.disarm()
        return hit

    # --- the end ----------------------------------------------------------------------------------------------------

    async def _wait_idle(self) -> None:
        """Everything that is due goes out, and agendas follow; then the process is asked to stop."""
        # After an edit that failed the bot rests for ten seconds: hundreds of agendas would take minutes.
        self.telegram.world.faults.methods = frozenset({"sendMessage"})
        run = await self._launcher.fork()
        self._tell("no more kills: waiting for the rest to go out")
        stopped = asyncio.ensure_future(self.users.stop())
        waiting = self.workload.waiting() + self._plan.events * self._plan.teachers
        deadline = time.monotonic() + _DRAIN_SECONDS + waiting / 200
        last = time.monotonic()
        while time.monotonic() < deadline:
            await self._check_alive(run)
            if (
                stopped.done()
                and self.users.idle
                and not len(self.telegram.world.updates)
                and snapshots.is_idle(self._database)
                and not any(behind(self.programme()))
            ):
                break
            if time.monotonic() - last > 20:
                last = time.monotonic()
                self._tell(f"{self.workload.waiting()} wait, {self.telegram.world.accepted['sendMessage']} messages")
        await stopped
        run.signal(signal.SIGTERM)
        self.stopped_well = await run.end(11) == 0

    async def _check_alive(self, run: ProcessRun) -> None:
        if await run.end(0.2) is not None:
            raise AssertionError(f"the bot ended by itself; see {self._log}")
