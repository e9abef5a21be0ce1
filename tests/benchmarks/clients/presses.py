"""Everybody presses at once, and the client answers."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from tests.benchmarks.measure import Meter
from tests.benchmarks.processes import counters, tap, until_answered


async def pressed(
    url: str, count: int, people: int, gate: int, done: Callable[[], Awaitable[object]] | None = None
) -> dict[str, Any]:
    """Let people press, wait until each press is answered (and `done` returns), and return what it took."""
    meter = Meter()
    await asyncio.to_thread(partial(tap, url, every=0, count=count, people=people, gate=gate))
    await asyncio.to_thread(until_answered, url, count)
    if done is not None:
        await done()
    used = meter.read()
    after = await asyncio.to_thread(counters, url)
    return {**used, "count": count, "side_by_side": after["most_open"]}
