"""Sends every proactive message: it takes due rows to Telegram and records what became of them.

One turn is one transaction: it completes the rows whose attempts have ended and claims what can go next. A row is
`sending` on the disk before its request starts, and a completion waits at most 20 ms, so that a kill leaves few rows
whose result is not known.
"""

import asyncio
import logging
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from bot.clock import Clock
from bot.delivery.attempt_log import AttemptLog
from bot.delivery.attempts import Attempts, OnDead
from bot.delivery.circuit_breaker import CircuitBreaker
from bot.delivery.rendering import Renderer
from bot.delivery.transactions import OutboxTransactions
from bot.rate_limiter import RateLimiter
from bot.sender import Sender
from bot.store.claims import Claims
from bot.store.database import Database
from bot.waiting import IdleTracker, Signal, until_cancelled

_LOG = logging.getLogger(__name__)
_BATCH_WINDOW_SECONDS: Final = 0.02  # real time in which results are collected for one transaction
_POLL_SECONDS: Final = 10.0  # of the clock, between two claims when nothing is known to be due
_DATABASE_RETRY_SECONDS: Final = 1.0  # real time
_DRAIN_SECONDS: Final = 10.0  # real time that attempts in flight get when the process is told to stop
_SOS_BATCH: Final = 16  # SOS rows that one transaction claims beside the others


@dataclass(frozen=True, slots=True)
class Status:
    """What health and the rehearsal's panel show. `stopped` says why nothing is sent; empty while it is."""

    stopped: str
    paused: float
    sending: int


