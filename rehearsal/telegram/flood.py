"""Telegram's limits on how fast a bot may send."""

import math
from collections import deque
from dataclasses import dataclass

from rehearsal.telegram.errors import too_many

_COUNTED = ("send", "copy", "forward", "editMessage")  # methods that begin like this are counted by chat


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """How fast a bot may send.

    Telegram says "about 30 messages a second, one a second in one chat, 20 a minute in one group" and tolerates
    short bursts in a chat without saying how long; five in a row is what the stand-in tolerates (a dialogue
    sometimes needs three messages at once). Editing is laxer: a burst of twenty, then five a second in one chat.
    Every other method can be throttled too, those without a chat among them (a menu, a toast); Telegram does not say
    when, so it is the same thirty a second for each. The limit of one method does not hold the others back.
    """

    per_second: int = 30
    paid_per_second: int = 1000
    per_chat_per_second: float = 1.0
    per_chat_burst: int = 5
    per_group_per_minute: int = 20
    edits_per_chat_per_second: float = 5.0
    edits_per_chat_burst: int = 20
    per_method_per_second: int = 30
    webhooks_per_second: int = 1  # setWebhook


class _SlidingWindow:
    """A strict sliding window: at most `limit` in any `seconds`."""

    __slots__ = ("limit", "seconds", "times")

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self.times: deque[float] = deque()

    def wait(self, now: float, count: int) -> float:
        """Seconds until `count` more fit; 0 when they fit now."""
        times, horizon = self.times, now - self.seconds
        while times and times[0] <= horizon:
            times.popleft()
        over = len(times) + count - self.limit
        if over <= 0:
            return 0.0
        return times[min(over, len(times)) - 1] + self.seconds - now if times else self.seconds

    def take(self, now: float, count: int) -> None:
        self.times.extend([now] * count)


class _TokenBuckets:
    """One token bucket a chat: `rate` tokens a second, at most `burst` saved."""

    __slots__ = ("_left", "burst", "rate")

    def __init__(self, rate: float, burst: int) -> None:
        self.rate = rate
        self.burst = burst
        self._left: dict[int, tuple[float, float]] = {}

    def _tokens(self, chat_id: int, now: float) -> float:
        left = self._left.get(chat_id)
        return self.burst if left is None else min(self.burst, left[0] + (now - left[1]) * self.rate)

    def wait(self, chat_id: int, now: float) -> float:
        tokens = self._tokens(chat_id, now)
        return 0.0 if tokens >= 1 - 1e-9 else (1 - tokens) / self.rate

    def take(self, chat_id: int, now: float, count: int) -> None:
        self._left[chat_id] = (self._tokens(chat_id, now) - count, now)


class FloodControl:
    """Counts accepted messages and refuses the ones that are too many."""

    def __init__(self, limits: FloodLimits) -> None:
        self._free = _SlidingWindow(limits.per_second, 1.0)
        self._paid = _SlidingWindow(limits.paid_per_second, 1.0)
        self._chats = _TokenBuckets(limits.per_chat_per_second, limits.per_chat_burst)
        self._edits = _TokenBuckets(limits.edits_per_chat_per_second, limits.edits_per_chat_burst)
        self._groups: dict[int, _SlidingWindow] = {}
        self._methods: dict[str, _SlidingWindow] = {"setWebhook": _SlidingWindow(limits.webhooks_per_second, 1.0)}
        self._per_method = limits.per_method_per_second
        self._per_group = limits.per_group_per_minute

    def check_message(self, chat_id: int, now: float, *, count: int = 1, paid: bool = False) -> None:
        """Let `count` new messages into a chat at `now` (monotonic seconds), or raise a 429."""
        everywhere = self._paid if paid else self._free
        group = self._group(chat_id) if chat_id < 0 else None
        wait = max(everywhere.wait(now, count), self._chats.wait(chat_id, now))
        if group is not None:
            wait = max(wait, group.wait(now, count))
        _require_no_wait(wait)
        everywhere.take(now, count)
        self._chats.take(chat_id, now, count)
        if group is not None:
            group.take(now, count)

    def check_edit(self, chat_id: int, now: float) -> None:
        """Let one edit into a chat, or raise a 429."""
        _require_no_wait(self._edits.wait(chat_id, now))
        self._edits.take(chat_id, now, 1)

    def check_call(self, method: str, now: float) -> None:
        """Let one call of a method through that neither makes nor changes a message, or raise a 429."""
        if not method.startswith(_COUNTED) or method == "sendChatAction":
            window = self._methods.get(method) or self._methods.setdefault(
                method, _SlidingWindow(self._per_method, 1.0)
            )
            _require_no_wait(window.wait(now, 1))
            window.take(now, 1)

    def _group(self, chat_id: int) -> _SlidingWindow:
        return self._groups.setdefault(chat_id, _SlidingWindow(self._per_group, 60.0))


def _require_no_wait(wait: float) -> None:
    if wait > 0:
        raise too_many(max(1, math.ceil(wait - 1e-9)))
