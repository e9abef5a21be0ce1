"""The audit trail is only added to."""

import sqlite3
from functools import partial

import pytest

from bot.store import audit as audit_store
from tests.kit import System


def _rows(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return [tuple(row)[2:] for row in connection.execute("SELECT * FROM audit")]


def _execute(connection: sqlite3.Connection, statement: str) -> None:
    connection.execute(statement)


async def test_what_was_done_is_kept_and_neither_changed_nor_deleted(system: System) -> None:
    now = system.clock.now()
    given = partial(audit_store.record, person_id=7, subject="organizer", details={"from": "teacher"})
    await system.write(lambda connection: given(connection, "role.given", by_id=3, now=now))
    for statement in ("DELETE FROM audit", "UPDATE audit SET by_id = 4"):
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            await system.write(partial(_execute, statement=statement))
    assert await system.write(_rows) == [(3, "role.given", 7, "organizer", '{"from":"teacher"}')]
