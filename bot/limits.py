"""The counts behind the rate limiter: what was sent in the last second, to which chat, and to which outsider.

All of them are given the time; none of them waits.
"""

from collections import OrderedDict, deque
from typing import Final

_GROUP_MESSAGES: Final = 20  # in `_GROUP_WINDOW_SECONDS`
_GROUP_WINDOW_SECONDS: Final = 60.5  # more than a minute, as messages take different times to Telegram
_MARGIN_SECONDS: Final = 0.01  # of a round trip that is not counted: two halves may be faster than any whole
_ROUND_TRIP_WINDOW_SECONDS: Final = 60.0  # how long the shortest round trip is remembered
_MANY_GROUPS: Final = 64
_AFTER_FAILURE_SECONDS: Final = 1.0
_OUTSIDERS: Final = 10_000  # that are remembered; whoever was answered longest ago is forgotten first


class SendWindow:
    """At most `capacity` messages in any window of `seconds`, counted at Telegram's end.

    When a message arrives lies between the start of its request and its answer, and the way there and back takes at
    least what the fastest of the last minutes took. It is measured from the start: of thirty that are granted at once
    each waits for the processor, which is no way to Telegram. So a place is free again `seconds` after the answer, less
    that (and 10 ms are not counted: two halves of two ways may be faster than any whole one): however much longer the
    ways of two messages take, they do not meet in one window at Telegram unless there was a place for both. The fastest
    is asked for when a place is wanted, not when the answer comes: the first messages of a process, for which
    connections are made, are no measure of those a second later. An answer that does not come for `slow` seconds is not
    waited for.
    """

    def __init__(self, capacity: int, *, seconds: float = 1.0, slow: float = 0.0) -> None:
        self.capacity = capacity
        self._seconds = seconds
        self._slow = slow
        self._under_way: OrderedDict[int, float] = OrderedDict()  # message -> when it was granted
        self._started: dict[int, float] = {}  # of those, when the requests started
        self._answered: deque[float] = deque()  # when the answers of the others came
        self._assumed, self._assumed_until = 0, 0.0  # messages of a process before this one
        self._round_trip = _WindowMinimum(_ROUND_TRIP_WINDOW_SECONDS)
        self._last = 0

    def free(self, now: float) -> int:
        """How many places are free."""
        longest = self._seconds + self._slow
        while self._under_way and next(iter(self._under_way.values())) + longest <= now:
            self._started.pop(self._under_way.popitem(last=False)[0], None)
        answered_before = now - self._rest()
        while self._answered and self._answered[0] <= answered_before:
            self._answered.popleft()
        assumed = self._assumed if now < self._assumed_until else 0
        return self.capacity - len(self._under_way) - len(self._answered) - assumed

    def take(self, now: float) -> int:
        """Take a place, and return the number to tell `answered`."""
        self._last += 1
        self._under_way[self._last] = now
        return self._last

    def started(self, number: int, now: float) -> None:
        """The request of this message starts."""
        if number in self._under_way:
            self._started[number] = now

    def answered(self, number: int, now: float) -> None:
        """Telegram has answered: the place is free soon."""
        granted = self._under_way.get(number)
        if granted is None or now - granted >= self._slow:
            return  # it is free, or will be, at the latest moment
        del self._under_way[number]
        self._round_trip.count(now - self._started.pop(number, granted), now)
        self._answered.append(now)

    def give_back(self, number: int) -> None:
        """Nothing was sent after all."""
        self._under_way.pop(number, None)
        self._started.pop(number, None)

    def fill(self, now: float) -> None:
        """Assume that as many as are allowed have been sent right now, by a process before this one."""
        self._assumed, self._assumed_until = self.free(now), now + self._seconds

    def next_free(self, now: float) -> float:
        """Seconds until one place more is free than now; 0 when all are."""
        ends = [next(iter(self._under_way.values())) + self._seconds + self._slow] if self._under_way else []
        ends += [self._answered[0] + self._rest()] if self._answered else []
        ends += [self._assumed_until] if now < self._assumed_until else []
        return max(0.0, min(ends) - now) if ends else 0.0

    def _rest(self) -> float:
        """Seconds from an answer until its place is free."""
        return self._seconds - max(0.0, self._round_trip.least - _MARGIN_SECONDS)


class _WindowMinimum:
    """The least number of the last `span` to twice `span` seconds; infinite before the first."""

    def __init__(self, span: float) -> None:
        self._span = span
        self._since = 0.0
        self._before = self._now = float("inf")

    @property
    def least(self) -> float:
        """The least of those that were counted."""
        return min(self._before, self._now)

    def count(self, number: float, now: float) -> None:
        """Count a number."""
        if now >= self._since + self._span:
            self._since, self._before, self._now = now, self._now, number
        self._now = min(self._now, number)


class ChatLimits:
    """When each recently used chat is free again. Private: one number; a group: its last twenty moments."""

    def __init__(self) -> None:
        self._private: OrderedDict[int, float] = OrderedDict()
        self._groups: dict[int, deque[float]] = {}

    def take(self, chat_id: int, now: float) -> None:
        """Count a message."""
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=_GROUP_MESSAGES)).append(now)
        elif chat_id:
            self._private[chat_id] = max(self._private.pop(chat_id, now), now) + 1.0
        self._forget(now)

    def free_in(self, chat_id: int, burst: float, now: float) -> float:
        """Seconds until this chat takes a message; 0 or less for now. `burst` is how many may come at once."""
        if chat_id >= 0:
            return self._private.get(chat_id, now) - (burst - 1.0) - 1e-9 - now
        sent = self._groups.get(chat_id)
        if not sent:
            return 0.0
        minute = sent[0] + _GROUP_WINDOW_SECONDS if len(sent) == _GROUP_MESSAGES else now
        return max(minute, sent[-1] + 1.0) - now

    def _forget(self, now: float) -> None:
        while self._private:
            chat_id, free_at = next(iter(self._private.items()))
            if free_at > now:
                break
            del self._private[chat_id]
        if len(self._groups) > _MANY_GROUPS:
            self._groups = {chat: sent for chat, sent in self._groups.items() if sent[-1] + _GROUP_WINDOW_SECONDS > now}


class OutsiderQuota:
    """How often an outsider is answered: at most once in `apart` seconds and `hourly` times an hour."""

    def __init__(self, *, apart: float = 60.0, hourly: int = 6) -> None:
        self._apart = apart
        self._hourly = hourly
        self._answers: OrderedDict[int, deque[float]] = OrderedDict()

    def take(self, chat_id: int, now: float) -> bool:
        """Count an answer; False when this one would be one too many."""
        answers = self._answers.get(chat_id)
        if answers is None:
            answers = self._answers[chat_id] = deque(maxlen=self._hourly)
        elif now < answers[-1] + self._apart or (len(answers) == self._hourly and now < answers[0] + 3_600.0):
            return False
        answers.append(now)
        self._answers.move_to_end(chat_id)
        if len(self._answers) > _OUTSIDERS:
            self._answers.popitem(last=False)
        return True

    def failed(self, chat_id: int, now: float) -> None:
        """The last answer did not arrive: the next may come soon, within the same number an hour."""
        if answers := self._answers.get(chat_id):
            answers[-1] = now - self._apart + _AFTER_FAILURE_SECONDS
