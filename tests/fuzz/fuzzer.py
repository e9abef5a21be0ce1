"""Feeds the bot, checks after each batch that it still answers, and shrinks each update that broke it."""

import asyncio
import copy
import logging
import re
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from bot.errors import described
from tests.fuzz import junk
from tests.fuzz.system import FuzzedSystem, open_system

_BATCH: Final = 1_000
_TIMEOUT_SECONDS: Final = 60.0  # real time for a thousand updates, and for one good answer
_MOST_SHRINKS: Final = 150  # tries to make an update smaller
_MOST_FINDINGS: Final = 10

Tell = Callable[[str], None]


@dataclass(slots=True)
class Finding:
    """What went wrong, where, and the smallest update that does it."""

    what: str
    where: str
    update: dict[str, Any]
    times: int = 1


@dataclass(slots=True)
class Result:
    """One run."""

    seed: int
    updates: int = 0
    answered: int = 0  # good updates
    lost: int = 0  # that the bot did not fetch while Telegram kept them
    seconds: float = 0.0
    states: Counter[str] = field(default_factory=Counter)
    findings: dict[str, Finding] = field(default_factory=dict)


class Listener(logging.Handler):
    """Keeps the tracebacks that the bot logs, and what the loop complains of."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[BaseException] = []
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the exception of a line."""
        if record.exc_info and record.exc_info[1] is not None:
            self.errors.append(record.exc_info[1])
        elif record.name == "asyncio":
            self.complaints.append(record.getMessage())


async def run(folder: Path, *, updates: int, seed: int, http: bool = False, tell: Tell = lambda _: None) -> Result:
    """Feed so many updates."""
    result, random, listener = Result(seed), Random(seed), Listener()
    root = logging.getLogger()
    handlers, root.handlers = root.handlers, [listener]
    started = time.monotonic()
    try:
        async with open_system(folder, http=http) as system:
            fuzzer = Fuzzer(system, random, listener, result)
            await fuzzer.prepare()
            while result.updates < updates:
                if not await fuzzer.feed(min(_BATCH, updates - result.updates)):
                    break
                result.seconds, result.lost = round(time.monotonic() - started, 1), system.world.updates.lost
                if result.updates % 50_000 == 0:
                    rate = result.updates / result.seconds
                    tell(f"{result.updates} updates, {rate:.0f}/s, {len(result.findings)} findings")
    finally:
        root.handlers = handlers
    return result


