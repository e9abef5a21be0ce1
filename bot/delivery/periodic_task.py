"""A periodic task: runs a function when woken, and after as long as its last run asked for."""

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Final

from bot.clock import Clock
from bot.waiting import IdleTracker, Signal

_LOG = logging.getLogger(__name__)
_SHORTEST_GAP_SECONDS: Final = 1.0  # between two runs, however often it is woken
_DATABASE_RETRY_SECONDS: Final = 10.0  # after the database failed

# Gets whether somebody waits for this run, and returns the seconds until the next one.
TaskFunction = Callable[[bool], Awaitable[float]]


class PeriodicTask:
    """Runs `function` again and again. Make it, `run` it as a task; it can be cancelled anywhere."""

    def __init__(self, clock: Clock, function: TaskFunction) -> None:
        self._clock = clock
        self._function = function
        self._signal = Signal(clock)
        self._run_now = Signal(clock)
        self._idle = IdleTracker()
        self._waited_for = 0

    def wake(self) -> None:
        """Something has changed: run, but not more often than once a second."""
        self._signal.set()

    async def wait_idle(self) -> None:
        """Return after a whole run that begins now."""
        self._waited_for += 1
        self._signal.set()
        self._run_now.set()
        try:
            await self._idle.wait()
        finally:
            self._waited_for -= 1

    async def run(self) -> None:
        """Run until cancelled."""
        while True:
            self._signal.clear()
            self._idle.begin_turn()
            try:
                delay = await self._function(self._waited_for > 0)
            except sqlite3.Error as error:
                _LOG.warning("A periodic task waits: the database cannot be used (%s).", error)
                delay = _DATABASE_RETRY_SECONDS
            self._idle.end_turn(idle=True)
            await self._rest(delay)

    async def _rest(self, delay: float) -> None:
        self._run_now.clear()
        if not self._waited_for:
            await self._run_now.wait(_SHORTEST_GAP_SECONDS)
        await self._signal.wait(max(0.0, delay - _SHORTEST_GAP_SECONDS))
