"""A call for help beside the messages of a stranger who floods the bot: when do organizers have it?"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from tests.benchmarks.clients.hamroh import system
from tests.benchmarks.processes import call, counters, words

_STRANGER: Final = 4_000_000_000
_ORGANIZER: Final = 1
_LONGEST: Final = 60.0  # seconds for a call to arrive, or the measurement fails
_LOOK: Final = 0.02


async def run(*, url: str, count: int, calls: int, behind: bool) -> dict[str, Any]:
    """`calls` calls for help, each by another teacher, beside `count` messages of a stranger.

    `behind`: Telegram delivers the press after all of them; else the bot has them, and is at work on them. The seconds
    are from the press to the alert to an organizer.
    """
    async with system(url, rate=28.0, tappers=calls) as app:
        for index in range(calls):
            await asyncio.to_thread(words, url, account=_STRANGER, count=count)
            if not behind:
                await _until(url, lambda told: told["waiting"] == 0)
            await asyncio.to_thread(call, url, index=index, watched=_ORGANIZER)
            await _until(url, partial(_reached, index))
            await app.worker.wait_idle()
        reached = (await asyncio.to_thread(counters, url))["reached"]
    return {"count": count, "calls": calls, "seconds": reached}


def _reached(index: int, told: dict[str, Any]) -> bool:
    return len(told["reached"]) > index


async def _until(url: str, is_so: Callable[[dict[str, Any]], bool]) -> None:
    async with asyncio.timeout(_LONGEST):
        while not is_so(await asyncio.to_thread(counters, url)):  # noqa: ASYNC110 - the other process has no events
            await asyncio.sleep(_LOOK)
