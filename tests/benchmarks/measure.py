"""What a client measures of itself, and how rounds are put together."""

import asyncio
import os
import resource
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Final

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class Meter:
    """CPU seconds of this process (its threads included, children not) and seconds on the wall since it was made."""

    def __init__(self) -> None:
        self._cpu = _cpu()
        self._wall = perf_counter()

    def read(self) -> dict[str, float]:
        """`cpu` and `wall`, in seconds."""
        return {"cpu": _cpu() - self._cpu, "wall": perf_counter() - self._wall}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def rss(pid: int | str = "self") -> float:
    """The resident memory of a process, in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 1e6


class Ticker:
    """Ticks each millisecond and remembers the longest that the loop was late, in ms, and the most memory, in MB."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.most_memory = 0.0
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Ticker":
        self._task = asyncio.create_task(self._tick())
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self.most_memory = max(self.most_memory, rss())

    async def _tick(self) -> None:
        count = 0
        while True:
            before = perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, (perf_counter() - before) * 1_000 - 1)
            count += 1
            if count % 20 == 0:
                self.most_memory = max(self.most_memory, rss())


@dataclass(frozen=True)
class Spread:
    """A median with the least and the most."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(statistics.median(values), min(values), max(values))

    def json(self) -> dict[str, float]:
        """As it is written down."""
        return {"median": self.median, "min": self.least, "max": self.most}


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not pass (0.99: the p99); NaN of none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def latencies(seconds: Sequence[float]) -> dict[str, Any]:
    """Median and p99 in ms, and of how many."""
    return {
        "median_ms": quantile(seconds, 0.5) * 1_000,
        "p99_ms": quantile(seconds, 0.99) * 1_000,
        "count": len(seconds),
    }
