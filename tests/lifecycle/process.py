"""A bot in a process of its own, beside a stand-in Telegram in this one."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.messages.broadcast import BROADCAST, BroadcastTo
from bot.priority import Priority
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_version as broadcast_version_store
from bot.store import migrations, outbox, person
from bot.store.broadcast_version import ContentKind
from rehearsal.telegram import Account, TelegramServer
from rehearsal.telegram.api import Answer
from rehearsal.telegram.calls import NO_FILES, Files
from tests.soak import setup
from tests.soak.process_run import ROOT
from tests.soak.telegram import SoakTelegram

TIMEOUT_SECONDS: Final = 30.0  # real time for anything; only a failing test waits so long
SHORT: Final = ("-m", "tests.lifecycle.short_timeouts")  # instead of `-m bot run`


class HoldingTelegram(SoakTelegram):
    """A Telegram that can hold its answers back."""

    def __init__(self, journal: Path) -> None:
        super().__init__(journal, seed=1)
        self.opened = asyncio.Event()
        self.opened.set()
        self.held = 0

    async def call(self, method: str, params: Mapping[str, object], files: Files = NO_FILES) -> Answer:
        """The answer, once `opened` is set."""
        answer = await super().call(method, params, files)
        if method == "sendMessage" and not self.opened.is_set():
            self.held += 1
            await self.opened.wait()
        return answer


class Process:
    """One process; `lines` are what it has said."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid
        self.lines: list[str] = []
        self._reader = asyncio.create_task(self._read())

    @property
    def said(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    def terminate(self) -> None:
        """SIGTERM."""
        self._process.send_signal(signal.SIGTERM)

    async def end(self) -> int:
        """Its exit code, once it has ended."""
        async with asyncio.timeout(TIMEOUT_SECONDS):
            code = await self._process.wait()
            await self._reader
        return code

    async def kill(self) -> None:
        """End it in any case."""
        if self._process.returncode is None:
            self._process.kill()
        await self.end()

    async def _read(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self.lines.append(line.decode().rstrip())


class LifecycleHarness:
    """The folder, the stand-in Telegram, a teacher, and the processes that were started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "hamroh.db"
        self.seminar = setup.copy_seminar(folder, agenda=600, morning=600, lesson=600, evening=610)
        self.telegram = HoldingTelegram(folder / "journal.jsonl")
        self.teacher = Account(self.telegram.world, "Ситора", language_code="en")
        self.server = TelegramServer(self.telegram)
        self._processes: list[Process] = []

    async def start(self, *command: str, **env: str) -> Process:
        """Start a bot: `python -m bot run` unless told otherwise."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("HAMROH_", "COV"))}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *(command or ("-m", "bot", "run")),
            stderr=asyncio.subprocess.PIPE,
            cwd=ROOT,
            env={**inherited, **setup.environment(self.folder, self.server.url), **env},
        )
        started = Process(process)
        self._processes.append(started)
        return started

    async def ready(self, process: Process) -> None:
        """Wait until it serves."""
        await self.until(lambda: "serves" in process.said and self.telegram.polled > 0, process)

    async def until(self, condition: Callable[[], Any], process: Process) -> None:
        """Wait for a condition."""
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                while not condition():  # noqa: ASYNC110 - of another process there is no event
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"it did not come true; the bot said:\n{process.said}") from None

    def create_database(self) -> None:
        """Make the database, with one teacher."""
        with closing(sqlite3.connect(self.database, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            migrations.migrate(connection)
        setup.add_members(self.database, self.seminar, [self.teacher], [])

    def message(self, text: str, *, seconds: float = 0.0) -> None:
        """Put a message to the teacher into the outbox, due in so many seconds."""
        now = datetime.now(UTC)
        with setup.write_transaction(self.database) as connection:
            who = person.by_telegram_id(connection, self.teacher.id)
            assert who is not None
            number = broadcast_store.add(connection, who.id, who.telegram_id, now).id
            broadcast_version_store.put(connection, number, "", ContentKind.TEXT, text, parts=(), now=now)
            draft = BROADCAST.draft(
                BroadcastTo(number),
                key=f"test:{number}",
                occurrence="test",
                chat_id=who.telegram_id,
                person_id=who.id,
                due_at=now + timedelta(seconds=seconds),
                expires_at=now + timedelta(hours=1),
                priority=Priority.NOTICE,
            )
            outbox.enqueue(connection, [draft], now)

    def state(self, key: str = "test:1") -> str:
        """The state of a row."""
        with setup.read_only(self.database) as connection:
            return outbox.state_of(connection, key) or ""

    async def close(self) -> None:
        """End everything."""
        self.telegram.opened.set()
        for process in self._processes:
            await process.kill()
        await self.server.stop()
        self.telegram.journal.close()
