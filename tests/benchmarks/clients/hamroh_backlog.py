"""What a backlog of updates adds to the memory of the bot: they wait in the database, not in memory."""

import asyncio
import sqlite3
from datetime import datetime
from typing import Any

from bot.buttons.checkin import CheckinHere
from bot.store import inbox
from bot.store.inbox import Incoming
from tests.benchmarks import updates
from tests.benchmarks.clients.hamroh import system
from tests.benchmarks.measure import Ticker, rss
from tests.benchmarks.message import TODAY
from tests.benchmarks.processes import until_answered

_BATCH = 1_000
_FIRST = 1_000_000_000  # the stand-in's own updates are numbered from 1


async def run(*, url: str, count: int, people: int) -> dict[str, Any]:
    """`count` presses that were stored while the bot was busy: MB before, the most until each is answered."""
    async with system(url, rate=1_000, tappers=people) as app:
        await asyncio.sleep(0.5)
        before = rss()
        async with Ticker() as ticker:
            for first in range(0, count, _BATCH):
                numbers = range(first, min(count, first + _BATCH))
                await app.runtime.db.write(_store, numbers=numbers, people=people, now=app.runtime.clock.now())
            waited = await app.runtime.db.read(inbox.waiting)
            app.worker.wake()
            await asyncio.to_thread(until_answered, url, count)
            await app.worker.wait_idle()
        added = ticker.most_memory - before
        return {"before": before, "most": ticker.most_memory, "added": added, "count": count, "waited": waited}


def _store(connection: sqlite3.Connection, numbers: range, people: int, now: datetime) -> None:
    data = CheckinHere(TODAY).pack()
    accounts = [updates.person(number % people) for number in numbers]
    rows = [
        Incoming(_FIRST + number, account, updates.tap(_FIRST + number, account, data))
        for number, account in zip(numbers, accounts, strict=True)
    ]
    assert inbox.store(connection, rows, now) == len(rows)
