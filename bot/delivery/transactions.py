"""The transactions of the dispatcher: recovery after a start, completions of attempts, and claims of due rows."""

import logging
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.delivery.attempt_log import AttemptLog
from bot.delivery.attempts import AttemptResult, Attempts
from bot.delivery.rendering import Renderer
from bot.rate_limiter import RateLimiter
from bot.store import claims, pause, recovery
from bot.store.claims import Claims

_LOG = logging.getLogger(__name__)
_CLAMP_SECONDS: Final = 10.0  # of the clock, between two times that rows too far ahead are looked for
_LONGEST_RETRY_DELAY: Final = timedelta(minutes=10)


class OutboxTransactions:
    """Each method is one transaction. Call `committed` after one that succeeded."""

    def __init__(
        self, renderer: Renderer, limiter: RateLimiter, clock: Clock, attempts: Attempts, attempt_log: AttemptLog
    ) -> None:
        self._renderer = renderer
        self._limiter = limiter
        self._clock = clock
        self._attempts = attempts
        self._attempt_log = attempt_log
        self._recovered = False
        self._last_now, self._clamp_at = clock.now(), 0.0

    def recover(self, connection: sqlite3.Connection, now: datetime) -> None:
        """Load the pauses that still run, and recover the rows that a kill left in flight."""
        unclear = recovery.recover(connection, self._renderer.message_types.at_most_once, now, self._attempt_log.read())
        if unclear:
            _LOG.warning("%d messages were under way when the bot ended; whether they arrived is not known", unclear)
        for chat_id, until in pause.running(connection, now).items():
            self._limiter.pauses.pause(chat_id, (until - now).total_seconds())

    def complete_and_claim(
        self, connection: sqlite3.Connection, results: Sequence[AttemptResult], want: int, urgent: int, now: datetime
    ) -> Claims | None:
        """Record how attempts ended, and claim up to `want` rows and `urgent` SOS rows more; None where none is wanted.

        The first one recovers, where nothing has yet.
        """
        if not self._recovered:
            self.recover(connection, now)
        if now < self._last_now - timedelta(seconds=1) or self._clock.monotonic() >= self._clamp_at:
            recovery.clamp_after_clock_change(connection, now, now + _LONGEST_RETRY_DELAY)
            # No row was claimed while Telegram could not be reached.
            self._clamp_at = self._clock.monotonic() + _CLAMP_SECONDS
        self._last_now = now
        claims.complete(connection, [one.completion for one in results], now)
        for one in results:
            if one.effect is not None:
                one.effect(connection)
        if want + urgent <= 0:
            return None
        load, budget = self._renderer.context_loader(), self._attempts.retry_budget
        limited = self._attempts.rate_limited
        return claims.claim(
            connection,
            want,
            now,
            urgent=urgent,
            rate_limited=limited,
            load_context=load,
            retry_budget=budget,
            despite_pause=self._renderer.message_types.despite_pause,
        )

    def committed(self) -> None:
        """A transaction was committed: from the first on, the attempt log begins anew."""
        if not self._recovered:
            self._recovered = True
            self._attempt_log.start()  # after the commit: until then the old records are the only ones
