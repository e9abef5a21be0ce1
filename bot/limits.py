"""The counts behind the rate limiter: what was sent in the last second, to which chat, and to whom from outside.

All of them are told the time; none of them waits.
"""

from collections import OrderedDict, deque
from typing import Final

_GROUP_MINUTE: Final = 20  # messages
_MANY_GROUPS: Final = 64
_OUTSIDERS: Final = 10_000  # that are remembered; whoever was answered longest ago is forgotten first


class SendWindow:
    """At most `capacity` messages in any window of `seconds`, counted where they arrive.

    A message arrives at some moment between its grant and its answer, so it holds its place from the grant until
    `seconds` after the answer. An answer that takes longer than `slow` seconds counts as if it had taken those: two
    messages whose journeys differ by less can never meet in one window at Telegram when there was no place for both.
    """

    def __init__(self, capacity: int, *, seconds: float = 1.0, slow: float = 0.0) -> None:
        self.capacity = capacity
        self._seconds = seconds
        self._longest = seconds + slow
        self._under_way: OrderedDict[int, float] = OrderedDict()  # message -> when its place is free at the latest
        self._answered: deque[float] = deque()  # when the places of the others are free
        self._last = 0

    def free(self, now: float) -> int:
        """How many places are free."""
        while self._under_way and next(iter(self._under_way.values())) <= now:
            self._under_way.popitem(last=False)
        while self._answered and self._answered[0] <= now:
            self._answered.popleft()
        return self.capacity - len(self._under_way) - len(self._answered)

    def take(self, now: float) -> int:
        """Take a place, and return the number to tell `answered`."""
        self._last += 1
        self._under_way[self._last] = now + self._longest
        return self._last

    def answered(self, number: int, now: float) -> None:
        """Telegram has answered: the place is free in `seconds`."""
        latest = self._under_way.get(number)
        if latest is not None and now + self._seconds < latest:
            del self._under_way[number]
            self._answered.append(now + self._seconds)

    def give_back(self, number: int) -> None:
        """Nothing was sent after all."""
        self._under_way.pop(number, None)

    def next_free(self, now: float) -> float:
        """Seconds until one place more is free than now; 0 when all are."""
        ends = [next(iter(self._under_way.values()))] if self._under_way else []
        ends += [self._answered[0]] if self._answered else []
        return max(0.0, min(ends) - now) if ends else 0.0


class ChatLimits:
    """When each recently used chat is free again. Private: one number; a group: its last twenty moments."""

    def __init__(self) -> None:
        self._private: OrderedDict[int, float] = OrderedDict()
        self._groups: dict[int, deque[float]] = {}

    def take(self, chat_id: int, now: float) -> None:
        """Count a message."""
        if chat_id < 0:
            self._groups.setdefault(chat_id, deque(maxlen=_GROUP_MINUTE)).append(now)
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
        minute = sent[0] + 60.0 if len(sent) == _GROUP_MINUTE else now
        return max(minute, sent[-1] + 1.0) - now

    def _forget(self, now: float) -> None:
        while self._private:
            chat_id, free_at = next(iter(self._private.items()))
            if free_at > now:
                break
            del self._private[chat_id]
        if len(self._groups) > _MANY_GROUPS:
            self._groups = {chat: sent for chat, sent in self._groups.items() if sent[-1] + 60.0 > now}


class OutsiderQuota:
    """How often someone from outside is answered: at most once in `apart` seconds and `hourly` times an hour."""

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
