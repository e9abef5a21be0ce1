"""The fan-out: a loop that plans, schedules occurrences and expands them into outbox rows, chunk by chunk."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from time import perf_counter
from typing import Final

from bot.clock import Clock, from_text
from bot.delivery.planner import FeaturePlanner, Plan, around, due
from bot.programme.model import Seminar
from bot.store import fanout, outbox, recovery, suspension
from bot.store.database import Database
from bot.store.fanout import Occurrence
from bot.waiting import IdleTracker, Signal

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 60.0  # between two runs of the planners, when nothing is known to be due earlier
_CHUNK: Final = 50  # people a transaction; 2 ms, which is what a press may have to wait for
_REST_SHARE: Final = 3  # times as long as a transaction took: presses get the database for three quarters of the time
_LONGEST_REST_SECONDS: Final = (
    0.05  # real time, also beside a slow disk: what an urgent occurrence may have to wait for
)
_NOTIFY_SECONDS: Final = 0.25  # real time between two calls of `made` during a long fan-out
_RELEASE_PAGE: Final = 250  # rows a transaction of an occurrence that is resumed or called off; 10 ms
_DATABASE_RETRY_SECONDS: Final = 2.0  # real time
_PRUNE_SECONDS: Final = 86_400.0  # between two times that old rows are forgotten
_RETENTION: Final = timedelta(days=60)  # how long ended rows are kept


class Fanout:
    """Runs the planners each minute, at start and when woken, and turns what is due into outbox rows.

    `seminar` gives the seminar as it is at the moment; `made` is called after each transaction that made rows. `notice`
    runs in the transaction of each run and gives the occurrences that follow from what the database holds. So does
    `override`, which is given what is planned and returns what is sent of it, and when.
    `at_most_once` are the message types that may not be sent twice; rows of those in `counted` are never pruned.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        seminar: Callable[[], Seminar],
        planners: Sequence[FeaturePlanner],
        made: Callable[[], None],
        *,
        notice: Callable[[sqlite3.Connection, datetime], Iterable[Occurrence]] = lambda _connection, _now: (),
        override: Callable[[sqlite3.Connection, Sequence[Occurrence]], Sequence[Occurrence]] = lambda _, planned: (
            planned
        ),
        at_most_once: Collection[str] = (),
        counted: Collection[str] = (),
        chunk: int = _CHUNK,
    ) -> None:
        self._db = db
        self._clock = clock
        self._seminar = seminar
        self._planners = planners
        self._made = made
        self._notice = notice
        self._override = override
        self._at_most_once = at_most_once
        self._counted = counted
        self._chunk = chunk
        self._signal = Signal(clock)
        self._idle = IdleTracker()
        self._prune_at = clock.monotonic()
        self._notified_of, self._notified_at = "", 0.0
        self.error = ""

    def wake(self) -> None:
        """Something that planners read has changed, or an occurrence was scheduled: plan again."""
        self._signal.set()

    async def wait_idle(self) -> None:
        """Return when every occurrence that is due now has been fanned out."""
        self.wake()
        await self._idle.wait()

    async def run(self) -> None:
        """Plan and fan out until cancelled. Each transaction is whole, so it can be stopped anywhere."""
        while True:
            self._signal.clear()
            self._idle.begin_turn()
            try:
                delay = await self._run_once()
            except sqlite3.Error as error:
                self._fail(error)
                await asyncio.sleep(_DATABASE_RETRY_SECONDS)
                continue
            self._recovered()
            self._idle.end_turn(idle=True)
            await self._signal.wait(delay)

    async def _run_once(self) -> float:
        """Schedule and fan out everything that is due; return the seconds until the next run."""
        next_at = await self._plan()
        while await self._release() or await self._fan_out():
            if self._clock.now() >= next_at:  # a long fan-out must not keep what is due meanwhile
                next_at = await self._plan()
        if self._clock.monotonic() >= self._prune_at:
            await self._prune(self._clock.now() - _RETENTION)
        scheduled = await self._db.read(fanout.next_due)
        until = min(next_at, from_text(scheduled)) if scheduled else next_at
        return min(_POLL_SECONDS, max(0.0, (until - self._clock.now()).total_seconds()))

    async def _plan(self) -> datetime:
        """Schedule what is due now; return when to plan again."""
        now = self._clock.now()
        occurrences = around(self._seminar(), now, self._planners)
        planned = await self._db.write(self._schedule, occurrences=occurrences, now=now)
        poll_at = now + timedelta(seconds=_POLL_SECONDS)
        return min(poll_at, planned.next_at or poll_at)

    async def _release(self) -> bool:
        """Make a page of what was set aside due again, or cancel it; return False when nothing is left to do so with.

        What is urgent need not wait for that: each page is followed by a piece of a fan-out, and by a rest.
        """
        began = perf_counter()
        if not await self._db.write(suspension.release, now=self._clock.now(), size=_RELEASE_PAGE):
            return False
        self._made()
        await self._fan_out()
        await asyncio.sleep(min(_LONGEST_REST_SECONDS, _REST_SHARE * (perf_counter() - began)))
        return True

    async def _fan_out(self) -> bool:
        """Make one transaction's rows; return False when no occurrence is left to fan out."""
        began = perf_counter()
        chunk = await self._db.write(fanout.fan_out, now=self._clock.now(), size=self._chunk)
        if chunk is None:
            return False
        self._notify(chunk, began)
        if chunk.made and not chunk.done:
            await asyncio.sleep(min(_LONGEST_REST_SECONDS, _REST_SHARE * (perf_counter() - began)))
        return True

    def _notify(self, chunk: fanout.Chunk, now: float) -> None:
        """Report new rows with the first rows of an occurrence, at its end, and a few times a second in between."""
        is_time = chunk.occurrence != self._notified_of or now - self._notified_at >= _NOTIFY_SECONDS
        if chunk.done or (chunk.made and is_time):
            self._notified_of, self._notified_at = chunk.occurrence, now
            self._made()

    async def _prune(self, before: datetime) -> None:
        after: int | None = 0
        while after is not None:
            after = await self._db.write(outbox.prune, before=before, keep=self._counted, after=after, size=self._chunk)
        self._prune_at = self._clock.monotonic() + _PRUNE_SECONDS

    def _schedule(self, connection: sqlite3.Connection, occurrences: Sequence[Occurrence], now: datetime) -> Plan:
        planned = due(self._override(connection, occurrences), now)
        recovery.free_early(connection, (one.key for one in planned.due), now, self._at_most_once)
        fanout.reschedule(connection, planned.known)
        fanout.schedule(connection, planned.due, now)
        fanout.schedule(connection, self._notice(connection, now), now)
        return planned

    def _fail(self, error: sqlite3.Error) -> None:
        if not self.error:
            _LOG.error("Planning has stopped: the database cannot be used (%s). Trying again.", error)
        self.error = str(error)

    def _recovered(self) -> None:
        if self.error:
            _LOG.warning("Planning goes on: the database can be used again.")
        self.error = ""
