"""A clock for tests: it stands still until everybody sleeps, then is at the next moment somebody waits for."""

import asyncio
import heapq
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

START = datetime(2025, 8, 4, tzinfo=UTC)


class StandingClock:
    """`now()` can be set back and forth by hand; `monotonic()` only grows."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._seconds = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._number = count()

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._seconds

    def set(self, moment: datetime) -> None:
        """Correct the calendar; the seconds go on."""
        self._now = moment

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._seconds + max(0.0, seconds), next(self._number), future))
        await future

    def advance(self, seconds: float) -> None:
        self._seconds += seconds
        self._now += timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= self._seconds + 1e-12:
            future = heapq.heappop(self._sleepers)[2]
            if not future.done():
                future.set_result(None)

    async def play(self, *work: Coroutine[Any, Any, object], longest: float = 3_600.0) -> list[Any]:
        """Run the coroutines to their ends and return what they returned; time passes when nobody can go on."""
        tasks = [asyncio.ensure_future(one) for one in work]
        limit = self._seconds + longest
        while not all(task.done() for task in tasks):
            for _ in range(20):
                await asyncio.sleep(0)
            self._sleepers = [sleeper for sleeper in self._sleepers if not sleeper[2].done()]
            heapq.heapify(self._sleepers)
            if self._sleepers and not all(task.done() for task in tasks):
                assert self._sleepers[0][0] <= limit, "it takes longer than it may"
                self.advance(max(0.0, self._sleepers[0][0] - self._seconds))
            elif not any(task.done() for task in tasks):
                await asyncio.sleep(0.001)
        return [task.result() for task in tasks]


async def eventually(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Return once the condition holds; fail when it does not in so many real seconds."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the condition is of another task or thread, which signals nobody
            await asyncio.sleep(0.005)
