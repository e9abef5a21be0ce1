"""Follows up what people were told: what has not arrived is sent again, and messages change when what they say has.

Everything is read from the database, so a restart goes on where the last process was.
"""

import math
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.periodic_task import PeriodicTask
from bot.i18n import Locales
from bot.messages.admission_cards import AdmissionCards
from bot.messages.receipt import Receipts
from bot.programme.model import Seminar
from bot.sender import Sender
from bot.store.database import Database

_POLL_SECONDS: Final = 30.0  # between two runs when nothing is open
_REDELIVERY_SECONDS: Final = 10.0  # between two checks that nothing was lost
_DAY_SECONDS: Final = 86_400.0


class FollowUp:
    """Checks and updates them periodically. `redeliver` makes the rows that are missing, and returns how many.

    Make it, `run` it as a task; wake it when what messages tell of has changed.
    """

    def __init__(
        self,
        db: Database,
        sender: Sender,
        clock: Clock,
        locales: Locales,
        *,
        seminar: Callable[[], Seminar],
        redeliver: Callable[[sqlite3.Connection, datetime], int],
        dispatcher: Dispatcher,
    ) -> None:
        self._db = db
        self._clock = clock
        self._redeliver = redeliver
        self._dispatcher = dispatcher
        self._cards = AdmissionCards(db, sender, clock, locales)
        self._receipts = Receipts(db, sender, clock, locales, seminar=seminar, leaves_in=self.leaves_in)
        self._redelivered_at = self._deleted_at = float("-inf")
        self._task = PeriodicTask(clock, self._run_once)
        self.wake = self._task.wake
        self.wait_idle = self._task.wait_idle
        self.run = self._task.run

    def leaves_in(self, chat_id: int) -> float:
        """Seconds until a message that is not a reply can leave for any chat; infinite while nothing is sent."""
        del chat_id  # one chat's own pause is short, or seen when the message does not arrive soon
        status = self._dispatcher.status
        return math.inf if status.stopped else status.paused

    async def _run_once(self, waited_for: bool) -> float:
        moment = self._clock.monotonic()
        if waited_for or moment - self._redelivered_at >= _REDELIVERY_SECONDS:
            self._redelivered_at = moment
            await self._redeliver_missing()
        if moment - self._deleted_at >= _DAY_SECONDS:
            self._deleted_at = moment
            await self._receipts.delete_old()
        delays = [await self._cards.update(waited_for), await self._receipts.update()]
        return min([_POLL_SECONDS, *(delay for delay in delays if delay is not None)])

    async def _redeliver_missing(self) -> None:
        """Whoever came back by a way that nobody thought of gets what is open, too."""
        if await self._db.write(self._redeliver, self._clock.now()):
            self._dispatcher.wake()