class Dispatcher:
    """Sends the outbox. Make it, `run` it as a task; cancel it to stop: attempts in flight get 10 s to end."""

    def __init__(
        self,
        *,
        db: Database,
        sender: Sender,
        limiter: RateLimiter,
        clock: Clock,
        renderer: Renderer,
        random: Random,
        on_dead: OnDead,
        most: int = 256,
    ) -> None:
        self._db = db
        self._limiter = limiter
        self._clock = clock
        self.renderer = renderer
        self._most = most
        self._batch = int(max(4, min(200, limiter.rate / 25)))
        self._signal = Signal(clock)
        self._idle = IdleTracker()
        self._breaker = CircuitBreaker(clock, random)
        self._attempt_log = AttemptLog(db.path)
        self._attempts = Attempts(
            attempt_log=self._attempt_log,
            renderer=renderer,
            sender=sender,
            limiter=limiter,
            clock=clock,
            breaker=self._breaker,
            random=random,
            on_dead=on_dead,
            on_ended=self._signal.set,
        )
        self._transactions = OutboxTransactions(renderer, limiter, clock, self._attempts, self._attempt_log)
        self._check_due = self._check_urgent = True
        self._check_at = 0.0
        self._sos_only = False
        self._rate_limited = False
        self._over_budget = False
        self._stopping = False
        self._storage = ""
        self.next_at: datetime | None = None

    # --- for other parts --------------------------------------------------------------------------------------------

    def wake(self) -> None:
        """There may be new rows."""
        self._check_due = self._check_urgent = True
        self._signal.set()

    def send_sos_only(self) -> None:
        """Send only SOS rows until `send_all`."""
        self._sos_only = True

    def send_all(self) -> None:
        """Send everything that is due, as before `send_sos_only`."""
        self._sos_only = False
        self.wake()

    def halt(self, reason: str) -> None:
        """Send nothing until `resume(reason)`, for instance while another process polls with the same token."""
        self._breaker.halt(reason)

    def resume(self, reason: str) -> None:
        """The reason is gone."""
        self._breaker.resume(reason)
        self.wake()

    def requeue(self, person_id: int) -> None:
        """Call after a committed opt-out or erasure: rows whose requests have not started are due again."""
        self._attempts.requeue(person_id)

    @property
    def status(self) -> Status:
        """Whether it sends, for health and the rehearsal."""
        return Status(self._storage or self._breaker.reason, self._limiter.pauses.of_everything, self._attempts.busy)

    async def wait_idle(self) -> None:
        """Return when nothing that is due is left unsent; the next retry is due at `next_at`."""
        self.wake()
        await self._idle.wait()

    async def recover(self) -> None:
        """Load the pauses that still run, and recover the rows that a kill left in flight. Call before `run`.

        Where the database cannot be used now, the first turn does it.
        """
        try:
            await self._db.write(self._transactions.recover, now=self._clock.now())
        except sqlite3.Error as error:
            await self._storage_failed(error)
        else:
            self._storage_works()

    # --- the loop ---------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Send until cancelled, then drain the attempts in flight within 10 s."""
        await until_cancelled(self._loop(), self._stop)

    async def _loop(self) -> None:
        while not self._stopping:
            self._signal.clear()
            if self._clock.monotonic() >= self._check_at:
                self._check_due = self._check_urgent = True
            if self._attempts.results or self._may_claim:
                await self._collect_results()
                await self._turn()
            else:
                await self._signal.wait(self._delay())

    async def _collect_results(self) -> None:
        """Wait a little for more results, so that one transaction takes many, unless there is capacity to claim."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_BATCH_WINDOW_SECONDS):
                while self._attempts.busy and not (self._check_due and self._capacity() > self._batch // 4):
                    self._signal.clear()
                    await self._signal.wait(None)

    @property
    def _may_claim(self) -> bool:
        return (self._check_due and self._capacity() > 0) or (self._check_urgent and self._urgent_capacity() > 0)

    def _urgent_capacity(self) -> int:
        """How many SOS rows may be claimed now, whatever else is in flight."""
        if self._limiter.pauses.of_everything or self._breaker.wait != 0.0:
            return 0
        return _SOS_BATCH if not self._breaker.probing else int(not self._attempts.busy)

    def _capacity(self) -> int:
        """How many rows may be claimed now."""
        if self._sos_only or self._limiter.pauses.of_everything or self._breaker.wait != 0.0:
            return 0
        if self._breaker.probing:
            return 0 if self._attempts.busy else 1
        if self._attempts.waiting > self._batch // 2:
            return 0
        return min(self._batch - self._attempts.waiting, self._most - self._attempts.busy)

    def _delay(self) -> float:
        until_check = max(0.0, self._check_at - self._clock.monotonic())
        if not self._check_due:
            return until_check
        return min(_POLL_SECONDS, max(self._limiter.pauses.of_everything, self._breaker.wait or 0.0) or _POLL_SECONDS)

    async def _turn(self) -> None:
        self._idle.begin_turn()
        results, self._attempts.results = self._attempts.results, []
        self._check_due = self._check_due or (self._over_budget and bool(results))
        want, urgent = (0, 0) if self._stopping else (self._capacity(), self._urgent_capacity())
        due, self._check_due = self._check_due, self._check_due and want <= 0
        self._check_urgent = self._check_urgent and urgent <= 0
        now = self._clock.now()
        try:
            claimed = await self._db.write(
                self._transactions.complete_and_claim, results=results, want=want, urgent=urgent, now=now
            )
        except sqlite3.Error as error:
            self._attempts.results = results + self._attempts.results
            self._check_due = self._check_due or due
            self._check_urgent = True
            await self._storage_failed(error)
            return
        self._storage_works()
        if not (self._attempts.busy or self._attempts.results):
            self._attempt_log.compact()
        if claimed is not None:
            self._plan_next(claimed, whole=want > 0)
            self._attempts.send(claimed.claims)
        idle = not (self._check_due or self._rate_limited or self._attempts.busy or self._attempts.results)
        self._idle.end_turn(idle=idle)

    def _plan_next(self, claimed: Claims, *, whole: bool) -> None:
        """When to check again; not `whole`: only SOS rows were checked."""
        self._check_urgent = self._check_urgent or claimed.more
        waits = [_POLL_SECONDS]
        if claimed.rate_limited is not None:
            waits.append(claimed.rate_limited)
        if claimed.next_at is not None:
            waits.append((claimed.next_at - self._clock.now()).total_seconds())
        check_at = self._clock.monotonic() + max(0.0, min(waits))
        if not whole:
            self._check_at = min(self._check_at, check_at)
            return
        self._check_due = self._check_due or claimed.more
        self._rate_limited = claimed.rate_limited is not None
        self._over_budget = claimed.over_budget
        self.next_at = claimed.next_at
        self._check_at = check_at

    # --- start, failures, stop ---------------------------------------------------------------------------------------

    async def _storage_failed(self, error: sqlite3.Error) -> None:
        if not self._storage:
            _LOG.error("Sending has stopped: the database cannot be used (%s). Trying again.", error)
        self._storage = f"the database cannot be used: {error}"
        await asyncio.sleep(_DATABASE_RETRY_SECONDS)

    def _storage_works(self) -> None:
        self._transactions.committed()
        if self._storage:
            _LOG.warning("Sending goes on: the database can be used again.")
        self._storage = ""

    async def _stop(self, loop: asyncio.Future[None]) -> None:
        self._stopping = True
        self._signal.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                await asyncio.shield(loop)
                await self._attempts.drain(_DRAIN_SECONDS)
                await asyncio.sleep(0)
                while self._attempts.results:
                    await self._turn()
        self._attempt_log.close()
