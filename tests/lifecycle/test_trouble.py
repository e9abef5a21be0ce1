"""What a running bot meets: it stops before it sends, says so once, and goes on when it can."""

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

from tests.lifecycle.process import Process, Shore


async def running(shore: Shore) -> Process:
    """A bot that has sent something, with another message to come in some seconds."""
    shore.move_in()
    shore.message("Now")
    process = await shore.begin()
    await shore.until(lambda: shore.state() == "sent", process)
    shore.message("Later", seconds=3.0)  # it looks for new rows at least every ten seconds
    return process


@asynccontextmanager
async def another_poller(shore: Shore) -> AsyncIterator[None]:
    """Somebody else's program, with the same token."""

    async def polls() -> None:
        while True:
            await shore.telegram.call("getUpdates", {"timeout": 30})
            await asyncio.sleep(0.01)

    task = asyncio.create_task(polls())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def sends_again(shore: Shore, process: Process) -> None:
    """It says that it goes on, and the message arrives."""
    await shore.until(lambda: len(shore.teacher.chat) == 2, process)
    assert "Sending goes on" in process.said
    assert process.said.count("Sending has stopped") == 1
    process.terminate()
    assert await process.end() == 0


async def test_a_full_disk_stops_sending_until_there_is_room(shore: Shore) -> None:
    process = await running(shore)
    unlimited = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (1, unlimited[1]))
    await shore.until(lambda: "Sending has stopped: the database cannot be used" in process.said, process)
    assert len(shore.teacher.chat) == 1
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)
    await sends_again(shore, process)


async def test_a_database_that_somebody_locks_stops_sending_until_it_is_free(shore: Shore) -> None:
    process = await running(shore)
    with closing(sqlite3.connect(shore.database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        await shore.until(lambda: "Sending has stopped: the database cannot be used" in process.said, process)
        assert len(shore.teacher.chat) == 1
        connection.execute("ROLLBACK")
    await sends_again(shore, process)


async def test_another_poller_stops_sending_until_it_is_gone(shore: Shore) -> None:
    shore.move_in()
    process = await shore.begin("-m", "tests.lifecycle.hasty")
    await shore.ready(process)
    async with another_poller(shore):
        await shore.until(lambda: "another program uses this bot's token" in process.said, process)
        shore.message("Held back")
    await shore.teacher.sends("/me")
    await shore.until(lambda: shore.state() == "sent", process)
    assert "alone again" in process.said
    assert process.said.count("Sending has stopped") == 1


async def test_updates_of_a_time_without_telegram_are_not_lost(shore: Shore) -> None:
    shore.move_in()
    process = await shore.begin()
    await shore.ready(process)
    await shore.server.stop()
    await shore.teacher.sends("/me")
    await shore.until(lambda: "No updates for now" in process.said, process)
    await shore.server.start()
    await shore.until(lambda: any(bubble.from_bot for bubble in shore.teacher.chat), process)
