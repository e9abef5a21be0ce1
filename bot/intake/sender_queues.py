"""Loaded updates of one rank, by sender. A sender who floods has few of them in memory, and nobody is behind them."""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from bot.store.inbox import Stored

_MOST: Final = 1_024  # updates in memory
_PER_SENDER: Final = 8


class SenderQueues:
    """Gives the next update whose sender has none being handled. Memory: at most `most` updates and one page."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self.cursor = 0  # everything up to this id is loaded, or left to be fetched for its sender
        self.waiting = 0  # loaded and not ended
        self._queues: dict[int, deque[Stored]] = {}
        self._ready: deque[int] = deque()
        self._remaining: dict[int, int] = {}  # senders with more in the inbox -> the last id that was loaded

    @property
    def room(self) -> bool:
        """Whether more can be loaded."""
        return self.waiting < self._most

    def add(self, updates: Iterable[Stored]) -> None:
        """Take the next page of the inbox."""
        for update in updates:
            self.cursor = update.id
            queue = self._queues.get(update.sender_id)
            if update.sender_id in self._remaining:
                continue
            if queue is not None and len(queue) >= _PER_SENDER:
                self._remaining[update.sender_id] = queue[-1].id
                continue
            self._append(update)

    def running_low(self) -> list[tuple[int, int, int, int]]:
        """What to fetch for flooding senders whose loaded updates run out: sender, above id, up to id, how many."""
        return [
            (sender_id, after, self.cursor, _PER_SENDER)
            for sender_id, after in self._remaining.items()
            if len(self._queues.get(sender_id, ())) <= 1
        ]

    def refill(self, sender_id: int, updates: Sequence[Stored], limit: int) -> None:
        """Take what was fetched for one sender."""
        for update in updates:
            self._append(update)
        if len(updates) < limit:
            del self._remaining[sender_id]
        else:
            self._remaining[sender_id] = updates[-1].id

    @property
    def has_remaining(self) -> bool:
        """Whether updates of flooding senders remain in the inbox."""
        return bool(self._remaining)

    @property
    def ready(self) -> bool:
        """Whether `next` would give one."""
        return bool(self._ready)

    def next(self) -> Stored | None:
        """The next update to handle; its sender has no other until `done` or `retry`."""
        return self._queues[self._ready.popleft()][0] if self._ready else None

    def done(self, sender_id: int) -> None:
        """The sender's update has ended."""
        queue = self._queues[sender_id]
        queue.popleft()
        self.waiting -= 1
        if queue:
            self._ready.append(sender_id)
        else:
            del self._queues[sender_id]

    def retry(self, sender_id: int) -> None:
        """The sender's update has to be handled once more."""
        self._ready.append(sender_id)

    def _append(self, update: Stored) -> None:
        queue = self._queues.get(update.sender_id)
        if queue is None:
            queue = self._queues[update.sender_id] = deque()
            self._ready.append(update.sender_id)
        queue.append(update)
        self.waiting += 1
