"""What keeps a bot from starting, each in one sentence, without a traceback."""

import sqlite3
from contextlib import closing

from tests.lifecycle.process import LifecycleHarness, Process


async def refused(process: Process) -> str:
    """The one sentence of a process that did not start."""
    assert await process.end() == 1
    assert "Traceback" not in process.said
    [sentence] = [line for line in process.lines if line.startswith("hamroh: ")]
    return sentence


async def test_a_second_copy_is_refused_with_the_number_of_the_first(harness: LifecycleHarness) -> None:
    first = await harness.start()
    await harness.ready(first)
    second = await harness.start()
    assert f"process {first.pid}" in await refused(second)
    assert second.lines == [line for line in second.lines if "hamroh:" in line]


async def test_after_a_kill_the_next_copy_starts_at_once(harness: LifecycleHarness) -> None:
    first = await harness.start()
    await harness.ready(first)
    await first.kill()
    second = await harness.start()
    await harness.ready(second)


async def test_a_database_that_is_newer_than_the_code(harness: LifecycleHarness) -> None:
    with closing(sqlite3.connect(harness.database)) as connection:
        connection.execute("PRAGMA user_version = 999")
    assert "version 999" in await refused(await harness.start())


async def test_a_database_that_cannot_be_written(harness: LifecycleHarness) -> None:
    sentence = await refused(await harness.start(HAMROH_DATABASE="/proc/hamroh/hamroh.db"))
    assert "/proc/hamroh" in sentence


async def test_a_file_that_is_no_database(harness: LifecycleHarness) -> None:
    harness.database.write_bytes(b"This is a letter, not a database. " * 500)
    assert "not a database" in await refused(await harness.start())


async def test_a_damaged_database_sends_nothing_and_is_named(harness: LifecycleHarness) -> None:
    harness.create_database()
    harness.message("Never sent")
    pages = bytearray(harness.database.read_bytes())
    pages[4096 : 8 * 4096] = b"\xff" * (7 * 4096)
    harness.database.write_bytes(pages)
    process = await harness.start()
    await harness.until(lambda: "database disk image is malformed" in process.said, process)
    assert "the database cannot be used" in process.said
    assert "Traceback" not in process.said
    assert harness.teacher.chat == []


async def test_a_token_that_telegram_does_not_know(harness: LifecycleHarness) -> None:
    process = await harness.start(HAMROH_TOKEN="2:wrong-secret")
    assert "does not know this token" in await refused(process)
    assert "wrong-secret" not in process.said


async def test_no_token(harness: LifecycleHarness) -> None:
    assert "there is no token" in await refused(await harness.start(HAMROH_TOKEN=""))
