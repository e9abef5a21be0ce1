"""Hamroh handles presses of its check-in button: stored, read, written, answered, marked."""

import asyncio
from typing import Any

from tests.benchmarks.clients.hamroh import system
from tests.benchmarks.clients.presses import pressed


async def run(*, url: str, count: int, people: int, gate: int = 0) -> dict[str, Any]:
    """`count` presses by `people` people, and the marks of the inbox."""
    async with system(url, rate=1_000, tappers=people) as app:
        await asyncio.sleep(0.5)
        return await pressed(url, count, people, gate, done=app.worker.wait_idle)
