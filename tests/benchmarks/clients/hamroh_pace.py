"""Hamroh in Telegram's pace, with people who press buttons meanwhile."""

import asyncio
from functools import partial
from typing import Any

from tests.benchmarks.clients.hamroh import send_broadcast, system
from tests.benchmarks.measure import Meter, latencies
from tests.benchmarks.processes import counters, tap

_PEOPLE = 1_000  # who press buttons in turn
_TODAY_EACH = 50  # every so many of them write /today instead, whose answer is a new message


async def run(*, url: str, rate: float, count: int, taps: int, seconds: float) -> dict[str, Any]:
    """A broadcast to `count` people at `rate`, with `taps` presses spread over `seconds` (0: none).

    Without recipients: the presses alone, the idle bot.
    """
    async with system(url, rate=rate, recipients=count, tappers=_PEOPLE if taps else 0) as app:
        await asyncio.sleep(1.1)  # what the warm-up took of the pace has grown back
        before = await asyncio.to_thread(counters, url)
        meter = Meter()
        if taps:
            stream = partial(tap, url, every=seconds / taps, count=taps, people=_PEOPLE, today_each=_TODAY_EACH)
            await asyncio.to_thread(stream)
        if count:
            await send_broadcast(app, count)
        used = meter.read()
        if taps:
            await asyncio.sleep(max(0.0, seconds - used["wall"]))
            await app.worker.wait_idle()
        after = await asyncio.to_thread(counters, url)
    started = before["accepted"]
    moments = after["moments"][started:]
    return {
        **used,
        "count": count,
        "per_second": (len(moments) - 1) / (moments[-1] - moments[0]) if len(moments) > 1 else 0.0,
        "busiest_second": after["busiest"],
        "refused": after["refused"],
        "unanswered": after["unanswered"],
        "taps": latencies(after["latencies"]),
    }
