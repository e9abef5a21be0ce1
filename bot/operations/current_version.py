"""Lets the newest published version run, without a restart."""

import logging
from typing import Final

from bot.clock import Clock
from bot.delivery.periodic_task import PeriodicTask
from bot.programme.current import CurrentSeminar
from bot.services import programme as programme_service
from bot.store.database import Database

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 30.0  # a publish is followed at once; this is for one whose handler ended before it said so


class CurrentVersion:
    """Make it, `run` it as a task, and call `follow` after each commit that publishes."""

    def __init__(self, db: Database, clock: Clock, current: CurrentSeminar) -> None:
        self._db = db
        self._current = current
        self._task = PeriodicTask(clock, self._look)
        self.wait_idle = self._task.wait_idle
        self.run = self._task.run

    async def follow(self) -> None:
        """Let the newest version run, unless it does already."""
        newer = await self._db.read(programme_service.newer_than, self._current.folder, self._current.version)
        if newer is not None and self._current.follow(*newer):
            _LOG.info("Version %d of the programme runs now.", self._current.version)

    async def _look(self, waited_for: bool) -> float:
        del waited_for
        await self.follow()
        return _POLL_SECONDS
