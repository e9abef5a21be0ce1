"""New databases for tests, as production makes them in the end, but in a tenth of the time.

The migrations run once a process; every new file gets a copy of what they made. Nothing waits for the disk: what a
power cut leaves is not what these tests are about, and a process that is killed loses nothing by it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest

from bot.store import database, migrations

_migrate = migrations.migrate
_prepare = database._prepare


@contextmanager
def quick() -> Iterator[None]:
    """Inside of the block `Database.open` makes new files from a copy and flushes nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "migrate", migrate)
        patch.setattr(database, "_prepare", _prepare_without_flushing)
        yield


def as_in_production(patch: pytest.MonkeyPatch) -> None:
    """Make databases by the migrations and flush them, as long as `patch` lasts."""
    patch.setattr(migrations, "migrate", _migrate)
    patch.setattr(database, "_prepare", _prepare)


def migrate(connection: sqlite3.Connection) -> int:
    """As `migrations.migrate`; a database without anything in it gets a copy of one that was migrated."""
    if not _is_new(connection):
        return _migrate(connection)
    _made().backup(connection)
    return _newest()


@cache
def _made() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _migrate(connection)
    return connection


@cache
def _newest() -> int:
    return len(migrations.scripts())


def _is_new(connection: sqlite3.Connection) -> bool:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    return version == 0 and tables == 0


def _prepare_without_flushing(connection: sqlite3.Connection) -> None:
    _prepare(connection)
    connection.execute("PRAGMA synchronous = OFF")