class Fuzzer:
    """Makes updates and watches what becomes of them."""

    def __init__(self, system: FuzzedSystem, random: Random, listener: Listener, result: Result) -> None:
        self._system = system
        self._random = random
        self._listener = listener
        self._result = result
        self._samples: list[dict[str, Any]] = []
        self._earlier: list[dict[str, Any]] = []
        self._fed: dict[int, dict[str, Any]] = {}

    async def prepare(self) -> None:
        """Collect the updates that are mutated."""
        self._samples = await self._system.samples()

    async def feed(self, count: int) -> bool:
        """Feed a batch, check what failed, and let the control user ask something; False when the bot is stuck."""
        batch = [self._system.world.raw_update(self._update(last=left == 1)) for left in range(count, 0, -1)]
        self._fed = {int(str(update["update_id"])): update for update in batch}
        self._result.updates += count
        if not await self._wait_handled():
            self._report("stall", "updates are not handled any more", {})
            return False
        await self._check()
        await self._system.join()
        if not await self._answers():
            self._report("stall", "a good update is not answered", {})
            return False
        self._result.answered += 1
        await self._system.clean_up()
        return len(self._result.findings) < _MOST_FINDINGS

    def _update(self, *, last: bool) -> dict[str, Any]:
        random, chance = self._random, self._random.random()
        if chance < 0.02 and self._earlier and not last:
            return random.choice(self._earlier)  # the same number again; no offset confirms it, but the next one's
        sample = random.choice(self._samples)
        if chance < 0.07:
            made = {
                random.choice((*sample, "nonsense", "message", "callback_query")): junk.value(random) for _ in range(2)
            }
        elif chance < 0.2 and "callback_query" in sample:
            made = {"callback_query": {**sample["callback_query"], "data": junk.payload(random)}}
        else:
            made = junk.mutated(random, sample)
        made.pop("update_id", None)
        if chance > 0.97:
            self._earlier = [*self._earlier[-50:], {"update_id": self._next_id(), **made}]
        return made

    def _next_id(self) -> int:
        return int(self._system.world.updates._next_id)

    async def _wait_handled(self) -> bool:
        try:
            async with asyncio.timeout(_TIMEOUT_SECONDS):
                while len(self._system.world.updates):  # noqa: ASYNC110 - nothing tells that a batch was confirmed
                    await asyncio.sleep(0.002)
                await self._system.app.worker.wait_idle()
        except TimeoutError:
            return False
        return True

    async def _answers(self) -> bool:
        user = self._system.control_user
        before = max(user.messages, default=0)
        asked = await user.sends("/me")
        return await self._system.world.changed.wait_for(
            lambda: any(one.from_bot and one.id > max(before, asked.id) for one in user.messages.values()),
            _TIMEOUT_SECONDS,
        )

    async def _check(self) -> None:
        rows = await self._system.app.runtime.db.read(
            lambda connection: [
                tuple(row)
                for row in connection.execute("SELECT id, update_id, state, error FROM inbox WHERE state <> 'new'")
            ]
        )
        self._result.states.update(row[2] for row in rows)
        errors, self._listener.errors = self._listener.errors, []
        for complaint in self._listener.complaints[:3]:
            self._report("unhandled", complaint, {})
        self._listener.complaints.clear()
        failed = [row for row in rows if row[2] == "failed"]
        for row in failed:
            error = next((one for one in errors if described(one) == row[3]), None)
            where = _traceback(error)
            name = re.split("[: ]", row[3])[0]
            key = f"{name} {where.strip().splitlines()[-1] if where else row[3]}"
            if key in self._result.findings:
                self._result.findings[key].times += 1
            else:
                what = f"{name}: {error}" if error else row[3]
                self._result.findings[key] = Finding(what, where, await self._shrink(self._fed.get(row[1], {}), name))
        await self._system.app.runtime.db.write(
            lambda connection: connection.execute("DELETE FROM inbox WHERE state <> 'new'")
        )

    def _report(self, key: str, what: str, update: dict[str, Any]) -> None:
        self._result.findings[f"{key} {what}"] = Finding(what, "", update)

    # --- shrinking --------------------------------------------------------------------------------------------------

    async def _shrink(self, update: dict[str, Any], error: str) -> dict[str, Any]:
        """Leave out whatever can be left out without the error going away."""
        tries = 0
        changed = True
        while changed and tries < _MOST_SHRINKS:
            changed = False
            for path in _paths(update):
                smaller = _without(update, path)
                tries += 1
                if tries < _MOST_SHRINKS and await self._fails(smaller, error):
                    update, changed = smaller, True
                    break
        return update

    async def _fails(self, update: dict[str, Any], error: str) -> bool:
        fresh = {key: value for key, value in update.items() if key != "update_id"}
        number = self._system.world.raw_update(fresh)["update_id"]
        if not await self._wait_handled():
            return False
        row = await self._system.app.runtime.db.read(
            lambda connection: connection.execute("SELECT error FROM inbox WHERE update_id = ?", (number,)).fetchone()
        )
        return row is not None and str(row[0]).startswith(error)


def _traceback(error: BaseException | None) -> str:
    return "" if error is None else "".join(traceback.format_exception(error)[-6:])


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the tree but the number, the outer ones first."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    here = [((*path, key), value) for key, value in items if key != "update_id"]
    return [place for place, _ in here] + [deeper for place, value in here for deeper in _paths(value, place)]


def _without(tree: Any, path: tuple[Any, ...]) -> Any:
    changed = copy.deepcopy(tree)  # JSON would not do: it may hold half an emoji
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return changed
