"""Hamroh's durable broadcast: planned, fanned out into the outbox, claimed, sent, completed, each on the disk."""

from typing import Any

from tests.benchmarks.clients.hamroh import send_broadcast, system
from tests.benchmarks.measure import Meter


async def run(*, url: str, count: int, rate: float = 1e6) -> dict[str, Any]:
    """A broadcast to `count` people."""
    async with system(url, rate=rate, recipients=count) as app:
        meter = Meter()
        await send_broadcast(app, count)
        return {**meter.read(), "count": count}
