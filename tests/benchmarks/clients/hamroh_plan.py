"""A day of messages for a whole country: planned and fanned out into the outbox, hour by hour."""

import asyncio
import sqlite3
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bot.clock import SystemClock, to_text
from bot.delivery.fanout import Fanout
from bot.messages.registry import planners
from bot.programme import load
from bot.store.database import Database
from tests.benchmarks.clients.hamroh import SEMINAR, add_people
from tests.benchmarks.measure import Ticker, rss
from tests.benchmarks.message import FIRST_CHAT

_MIDNIGHT: Final = datetime(2025, 8, 5, 15, 0, tzinfo=UTC)  # in Sejong, the third day begins


class HeldClock(SystemClock):
    """Stands where it is put; sleeps never end, so that only `wait_idle` makes the loop look."""

    def __init__(self) -> None:
        self.at = _MIDNIGHT

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:  # noqa: ARG002 - the signature is Clock's
        await asyncio.Event().wait()


async def run(*, people: int) -> dict[str, Any]:
    """Plan one day, a quarter of an hour at a time; what was made is taken away as the dispatcher would."""
    clock = HeldClock()
    seminar = load(SEMINAR, starts_on=date(2025, 8, 4))
    with tempfile.TemporaryDirectory() as folder:
        db = await Database.open(Path(folder) / "hamroh.db")
        try:
            await db.write(add_people, count=people, first=FIRST_CHAT, group="pamir", now=clock.at)
            fanout = Fanout(db, clock, lambda: seminar, planners(()), made=lambda: None)
            running = asyncio.create_task(fanout.run())
            await fanout.wait_idle()
            await db.write(_sent, now=clock.at)
            before, spent, longest, most = rss(), 0.0, 0.0, 0.0
            for quarter in range(96):
                clock.at = _MIDNIGHT + timedelta(minutes=15 * quarter)
                async with Ticker() as ticker:
                    started = perf_counter()
                    await fanout.wait_idle()
                    spent += perf_counter() - started
                longest, most = max(longest, ticker.longest), max(most, ticker.most_memory)
                await db.write(_sent, now=clock.at)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            made = await db.read(lambda connection: connection.execute("SELECT count(*) FROM outbox").fetchone()[0])
        finally:
            await db.close()
    return {"people": people, "rows": made, "seconds": spent, "block_ms": longest, "rss_before": before, "rss": most}


def _sent(connection: sqlite3.Connection, now: datetime) -> None:
    connection.execute("UPDATE outbox SET state = 'sent', done_at = ? WHERE state = 'due'", (to_text(now),))
