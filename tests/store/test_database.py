"""One writer, a few readers: transactions are whole, errors are sentences, no thread keeps the process from ending."""

import asyncio
import os
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from bot.store.database import Database, DatabaseUnusable, is_unusable
from tests.clocks import eventually

pytestmark = pytest.mark.usefixtures("production_databases")


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "hamroh.db")
    yield opened
    await opened.close()


def put(connection: sqlite3.Connection, key: str, value: str = "x") -> None:
    connection.execute("INSERT INTO setting (key, value) VALUES (?, ?)", (key, value))


def keys(connection: sqlite3.Connection) -> list[str]:
    return [row["key"] for row in connection.execute("SELECT key FROM setting ORDER BY key")]


async def test_a_database_is_new_once(tmp_path: Path) -> None:
    for expected in (True, False):
        opened = await Database.open(tmp_path / "once.db")
        await opened.close()
        assert opened.is_new is expected


async def test_what_raises_leaves_nothing(db: Database) -> None:
    def half(connection: sqlite3.Connection) -> None:
        put(connection, "a")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        await db.write(half)
    assert await db.read(keys) == []
    await db.write(put, "b")
    assert await db.read(keys) == ["b"]


async def test_writers_at_once_do_not_share_a_transaction(db: Database) -> None:
    def one(connection: sqlite3.Connection, number: int) -> None:
        put(connection, f"{number:03}")
        if number % 3 == 0:
            raise RuntimeError("no")

    async def write(number: int) -> None:
        await db.write(one, number)

    ends = await asyncio.gather(*(write(number) for number in range(60)), return_exceptions=True)
    assert sum(isinstance(end, RuntimeError) for end in ends) == 20
    assert await db.read(keys) == [f"{number:03}" for number in range(60) if number % 3]


async def test_a_cancelled_writer_completes_and_blocks_nobody(db: Database) -> None:
    started, go = threading.Event(), threading.Event()

    def slow(connection: sqlite3.Connection) -> None:
        put(connection, "slow")
        started.set()
        go.wait(5)

    task = asyncio.ensure_future(db.write(slow))
    await eventually(started.is_set)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    following = asyncio.ensure_future(db.write(put, "next"))
    await asyncio.sleep(0)
    go.set()
    await following
    assert await db.read(keys) == ["next", "slow"]


async def test_readers_cannot_write(db: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await db.read(put, "a")


async def test_a_long_read_does_not_hold_up_writes(db: Database) -> None:
    started, go = threading.Event(), threading.Event()

    def slow(connection: sqlite3.Connection) -> list[str]:
        seen = keys(connection)
        started.set()
        go.wait(5)
        return seen

    reading = asyncio.ensure_future(db.read(slow))
    await eventually(started.is_set)
    await db.write(put, "a")
    assert await db.read(keys) == ["a"]
    go.set()
    assert await reading == []


async def test_a_read_sees_one_state_whatever_is_committed_meanwhile(db: Database) -> None:
    started, go = threading.Event(), threading.Event()

    def twice(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
        first = keys(connection)
        started.set()
        go.wait(5)
        return first, keys(connection)

    reading = asyncio.ensure_future(db.read(twice))
    await eventually(started.is_set)
    await db.write(put, "a")
    go.set()
    assert await reading == ([], [])
    for _ in range(4):  # on every reader: none of them stays in the past
        assert await db.read(keys) == ["a"]


async def test_a_read_that_raises_leaves_no_transaction_open(db: Database) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        raise KeyError(keys(connection))

    for _ in range(2):  # both readers
        with pytest.raises(KeyError):
            await db.read(fail)
    await db.write(put, "a")
    for _ in range(4):
        assert await db.read(keys) == ["a"]


async def test_changes_are_counted_and_a_read_is_none(db: Database) -> None:
    before = db.changes
    await db.write(put, "a")
    assert db.changes == before + 1
    await db.write(keys)
    assert db.changes == before + 1


async def test_the_connection_is_as_the_design_says(db: Database) -> None:
    def pragmas(connection: sqlite3.Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert await db.write(pragmas) == ["wal", 2, 1]
    assert await db.read(lambda connection: connection.execute("PRAGMA wal_autocheckpoint").fetchone()[0]) == 0


async def test_what_is_deleted_is_overwritten_whatever_sqlite_was_built_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def built_without(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection = sqlite3.Connection(*arguments, **named)
        connection.execute("PRAGMA secure_delete = OFF")
        return connection

    monkeypatch.setattr("aiosqlite.core.sqlite3.connect", built_without)
    opened = await Database.open(tmp_path / "hamroh.db")
    try:
        assert await opened.write(lambda connection: connection.execute("PRAGMA secure_delete").fetchone()[0]) == 1
    finally:
        await opened.close()


async def test_its_files_are_closed_to_others_whatever_the_umask_says(tmp_path: Path) -> None:
    path = tmp_path / "data" / "hamroh.db"
    before = os.umask(0)
    try:
        opened = await Database.open(path)
        await opened.write(put, "a")
        names = {"hamroh.db", "hamroh.db-wal", "hamroh.db-shm"}
        assert rights(path.parent) == {".": 0o700, **dict.fromkeys(names, 0o600)}
        for name in names:
            (path.parent / name).chmod(0o644)  # as an earlier version left them
        path.parent.chmod(0o755)  # somebody's choice
        again = await Database.open(path)
        assert rights(path.parent) == {".": 0o755, **dict.fromkeys(names, 0o600)}
        await again.close()
        await opened.close()
    finally:
        os.umask(before)


def rights(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}


async def test_no_thread_is_left_behind(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    opened = await Database.open(tmp_path / "hamroh.db")
    assert not before.issuperset(threading.enumerate())
    await opened.close()
    await eventually(lambda: before.issuperset(threading.enumerate()))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b"this is not a database, it only looks like a file " * 40),
        lambda path: path.mkdir(),
        lambda path: path.symlink_to("/proc/no/such/place"),
    ],
    ids=["rubbish", "folder", "nowhere"],
)
async def test_what_is_no_database_is_refused_in_one_sentence(tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "hamroh.db"
    spoil(path)  # type: ignore[operator]
    before = set(threading.enumerate())  # whatever else ends meanwhile
    with pytest.raises(DatabaseUnusable, match="cannot be used") as caught:
        await Database.open(path)
    assert "\n" not in str(caught.value)
    await eventually(lambda: before.issuperset(threading.enumerate()))


async def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hamroh.db"
    await (await Database.open(path)).close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 999")
    raw.close()
    with pytest.raises(DatabaseUnusable, match="999"):
        await Database.open(path)


async def test_a_failure_of_the_disk_is_told_apart_from_a_wrong_statement(db: Database) -> None:
    for sql, expected in (("SELECT * FROM nowhere", False), ("DELETE FROM setting", True)):
        with pytest.raises(sqlite3.OperationalError) as caught:
            await db.read(lambda connection, sql=sql: connection.execute(sql))  # type: ignore[misc]
        assert is_unusable(caught.value) is expected
    assert not is_unusable(RuntimeError("x"))


async def test_the_private_call_of_aiosqlite_is_still_one_thread_call(tmp_path: Path) -> None:
    connection = await aiosqlite.connect(tmp_path / "x.db")
    threads: list[str] = []
    raw = await connection._execute(lambda: threads.append(threading.current_thread().name))  # type: ignore[no-untyped-call]
    assert raw is None
    assert threads != [threading.current_thread().name]
    assert isinstance(connection._conn, sqlite3.Connection)
    await connection.close()
