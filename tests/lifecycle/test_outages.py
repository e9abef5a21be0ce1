"""Outages of a running bot: it stops before it sends, logs so once, and goes on when it can."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

from tests.lifecycle.process import SHORT, LifecycleHarness, Process


async def running(harness: LifecycleHarness) -> Process:
    """A bot that has sent something, with another message to come in some seconds."""
    harness.create_database()
    harness.message("Now")
    process = await harness.start(*SHORT)
    await harness.until(lambda: harness.state() == "sent", process)
    harness.message("Later", seconds=2.0)
    return process


@asynccontextmanager
async def another_poller(harness: LifecycleHarness) -> AsyncIterator[None]:
    """Somebody else's program, with the same token."""

    async def polls() -> None:
        while True:
            await harness.telegram.call("getUpdates", {"timeout": 30})
            await asyncio.sleep(0.01)

    task = asyncio.create_task(polls())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def sends_again(harness: LifecycleHarness, process: Process) -> None:
    """It says that it goes on, and the message arrives."""
    await harness.until(lambda: len(harness.teacher.chat) == 2, process)
    assert "Sending goes on" in process.said
    assert process.said.count("Sending has stopped") == 1
    process.terminate()
    assert await process.end() == 0


async def test_a_full_disk_stops_sending_until_there_is_room(harness: LifecycleHarness) -> None:
    process = await running(harness)
    unlimited = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1, unlimited[1]))
    await harness.until(lambda: "Sending has stopped: the database cannot be used" in process.said, process)
    assert len(harness.teacher.chat) == 1
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)
    await sends_again(harness, process)


async def test_a_database_that_somebody_locks_stops_sending_until_it_is_free(harness: LifecycleHarness) -> None:
    process = await running(harness)
    with closing(sqlite3.connect(harness.database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        await harness.until(lambda: "Sending has stopped: the database cannot be used" in process.said, process)
        assert len(harness.teacher.chat) == 1
        connection.execute("ROLLBACK")
    await sends_again(harness, process)


async def test_another_poller_stops_sending_until_it_is_gone(harness: LifecycleHarness) -> None:
    harness.create_database()
    process = await harness.start(*SHORT)
    await harness.ready(process)
    async with another_poller(harness):
        await harness.until(lambda: "another program uses this bot's token" in process.said, process)
        harness.message("Held back")
    await harness.teacher.sends("/me")
    await harness.until(lambda: harness.state() == "sent", process)
    assert "alone again" in process.said
    assert process.said.count("Sending has stopped") == 1


async def test_updates_of_a_time_without_telegram_are_not_lost(harness: LifecycleHarness) -> None:
    harness.create_database()
    process = await harness.start()
    await harness.ready(process)
    await harness.server.stop()
    await harness.teacher.sends("/me")
    await harness.until(lambda: "No updates for now" in process.said, process)
    await harness.server.start()
    await harness.until(lambda: any(message.from_bot for message in harness.teacher.chat), process)
