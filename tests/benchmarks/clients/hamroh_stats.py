"""/stats over a whole country's check-ins, and what a reader notices of it."""

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bot.store import conversation, person
from bot.store import stats as stats_store
from bot.store.database import Database
from tests.benchmarks.clients.hamroh import add_people
from tests.benchmarks.measure import Spread, latencies, quantile
from tests.benchmarks.message import FIRST_CHAT

_SEMINAR: Final = "sejong-2025"
_FIRST: Final = date(2025, 8, 4)
_ASKED: Final = date(2025, 8, 6)
_DAYS: Final = 7  # with two check-ins a day
_GROUPS: Final = 50
_CHECK_IN: Final = """
INSERT INTO checkin (seminar, date, slot, person_id, group_key, answered_at, late, mood)
SELECT :seminar, :date, :slot, id, group_key, '2025-08-04T00:00:00.000Z', id % 10 = 0,
       CASE :slot WHEN 'evening' THEN 1 + id % 5 END
  FROM person
"""


async def run(*, people: int, reads: int, rounds: int) -> dict[str, Any]:
    """Reads alone, reads while /stats runs again and again, and /stats itself, in ms; `ratio` is busy by idle p99."""
    idle: list[list[float]] = []
    busy: list[list[float]] = []
    numbers: list[float] = []
    async with _country(people) as db:
        checkins = await db.read(lambda connection: connection.execute("SELECT count(*) FROM checkin").fetchone()[0])
        for _ in range(rounds):
            idle.append(await _read(db, people, reads))
            asking = asyncio.create_task(_ask(db, numbers))
            busy.append(await _read(db, people, reads))
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
    ratios = [quantile(under, 0.99) / quantile(alone, 0.99) for under, alone in zip(busy, idle, strict=True)]
    return {
        "checkins": checkins,
        "ratio": Spread.of(ratios).json(),
        "idle": latencies([one for alone in idle for one in alone]),
        "busy": latencies([one for under in busy for one in under]),
        "stats": latencies(numbers),
    }


@asynccontextmanager
async def _country(people: int) -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = await Database.open(Path(folder) / "hamroh.db")
        try:
            now = datetime(2025, 8, 4, tzinfo=UTC)
            for index in range(_GROUPS):
                first, size = FIRST_CHAT + index * people, people // _GROUPS
                add = partial(add_people, count=size, first=first, group=f"g{index}", now=now)
                await db.write(add)
            for day in range(_DAYS):
                for slot in ("morning", "evening"):
                    await db.write(_check_in, on=_FIRST + timedelta(days=day), slot=slot)
            yield db
        finally:
            await db.close()


def _check_in(connection: sqlite3.Connection, on: date, slot: str) -> None:
    connection.execute(_CHECK_IN, {"seminar": _SEMINAR, "date": on.isoformat(), "slot": slot})


async def _read(db: Database, people: int, reads: int) -> list[float]:
    """What each update begins with: who acts, and what the chat waits for."""
    seconds: list[float] = []
    for index in range(reads):
        account = FIRST_CHAT + index * 7_919 % (people // _GROUPS)
        started = perf_counter()
        await db.read(lambda c, a=account: (person.by_telegram_id(c, a), conversation.get(c, a)))  # type: ignore[misc]
        seconds.append(perf_counter() - started)
        await asyncio.sleep(0.001)
    return seconds


async def _ask(db: Database, seconds: list[float]) -> None:
    while True:
        started = perf_counter()
        agenda = f"agenda:{_ASKED}"
        await db.read(stats_store.get, seminar=_SEMINAR, on=_ASKED, agenda_occurrence=agenda, lesson_key="passwords")
        seconds.append(perf_counter() - started)
