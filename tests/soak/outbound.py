"""Outbound: messages that the bot starts, under kills and faults."""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.i18n import Catalogues
from bot.programme import Seminar
from bot.views import me
from rehearsal.telegram import TelegramServer
from rehearsal.telegram.faults import Kind as Trouble
from tests.soak import ground, snapshots
from tests.soak.crowd import Crowd
from tests.soak.evidence import Kill
from tests.soak.facts import Facts
from tests.soak.judge import judge
from tests.soak.life import Life, Lives
from tests.soak.provisions import Provisions
from tests.soak.stand import Stand
from tests.soak.victim import POINTS

FAULTS: Final = {Trouble.LOST_ANSWER: 0.02, Trouble.ERROR_AFTER: 0.01, Trouble.THROTTLED: 0.02}
_LONGEST_LIFE: Final = 1.5  # seconds until a random kill
_LASTING: Final = (5.0, 12.0)  # and of one life in so many: long enough for last tries
_LASTS: Final = 20
_LONGEST_AIM: Final = 3.0  # seconds until a bullet that meets nothing becomes a random kill
_DRAIN: Final = 300.0
_ENOUGH: Final = 3_000  # rows that wait, some of them for a life that lasts; with fewer, something new is scheduled
KILLED: Final = frozenset({9, -9})
_AT_RANDOM: Final = "at random"
_LAST_MIGRATION: Final = 9_999

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much. So many `kills` hit what they aim at, and as many, with those that miss, come at random.

    Without any, `events` are scheduled at the start.
    """

    kills: int
    teachers: int
    seed: int
    events: int = 0
    latency: float = 0.01
    faulty: bool = True  # lost answers, 5xx after acceptance, 429; without them the end needs no second tries


async def run(folder: Path, plan: Plan, tell: Tell) -> dict[str, Any]:
    """Play it and return verdicts and counts. Raises what an organizer met who waited in vain."""
    begun = time.monotonic()
    soak = Outbound(folder, plan, tell)
    try:
        async with AsyncExitStack() as stack:
            await soak.open(stack)
            await soak.play()
    finally:
        soak.stand.journal.close()
    facts = Facts.read(folder, gone=soak.crowd.gone, provisions=soak.provisions, changed=soak.final.changed)
    seconds = round(time.monotonic() - begun, 1)
    return {"seed": plan.seed, "seconds": seconds, **judge(facts), "stopped_well": soak.stopped_well, **soak.counts()}


class Outbound:
    """One soak, in one folder."""

    def __init__(self, folder: Path, plan: Plan, tell: Tell) -> None:
        self._folder = folder
        self._database = folder / "hamroh.db"
        self._log = folder / "bot.log"
        self._plan = plan
        self._tell = tell
        self._random = random.Random(plan.seed)
        self._seminar: Seminar = ground.copy_seminar(folder, agenda=1, morning=1, lesson=2, evening=2)
        self.stand = Stand(folder / "journal.jsonl", seed=plan.seed)
        self.stand.goodbye = str(me.erased(Catalogues.load()["en"], told=False, named=False).text)[:40]
        self._teachers = [self._account(f"Teacher {number}") for number in range(1, plan.teachers + 1)]
        self._organizers = [self._account("Minji"), self._account("Aziz")]
        self.crowd = Crowd(self.stand, self._teachers, self._organizers, today=self._seminar.first, seed=plan.seed)
        self.provisions = Provisions(self._database, self._seminar, seed=plan.seed)
        self.final = snapshots.Final(self._database)
        self.stopped_well = False
        self._kills: Counter[str] = Counter()
        self._missed = 0

    def _account(self, name: str) -> Any:
        return self.stand.account(name, language_code="en")

    # --- the play ---------------------------------------------------------------------------------------------------

    async def open(self, stack: AsyncExitStack) -> None:
        """Let the stand-in listen, kill the first lives in each migration, and let the people in."""
        server = await stack.enter_async_context(TelegramServer(self.stand))
        env = ground.environment(self._folder, server.url)
        self._lives = await stack.enter_async_context(Lives(env, self._log))
        if self._plan.kills:
            await self._die_in_migrations()
        life = await self._lives.fork()
        while not self.stand.polled:
            await self._still(life)
        life.signal()
        await life.end(10)
        ground.settle_in(self._database, self._seminar, self._teachers, self._organizers)

    async def play(self) -> None:
        """Kill and kill, then let it come to rest, and stop it as systemd does."""
        faults = self.stand.faults
        faults.chances = dict(FAULTS) if self._plan.faulty else {}
        faults.methods = frozenset({"sendMessage", "editMessageText"})
        faults.retry_after = 2
        faults.latency = (0.0, self._plan.latency)
        self.crowd.begin()
        for _ in range(self._plan.events):
            self.provisions.schedule()
        await self._kill()
        await self._rest()

    def counts(self) -> dict[str, Any]:
        """What happened."""
        aimed = {how: number for how, number in sorted(self._kills.items()) if how != _AT_RANDOM}
        return {
            "aimed_kills": sum(aimed.values()),
            "random_kills": self._kills[_AT_RANDOM],
            "aimed": aimed,
            "bullets_that_met_nothing": self._missed,
            "requests_accepted": dict(self.stand.accepted),
            "faults": dict(self.stand.happened),
            "events_scheduled": len(self.provisions.scheduled),
            "broadcasts_by_organizers": self.crowd.broadcasts,
            "taps": self.crowd.taps,
            "violations": [str(one) for one in self.stand.violations][:5],
        }

    # --- what there is to send --------------------------------------------------------------------------------------

    def _provide(self, number: int) -> None:
        if self.provisions.waiting() < _ENOUGH:
            self.provisions.schedule()
        self.crowd.some_ask()
        if number % 5 == 1:
            self.provisions.odd_lot()
        if number % 12 == 2:
            self.crowd.order()
        if number % 20 == 3:
            self.crowd.someone_blocks()
        if number % 20 == 13:
            self.crowd.someone_leaves()

    # --- lives ------------------------------------------------------------------------------------------------------

    async def _kill(self) -> None:
        """Take so many lives at random, and aim until so many were hit (or three bullets for each were spent)."""
        chance, bullets, hits, number = self._plan.kills, 3 * self._plan.kills, 0, 0
        while (aims := hits < self._plan.kills and bullets > 0) or chance > 0:
            aimed = aims and (chance <= 0 or self._random.random() < 0.5)
            self._provide(number)
            hits += await self._one_life(aimed)
            bullets -= aimed
            chance -= not aimed
            number += 1
            self.crowd.failed()
            if number % 25 == 0:
                self._tell(f"{number} lives, {hits} aimed kills, {self.stand.accepted['sendMessage']} messages")

    async def _die_in_migrations(self) -> None:
        """Once in each; the soak's own migration comes after all the real ones."""
        number = 0
        while True:
            number += 1
            life = await self._lives.fork("migration", number)
            if await life.end(20) not in KILLED:
                raise AssertionError(f"the bot did not die in migration {number}; see {self._log}")
            with ground.reading(self._database) as connection:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            assert version <= number - 1, f"killed in migration {number}, the database is at version {version}"
            assert (tables == 0) == (version == 0), "half a migration is left"
            self._kills["migration"] += 1
            if version < number - 1:
                return

    async def _one_life(self, aimed: bool) -> bool:
        """Take one life; whether it ended where the bullet was aimed at."""
        life, point = await self._begin(aimed)
        if point == "accepted":
            shot = await self._shot(life)
        else:
            shot = bool(point) and await life.end(_LONGEST_AIM) is not None
        if not shot:
            self._missed += aimed
            await life.end(0.1 if aimed else self._span())
            life.signal()
        status = await life.end(10)
        if status not in KILLED:
            raise AssertionError(f"a life ended by itself (status {status}); see {self._log}")
        how = point if shot else _AT_RANDOM
        self._kills[how] += 1
        sending, paused = snapshots.in_flight(self._database)
        self.stand.journal.write(Kill(time.time(), how, shot, sending, paused))
        self.final.look()
        return shot

    def _span(self) -> float:
        lasts = self._random.randrange(_LASTS) == 0
        return self._random.uniform(*_LASTING) if lasts else self._random.uniform(0.0, _LONGEST_LIFE)

    async def _begin(self, aimed: bool) -> tuple[Life, str]:
        chance = self._random.random()
        if not aimed:
            return await (self._lives.execute() if chance < 0.1 else self._lives.fork()), ""
        if chance < 0.3:
            return await self._lives.fork(), "accepted"
        point = "migration" if chance < 0.33 else self._random.choice(POINTS)
        return await self._lives.fork(point, self._nth(point)), point

    def _nth(self, point: str) -> int:
        if point == "migration":
            return _LAST_MIGRATION
        return self._random.randint(1, 12 if point.startswith(("claim", "complete", "any")) else 3)

    async def _shot(self, life: Life) -> bool:
        self.stand.aim(self._random.randint(1, 120), life.signal)
        shot = await life.end(_LONGEST_AIM) is not None
        self.stand.lower()
        return shot

    # --- the end ----------------------------------------------------------------------------------------------------

    async def _rest(self) -> None:
        """Everything that is due goes out; then the process is asked to stop."""
        life = await self._lives.fork()
        self._tell("no more kills: waiting for the rest to go out")
        said = asyncio.ensure_future(self.crowd.stop())
        waiting = self.provisions.waiting() + self._plan.events * self._plan.teachers
        deadline = time.monotonic() + _DRAIN + waiting / 200
        last = time.monotonic()
        while time.monotonic() < deadline:
            await self._still(life)
            if said.done() and self.crowd.still and not len(self.stand.updates) and snapshots.at_rest(self._database):
                break
            if time.monotonic() - last > 20:
                last = time.monotonic()
                self._tell(f"{self.provisions.waiting()} wait, {self.stand.accepted['sendMessage']} messages")
        await said
        life.signal(signal.SIGTERM)
        self.stopped_well = await life.end(11) == 0

    async def _still(self, life: Life) -> None:
        if await life.end(0.2) is not None:
            raise AssertionError(f"the bot ended by itself; see {self._log}")
