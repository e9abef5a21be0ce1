"""A clock that can run fast, jump and pause, shared by the bot and the stand-in Telegram."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

FASTEST = 1_000_000.0  # twelve days in a second


class RehearsalClock:
    """Shows `start` when made, then runs `speed` times as fast as the machine's clock, and jumps when told.

    `monotonic()` counts this clock's seconds, jumps forward included, so that a rate of 28 messages a second
    means 28 in a second of the rehearsal. Sleepers wake when the clock reaches or jumps over their moment.
    At speed 0 all of it stands still; when paused, only the calendar does.
    """

    def __init__(self, start: datetime, *, speed: float = 1.0) -> None:
        if start.tzinfo is None:
            raise ValueError("a rehearsal starts at an aware moment")
        self._start = start.astimezone(UTC)
        self._elapsed = 0.0  # seconds of this clock, up to `_measured_at`
        self._while_paused = 0.0  # of those, seconds while the calendar was paused
        self._measured_at = time.monotonic()
        self._speed = speed
        self._paused = False
        self._changed = asyncio.Event()
        self._sleepers: dict[object, float] = {}  # when each wakes

    @property
    def speed(self) -> float:
        """How many of the calendar's seconds pass in one of the machine's; 0 stands still."""
        return 0.0 if self._paused else self._speed

    def monotonic(self) -> float:
        """Seconds of this clock since it was made."""
        return self._elapsed + (time.monotonic() - self._measured_at) * self._speed

    def now(self) -> datetime:
        """The time of the rehearsal, aware, in UTC."""
        counted = self._elapsed if self._paused else self.monotonic()
        return self._start + timedelta(seconds=counted - self._while_paused)

    def run(self, speed: float) -> None:
        """Go on from here at `speed`. Raises ValueError for one that is negative or faster than FASTEST."""
        if speed < 0:
            raise ValueError("time does not run backwards")
        if not speed <= FASTEST:
            raise ValueError(f"time runs at most {FASTEST:,.0f} times as fast as a clock")
        self._measure()
        self._paused = False
        self._speed = speed
        self._wake()

    def pause(self, *, counting: float = 1.0) -> None:
        """Stop the calendar here while seconds are still counted, so that a bot that limits its rate still answers.

        `counting` is how many seconds are counted in one of the machine's.
        """
        self._measure()
        self._paused = True
        self._speed = counting
        self._wake()

    def jump_to(self, moment: datetime) -> None:
        """Jump to `moment`. Raises ValueError for one that has passed."""
        self._measure()
        ahead = (moment - self._start).total_seconds() - (self._elapsed - self._while_paused)
        if ahead < -0.001:
            raise ValueError(f"the rehearsal is already past {moment.isoformat()}")
        self._elapsed += max(0.0, ahead)
        self._wake()

    def skip(self, most: float) -> None:
        """Jump to where the next sleeper wakes, if that is at most `most` seconds away."""
        ahead = min(self._sleepers.values(), default=float("inf")) - self.monotonic()
        if 0 < ahead <= most:
            self._measure()
            self._elapsed += ahead
            if self._paused:
                self._while_paused += ahead
            self._wake()

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` of this clock have passed or been jumped over."""
        wake_at = self.monotonic() + seconds
        sleeper = object()
        self._sleepers[sleeper] = wake_at
        try:
            await self._sleep_until(wake_at)
        finally:
            del self._sleepers[sleeper]

    async def _sleep_until(self, wake_at: float) -> None:
        while (remaining := wake_at - self.monotonic()) > 1e-6:
            changed = self._changed
            real_seconds = remaining / self._speed if self._speed else None
            try:
                async with asyncio.timeout(real_seconds):
                    await changed.wait()
            except TimeoutError:
                continue
        await asyncio.sleep(0)

    def _measure(self) -> None:
        counted = self.monotonic()
        if self._paused:
            self._while_paused += counted - self._elapsed
        self._elapsed = counted
        self._measured_at = time.monotonic()

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
