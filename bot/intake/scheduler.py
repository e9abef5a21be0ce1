"""Which update is handled next: of members in trouble at once, then of other members, then of people from outside."""

import asyncio
from collections.abc import Callable
from typing import Final

from bot.intake.sender_queues import SenderQueues
from bot.store.inbox import Rank, Stored
from bot.waiting import Slots, waiting_for_a_turn

_LOADED: Final = {Rank.URGENT: 256, Rank.MEMBER: 1_024, Rank.OUTSIDER: 128}  # updates in memory
_MOST_LENT: Final = 2_048  # updates whose answers wait for their turn at Telegram
_OUTSIDERS_AT_ONCE: Final = 64


class Scheduler:
    """Gives out updates of loaded `queues` while there are slots: `most` at work at once, those in trouble beside them.

    `freed` is called when a slot may be used again.
    """

    def __init__(self, most: int, freed: Callable[[], None]) -> None:
        self.queues = {rank: SenderQueues(loaded) for rank, loaded in _LOADED.items()}
        self._slots = Slots(most, _MOST_LENT, freed=freed)
        self._outsiders = 0
        self._urgent: dict[int, tuple[int, asyncio.Event]] = {}  # sender -> the call being handled, and its end

    @property
    def waiting(self) -> bool:
        """Whether an update that was read has not ended, loaded or left in the inbox for its sender's turn."""
        return any(queues.waiting or queues.has_remaining for queues in self.queues.values())

    def next(self) -> tuple[Rank, Stored] | None:
        """The next update to handle; it holds a slot now. Call `enter` in its task, and `release` at the task's end."""
        rank = self._next_rank()
        update = None if rank is None else self.queues[rank].next()
        if rank is None or update is None:
            return None
        self._slots.begin()
        self._outsiders += rank is Rank.OUTSIDER
        return rank, update

    async def enter(self, rank: Rank, stored: Stored) -> None:
        """The running task handles this update; what was written after a call for help waits until that is there."""
        self._slots.enter()
        if rank is Rank.URGENT:
            self._urgent.setdefault(stored.sender_id, (stored.id, asyncio.Event()))
            return
        while (urgent := self._urgent.get(stored.sender_id)) is not None and urgent[0] < stored.id:
            with waiting_for_a_turn():
                await urgent[1].wait()

    def done(self, rank: Rank, sender_id: int) -> None:
        """The sender's update has ended."""
        self.queues[rank].done(sender_id)
        if rank is Rank.URGENT:
            self._urgent.pop(sender_id)[1].set()

    def release(self, rank: Rank) -> None:
        """The task is over, whether its update has ended or is tried again."""
        self._slots.end()
        self._outsiders -= rank is Rank.OUTSIDER

    def _next_rank(self) -> Rank | None:
        if self.queues[Rank.URGENT].ready:
            return Rank.URGENT
        if not self._slots.free:
            return None
        if self.queues[Rank.MEMBER].ready:
            return Rank.MEMBER
        ready = self.queues[Rank.OUTSIDER].ready and self._outsiders < _OUTSIDERS_AT_ONCE
        return Rank.OUTSIDER if ready else None
