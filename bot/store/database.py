"""One writer, a few readers, one thread call a transaction.

Tasks that share a connection share its transaction, so a transaction here never contains an await: it is a
plain function that gets the `sqlite3.Connection` and runs whole in the connection's own thread.
"""

import asyncio
import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import aiosqlite

from bot.reasons import reason, shortened
from bot.store import migrations, private

P = ParamSpec("P")
T = TypeVar("T")

_READERS = 2
_BUSY_MS = 5_000


class DatabaseUnusable(Exception):  # noqa: N818 - it names a state that people read
    """The database cannot be opened or used; the message is one sentence for a person."""


def unusable(path: Path, error: sqlite3.Error | OSError) -> str:
    """The sentence about a file that cannot be the database."""
    why = reason(error) if isinstance(error, OSError) else str(error)
    way_out = "; write the path of a file, like HAMROH_DATABASE=data/hamroh.db" if _is_misnamed(error) else ""
    return f"{shortened(path)}: the database cannot be used: {why}{way_out}"


def _is_misnamed(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in {
        errno.EISDIR,
        errno.ENOTDIR,
        errno.ENAMETOOLONG,
        errno.ELOOP,
        errno.EINVAL,
    }


# SQLITE_BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: the statement is not to blame.
_UNUSABLE_CODES = frozenset({5, 6, 7, 8, 10, 11, 13, 14, 26})
_MISREAD = frozenset({10, 11, 26})  # IOERR, CORRUPT, NOTADB: pages in memory may be as wrong as what was read


def is_unusable(error: BaseException) -> bool:
    """Whether the error says that the database cannot be used now, and not that a statement is wrong."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.Error) and code is not None and code & 0xFF in _UNUSABLE_CODES


@contextmanager
def apart(connection: sqlite3.Connection) -> Iterator[None]:
    """What is done inside, within a transaction, is undone where it raises; what was done before stays."""
    connection.execute("SAVEPOINT apart")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):  # some errors have rolled everything back
            connection.execute("ROLLBACK TO apart")
            connection.execute("RELEASE apart")
        raise
    connection.execute("RELEASE apart")


class Database:
    """The seminar's database file. Make it with `open`, end it with `close`. `is_new`: to open it has made it."""

    def __init__(
        self, path: Path, writer: aiosqlite.Connection, readers: list[aiosqlite.Connection], *, is_new: bool = False
    ) -> None:
        self.path = path
        self.is_new = is_new
        self._writer = writer
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._all = [writer, *readers]
        for reader in readers:
            self._readers.put_nowait(reader)

    @classmethod
    async def open(cls, path: Path, *, readers: int = _READERS) -> Self:
        """Open or make the file at `path` and bring it to this code's version.

        Raises DatabaseUnusable with one sentence when the file is newer than the code, not writable, not a
        database or damaged.
        """
        connections: list[aiosqlite.Connection] = []
        try:
            path = private.real_file(path)  # as SQLite itself does for the names of its companions
            _make_private(path)
            writer = await _connect(path, connections)
            is_new = await _in_thread(writer, migrations.is_new)
            await _in_thread(writer, migrations.migrate)
            for _ in range(readers):
                await _in_thread(await _connect(path, connections), _only_reads)
        except migrations.NewerDatabaseError as error:
            await _close(connections)
            raise DatabaseUnusable(f"{path}: {error}") from error
        except (sqlite3.Error, OSError) as error:
            await _close(connections)
            raise DatabaseUnusable(unusable(path, error)) from error
        except BaseException:
            await _close(connections)
            raise
        return cls(path, connections[0], connections[1:], is_new=is_new)

    @property
    def changes(self) -> int:
        """How many rows were inserted, changed or deleted since it was opened."""
        return self._writer.total_changes

    async def close(self) -> None:
        """Finish what runs and close every connection. Their threads would keep the process from ending."""
        await _close(self._all)

    async def write(
        self, transaction: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `transaction` alone in BEGIN IMMEDIATE, commit, and return what it returned; roll back if it raises.

        It is called with the connection and then the given arguments.

        The writer's thread runs one after the other in the order in which they are handed over; it does not wait for
        this loop in between. Each runs to its end, even when the caller is cancelled while it waits.
        """
        work = _in_thread(self._writer, _fresh, _atomic, partial(_called, transaction, args, kwargs))
        return await asyncio.shield(asyncio.ensure_future(work))

    async def alone(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Run `function` on the writer between two transactions, in none: for what SQLite does not do in one."""
        return await asyncio.shield(asyncio.ensure_future(_in_thread(self._writer, _fresh, function)))

    async def read(
        self, query: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `query` on a connection that cannot write, with the given arguments, and return what it returned.

        All of its statements see one state of the database: that at its first one.
        """
        reader = await self._readers.get()
        try:
            work = _in_thread(reader, _fresh, _snapshot, partial(_called, query, args, kwargs))
            return await asyncio.shield(asyncio.ensure_future(work))
        finally:
            self._readers.put_nowait(reader)


def _called(
    function: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any], connection: sqlite3.Connection
) -> T:
    return function(connection, *args, **kwargs)


def _fresh(connection: sqlite3.Connection, function: Callable[..., T], *arguments: object) -> T:
    """Run the function; after a misread forget what was read, so that a file that is mended is seen to be."""
    try:
        return function(connection, *arguments)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _MISREAD:
            with suppress(sqlite3.Error):
                connection.execute("PRAGMA shrink_memory")
        raise


def _atomic(connection: sqlite3.Connection, transaction: Callable[[sqlite3.Connection], T]) -> T:
    return _between("BEGIN IMMEDIATE", connection, transaction)


def _snapshot(connection: sqlite3.Connection, query: Callable[[sqlite3.Connection], T]) -> T:
    # Without a transaction each statement would see what had been committed between it and the one before.
    return _between("BEGIN DEFERRED", connection, query)


def _between(begin: str, connection: sqlite3.Connection, transaction: Callable[[sqlite3.Connection], T]) -> T:
    connection.execute(begin)
    try:
        result = transaction(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result


def _make_private(path: Path) -> None:
    private.make_folder(path.parent)
    private.make_file(path)  # SQLite makes its two companions with the rights of the file itself
    for companion in ("-wal", "-shm"):
        private.close_file(path.with_name(path.name + companion))


async def _connect(path: Path, opened: list[aiosqlite.Connection]) -> aiosqlite.Connection:
    connection = aiosqlite.connect(path, isolation_level=None)
    try:
        await connection
    except BaseException:
        # Its thread has yet to tell this loop that it ends, and may find it closed: a traceback for nothing.
        connection._thread.join()  # noqa: SLF001 - it is at its last step
        raise
    opened.append(connection)
    await _in_thread(connection, _prepare)
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # Debian's SQLite has it built in, others do not


def _only_reads(connection: sqlite3.Connection) -> None:
    # SQLite before 3.51.3 can corrupt a WAL that two connections checkpoint: only the writer does.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA query_only = ON")


async def _in_thread(connection: aiosqlite.Connection, function: Callable[..., T], *arguments: object) -> T:
    # aiosqlite's public calls are one thread call a statement; a whole function in one call costs a third.
    # The private call is pinned by tests/store/test_database.py.
    raw = connection._conn  # noqa: SLF001
    result: T = await connection._execute(function, raw, *arguments)  # type: ignore[no-untyped-call]  # noqa: SLF001
    return result


async def _close(connections: list[aiosqlite.Connection]) -> None:
    for connection in reversed(connections):
        await connection.close()
