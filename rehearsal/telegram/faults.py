"""Fault injection between a bot and Telegram: by a script, or by seeded chance."""

import random
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What can go wrong with one call."""

    LOST_ANSWER = "lost_answer"  # accepted, then the connection closes without an answer
    ERROR_AFTER = "error_after"  # accepted, then a 502
    ERROR_BEFORE = "error_before"  # a 502, nothing accepted
    THROTTLED = "throttled"  # a 429 with retry_after, nothing accepted
    CLOSED = "closed"  # the connection closes, nothing accepted


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one call. `delay` is real seconds, half of them before acceptance."""

    kind: FaultKind | None = None
    retry_after: int = 1
    delay: float = 0.0
    method: str | None = None


class Faults:
    """Decides which call gets which fault; `injected` counts them.

    A scripted fault is for the next call of its method (of any method when it names none); after the script,
    chance: `chances` maps a kind to its probability for each call of `methods` (of every method but getUpdates
    when that is empty). `latency` is a range of real seconds that each call takes, half of them
    before acceptance. Nothing is set at the start.
    """

    def __init__(self, seed: int = 0) -> None:
        self.chances: dict[FaultKind, float] = {}
        self.methods: frozenset[str] = frozenset()
        self.retry_after = 1
        self.latency: tuple[float, float] = (0.0, 0.0)
        self._script: deque[Fault] = deque()
        self._random = random.Random(seed)  # noqa: S311 - chance that can be repeated, not secrets
        self.injected = 0

    @property
    def active(self) -> bool:
        """True while any call could get a fault or a delay."""
        return bool(self._script or self.chances or self.latency[1])

    def script(self, faults: Iterable[Fault]) -> None:
        """Add faults, in this order."""
        self._script.extend(faults)

    def clear(self) -> None:
        """Inject nothing any more."""
        self._script.clear()
        self.chances = {}
        self.methods = frozenset()
        self.latency = (0.0, 0.0)

    def seed(self, seed: int) -> None:
        """Start the same chance again."""
        self._random.seed(seed)

    def next(self, method: str) -> Fault:
        """The fault for this call."""
        fault = self._scripted(method) or self._by_chance(method)
        self.injected += fault.kind is not None
        return fault

    def _scripted(self, method: str) -> Fault | None:
        for index, fault in enumerate(self._script):
            if fault.method in (None, method) and (fault.method or method != "getUpdates"):
                del self._script[index]
                return fault
        return None

    def _by_chance(self, method: str) -> Fault:
        if method not in self.methods and (self.methods or method == "getUpdates"):
            return Fault()
        delay = self._random.uniform(*self.latency) if self.latency[1] else 0.0
        for kind, chance in self.chances.items():
            if self._random.random() < chance:
                return Fault(kind, self.retry_after, delay)
        return Fault(delay=delay)
