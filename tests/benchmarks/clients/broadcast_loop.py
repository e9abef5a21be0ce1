"""Sending the same thing to many chats, so many at once: what a bot's own broadcast loop does."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from tests.benchmarks.measure import Meter
from tests.benchmarks.message import chats

_WARM = 60  # messages before the measurement: connections are open, code is warm


async def measured(send: Callable[[int], Awaitable[object]], *, count: int, at_once: int) -> dict[str, float]:
    """Send to `count` chats, `at_once` at a time, and return the CPU and wall seconds."""
    await to_all(send, chats(_WARM), at_once)
    meter = Meter()
    await to_all(send, chats(count), at_once)
    return meter.read()


async def to_all(send: Callable[[int], Awaitable[object]], recipients: Iterable[int], at_once: int) -> None:
    waiting = iter(recipients)

    async def work() -> None:
        for chat_id in waiting:
            await send(chat_id)

    await asyncio.gather(*(work() for _ in range(at_once)))
