"""The check-in that a bot's author would write with aiosqlite: read the person, keep the row, answer."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import aiosqlite

from tests.benchmarks.message import FIRST_TAPPER

KEPT: Final = "✅ <b>Шумо дар ҷоед</b> · 6 август, 08:20\nТашаккур! Рӯзи хуш."
HELP: Final = "🆘 Ба ман кумак лозим"

_TABLES: Final = """
CREATE TABLE person (id INTEGER PRIMARY KEY, telegram_id INTEGER NOT NULL UNIQUE, name TEXT, role TEXT);
CREATE TABLE checkin (day INTEGER, person_id INTEGER, answered_at TEXT, PRIMARY KEY (day, person_id));
"""


class Checkins:
    """One connection, as most bots have it; WAL with `synchronous=FULL`, so that a commit is as durable as Hamroh's."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def keep(self, account: int, day: int) -> bool:
        """Keep that someone is here; False for a stranger."""
        async with self._connection.execute(
            "SELECT id, name, role FROM person WHERE telegram_id = ?", (account,)
        ) as rows:
            person = await rows.fetchone()
        if person is None:
            return False
        await self._connection.execute(
            "INSERT INTO checkin VALUES (?, ?, datetime('now')) ON CONFLICT DO NOTHING", (day, person[0])
        )
        await self._connection.commit()
        return True


@asynccontextmanager
async def checkins(people: int) -> AsyncIterator[Checkins]:
    """A new database with so many people."""
    with tempfile.TemporaryDirectory() as folder:
        async with aiosqlite.connect(Path(folder) / "bot.db") as connection:
            await connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {_TABLES}")
            rows = [(FIRST_TAPPER + index, f"Ситора {index}") for index in range(people)]
            await connection.executemany("INSERT INTO person (telegram_id, name, role) VALUES (?, ?, 'teacher')", rows)
            await connection.commit()
            yield Checkins(connection)
