"""What keeps a bot from starting, each in one sentence, without a traceback."""

import sqlite3
from contextlib import closing

from tests.lifecycle.process import Process, Shore


async def refused(process: Process) -> str:
    """The one sentence of a process that did not start."""
    assert await process.end() == 1
    assert "Traceback" not in process.said
    [sentence] = [line for line in process.lines if line.startswith("hamroh: ")]
    return sentence


async def test_a_second_copy_is_refused_with_the_number_of_the_first(shore: Shore) -> None:
    first = await shore.begin()
    await shore.ready(first)
    second = await shore.begin()
    assert f"process {first.pid}" in await refused(second)
    assert second.lines == [line for line in second.lines if "hamroh:" in line]


async def test_after_a_kill_the_next_copy_starts_at_once(shore: Shore) -> None:
    first = await shore.begin()
    await shore.ready(first)
    await first.kill()
    second = await shore.begin()
    await shore.ready(second)


async def test_a_database_that_is_newer_than_the_code(shore: Shore) -> None:
    with closing(sqlite3.connect(shore.database)) as connection:
        connection.execute("PRAGMA user_version = 999")
    assert "version 999" in await refused(await shore.begin())


async def test_a_database_that_cannot_be_written(shore: Shore) -> None:
    sentence = await refused(await shore.begin(HAMROH_DATABASE="/proc/hamroh/hamroh.db"))
    assert "/proc/hamroh" in sentence


async def test_a_file_that_is_no_database(shore: Shore) -> None:
    shore.database.write_bytes(b"This is a letter, not a database. " * 500)
    assert "not a database" in await refused(await shore.begin())


async def test_a_damaged_database_sends_nothing_and_is_named(shore: Shore) -> None:
    shore.move_in()
    shore.message("Never sent")
    pages = bytearray(shore.database.read_bytes())
    pages[4096 : 8 * 4096] = b"\xff" * (7 * 4096)
    shore.database.write_bytes(pages)
    process = await shore.begin()
    await shore.until(lambda: "database disk image is malformed" in process.said, process)
    assert "the database cannot be used" in process.said
    assert "Traceback" not in process.said
    assert shore.teacher.chat == []


async def test_a_token_that_telegram_does_not_know(shore: Shore) -> None:
    process = await shore.begin(HAMROH_TOKEN="2:wrong-secret")
    assert "does not know this token" in await refused(process)
    assert "wrong-secret" not in process.said


async def test_no_token(shore: Shore) -> None:
    assert "there is no token" in await refused(await shore.begin(HAMROH_TOKEN=""))
