"""The periodic clean-up: what has been kept for long enough is forgotten, and what was erased is overwritten."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from typing import Final

from bot.clock import Clock
from bot.programme.model import Seminar
from bot.services import care as care_service
from bot.store import retention, wiping
from bot.store.database import Database
from bot.waiting import IdleTracker, Signal

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 600.0  # between two checks
_DAILY: Final = 86_400.0
_SMALL: Final = 64 * 1024 * 1024  # bytes up to which the file is rebuilt at once (that takes less than a second)
_NIGHT: Final = range(2, 5)  # hours in which a larger file is; meanwhile nothing is written, calls for help included
_TRIES: Final = 20
_BUSY_RETRY_SECONDS: Final = 0.05  # real time between two tries while a reader holds the log
_RETRY_SECONDS: Final = 30.0  # after which it is tried again, also when the database failed
_SHARE: Final = 20.0  # of the time that a rebuild took passes before the next, so that many erasures stop nobody


class Retention:
    """Make it, `run` it as a task. It starts with what the last process left undone."""

    def __init__(self, db: Database, clock: Clock, seminar: Callable[[], Seminar]) -> None:
        self._db = db
        self._clock = clock
        self._seminar = seminar
        self._signal = Signal(clock)
        self._idle = IdleTracker()
        self._wanted, self._done = 1, 0
        self._sweep_at = self._rebuild_at = clock.monotonic()
        self._rest_until = 0.0
        self._error = ""

    def wipe(self) -> None:
        """Something was erased and committed: overwrite it now."""
        self._wanted += 1
        self._signal.set()

    async def wait_idle(self) -> None:
        """Return when what is old enough is forgotten, and what was erased is overwritten, or cannot be yet."""
        if self._done != self._wanted or self._clock.monotonic() >= self._sweep_at:
            self._signal.set()
            await self._idle.wait()

    async def run(self) -> None:
        """Clean up until cancelled. Each step is whole, so it can be stopped anywhere."""
        self._rebuild_at += _DAILY
        while True:
            self._signal.clear()
            self._idle.begin_turn()
            try:
                delay = await self._run_once()
            except sqlite3.Error as error:
                if not self._error:
                    _LOG.error("Cleaning up waits: the database cannot be used (%s). Trying again.", error)
                self._error = str(error)
                delay = _RETRY_SECONDS
            else:
                self._error = ""
            self._idle.end_turn(idle=True)
            await self._signal.wait(delay)

    async def _run_once(self) -> float:
        """Do what is due; return the seconds until the next run."""
        wanted = self._wanted
        if self._clock.monotonic() >= self._sweep_at:
            await self._sweep()
        if await self._db.read(wiping.is_due) and self._may_rebuild() and not await self._overwrite():
            return _RETRY_SECONDS
        self._done = wanted
        return max(0.0, self._sweep_at - self._clock.monotonic())

    async def _sweep(self) -> None:
        started = self._clock.monotonic()
        while await self._db.write(retention.sweep, now=self._clock.now()):
            pass
        await self._db.write(care_service.erase_after_end, self._seminar(), self._clock.now())
        if started >= self._rebuild_at and self._db.path.stat().st_size <= _SMALL:
            await self._db.write(wiping.ask)
            self._rebuild_at = started + _DAILY
        await self._db.alone(wiping.empty_log)
        self._sweep_at = started + _POLL_SECONDS

    def _may_rebuild(self) -> bool:
        """A large file is rebuilt when the seminar sleeps."""
        hour = self._clock.now().astimezone(self._seminar().zone).hour
        return self._db.path.stat().st_size <= _SMALL or hour in _NIGHT

    async def _overwrite(self) -> bool:
        """Overwrite what was erased; False where a reader holds the log for longer than a moment."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(min(_RETRY_SECONDS, self._rest_until - loop.time()))
        started = loop.time()
        for _ in range(_TRIES):
            if await self._db.alone(wiping.wipe):
                self._rest_until = loop.time() + (loop.time() - started) * _SHARE
                return True
            await asyncio.sleep(_BUSY_RETRY_SECONDS)
        return False
