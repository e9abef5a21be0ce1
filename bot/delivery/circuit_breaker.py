"""The circuit breaker: sending stops while Telegram cannot be reached, or refuses everything."""

from random import Random
from typing import Final

from bot.clock import Clock
from bot.delivery.retry import backoff
from bot.delivery.send_errors import SendResult

_TOLERATED: Final = 3  # failures in a row before it opens
_FIRST_PROBE_SECONDS: Final = 30.0  # after "everything is refused", doubled
_LONGEST_PROBE_SECONDS: Final = 300.0
_DEFINITE: Final = frozenset(
    {
        SendResult.ACCEPTED,
        SendResult.THROTTLED,
        SendResult.UNREACHABLE,
        SendResult.CLOSED,
        SendResult.TOPIC_GONE,
        SendResult.TOPIC_CLOSED,
        SendResult.MIGRATED,
        SendResult.REFUSED,
        SendResult.UNCHANGED,
        SendResult.UNCHANGEABLE,
    }
)


class CircuitBreaker:
    """Counts failures that concern every chat. While it is open, one row at a time probes whether sending works."""

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock = clock
        self._random = random
        self._failures = 0
        self._level = 0
        self._until = 0.0
        self._reasons: dict[str, None] = {}
        self._refused = ""

    @property
    def reason(self) -> str:
        """Why nothing is sent at all; empty while messages are sent."""
        return "; ".join([*self._reasons, *([self._refused] if self._refused else [])])

    @property
    def probing(self) -> bool:
        """Whether only one row at a time may be tried."""
        return bool(self._refused) or self._failures > _TOLERATED

    @property
    def wait(self) -> float | None:
        """Seconds until a row may be tried; None while it is halted and waits for `resume`."""
        if self._reasons:
            return None
        return max(0.0, self._until - self._clock.monotonic()) if self.probing else 0.0

    def halt(self, reason: str) -> None:
        """Send nothing until `resume` is called with the same reason."""
        self._reasons[reason] = None

    def resume(self, reason: str) -> None:
        """The reason is gone."""
        self._reasons.pop(reason, None)

    def record(self, result: SendResult, text: str) -> None:
        """Count the result of a request. `words`: the text of its error."""
        if result in _DEFINITE:
            self._failures = self._level = 0
            self._refused = ""
        elif result is SendResult.EVERYTHING:
            self._refused = text
            self._later(min(_LONGEST_PROBE_SECONDS, _FIRST_PROBE_SECONDS * 2.0**self._level))
        else:
            self._failures += 1
            self._later(backoff(self._level, self._random))

    def _later(self, seconds: float) -> None:
        # Many requests were in flight when it opened: they are one failure, not many steps of the back-off.
        now = self._clock.monotonic()
        if now >= self._until:
            self._until = now + seconds
            self._level += 1
