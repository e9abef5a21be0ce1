"""The rate limiter: keeps Telegram's limits, and shares them between priority lanes so that no lane starves another.

Telegram allows about 30 messages a second from a bot, one a second in a private chat and 20 a minute in a group.
"""

import asyncio
from collections import deque
from enum import IntEnum
from typing import Final, NamedTuple

from bot.clock import Clock
from bot.limits import ChatLimits, OutsiderQuota, SendWindow
from bot.pauses import Pauses

_REPLY_BURST: Final = 4.0  # seconds' worth of answers that one private chat may get at once
_EDIT_BURST: Final = 10.0
_FREE_RATE: Final = 30.0  # messages a second that cost nothing; above it Telegram is paid and less strict
_SLOW_SECONDS: Final = 2.0  # a message that was not answered until then counts as arrived
_EARLY_SECONDS: Final = 0.02  # that a delivery may come before its turn, so that late timers lose no throughput
_GROUP_WAIT_SECONDS: Final = 3.0  # that an answer in a group waits at most; a later one is of no use
_MOST_OUTSIDERS: Final = 50  # answers to people from outside that may wait at once


class Lane(IntEnum):
    """The priority lanes, in which requests wait for a grant. The share of each is in `_SHARES`."""

    SOS = 0
    REPLY = 1
    ALERT = 2
    DELIVERY = 3
    OUTSIDER = 4


# While several lanes wait, a lane with twice the share sends twice as often; an empty lane uses none of its share.
_SHARES: Final = {Lane.SOS: 16, Lane.REPLY: 8, Lane.ALERT: 8, Lane.DELIVERY: 4, Lane.OUTSIDER: 1}
_URGENT: Final = frozenset({Lane.SOS, Lane.ALERT})
_UNHURRIED: Final = frozenset({Lane.DELIVERY, Lane.OUTSIDER})
_STARVED_SECONDS: Final = 0.5  # of waiting after which a lane is not overtaken any more


class _Waiter(NamedTuple):
    """One request that waits in a lane. `turn` gives a grant, or 0: the chat is not free any more, wait again."""

    chat_id: int
    burst: float
    since: float
    turn: asyncio.Future[int]


class RateLimiter:
    """Grants the right to send, one message at a time.

    A grant is a number: tell `started` when its request starts, and `answered` when its answer is there.

    `rate` is messages a second in the long run. In no second-long window are there more than `rate + 1` (29 at the
    default), and deliveries come evenly and leave `reserved` places to answers. Not `rested`: another process may have
    sent as much as is allowed right before. Chats are forgotten when their limits have passed.
    """

    def __init__(self, clock: Clock, *, rate: float = 28.0, reserved: int = 1, rested: bool = True) -> None:
        if rate <= 0:
            raise ValueError("a rate limiter needs a rate above 0")
        self._clock = clock
        self.rate = rate
        free_of_charge = rate <= _FREE_RATE
        capacity = max(1, int(rate) + 1 if free_of_charge else int(rate * 1.02))
        self._window = SendWindow(capacity, seconds=max(1.0, 1 / rate), slow=_SLOW_SECONDS if free_of_charge else 0.0)
        if not rested:
            self._window.fill(clock.monotonic())
        self._reserved = min(reserved, capacity - 1)
        self._next_delivery = 0.0
        self._shortest_sleep = 1e-4 if free_of_charge else 0.004  # a timer for each of 1,000 a second costs too much
        self._lanes: dict[Lane, deque[_Waiter]] = {lane: deque() for lane in Lane}
        self._used: dict[Lane, float] = dict.fromkeys(Lane, 0.0)  # start-time fair queueing
        self._served: dict[Lane, float] = dict.fromkeys(Lane, 0.0)
        self._virtual = 0.0
        self._granting: asyncio.Task[None] | None = None
        self._chats = ChatLimits()
        self._edits = ChatLimits()
        self._outsiders = OutsiderQuota()
        self.pauses = Pauses(clock)

    # --- requests ---------------------------------------------------------------------------------------------------

    def reply_now(self, chat_id: int = 0) -> int | None:
        """The grant for an answer to this chat (0: it goes to no chat) if it may be sent at once, else None."""
        now = self._clock.monotonic()
        if self._free_in(chat_id, _REPLY_BURST, now) > 0 or not self._may_pass(Lane.REPLY, now):
            return None
        return self._take(Lane.REPLY, chat_id, now)

    async def reply(self, chat_id: int = 0) -> int:
        """Wait until an answer may be sent to this chat (0: it goes to no chat), and return the grant."""
        return await self._grant(chat_id, _REPLY_BURST, Lane.REPLY)

    async def answer_group(self, chat_id: int) -> int | None:
        """The grant for an answer in a group, or None where the group is so busy that nobody needs it any more."""
        wait = self._free_in(chat_id, 1.0, self._clock.monotonic())
        if wait > _GROUP_WAIT_SECONDS or any(waiter.chat_id == chat_id for waiter in self._lanes[Lane.REPLY]):
            return None
        if wait > 0:
            await self._clock.sleep(wait)
            if self._free_in(chat_id, 1.0, self._clock.monotonic()) > 0:
                return None  # another answer was sent meanwhile
        return await self.reply(chat_id)

    async def answer_outsider(self, chat_id: int) -> int | None:
        """The grant for an answer to an outsider, or None where that would exceed their quota or that of all."""
        waiting = len(self._lanes[Lane.OUTSIDER])
        if waiting >= _MOST_OUTSIDERS or not self._outsiders.take(chat_id, self._clock.monotonic()):
            return None
        return await self._grant(chat_id, _REPLY_BURST, Lane.OUTSIDER)

    def outsider_failed(self, chat_id: int) -> None:
        """The answer to an outsider did not arrive: they may ask again soon."""
        self._outsiders.failed(chat_id, self._clock.monotonic())

    async def deliver(self, chat_id: int, lane: Lane = Lane.DELIVERY) -> int:
        """Wait until a proactive message may be sent to this chat, and return the grant."""
        return await self._grant(chat_id, _burst_of(lane), lane)

    async def edit(self, chat_id: int) -> None:
        """Wait until a message of this chat may be changed: not counted, but gentle, and never in a pause."""
        while True:
            while (pause := self.pauses.remaining(chat_id)) > 0:
                await self._clock.sleep(pause)
            now = self._clock.monotonic()
            delay = self._edits.free_in(chat_id, _EDIT_BURST, now)
            if delay <= 0:
                self._edits.take(chat_id, now)
                return
            await self._clock.sleep(delay)

    def has_waiting(self, *lanes: Lane) -> bool:
        """Whether a request waits in one of these lanes."""
        return any(not waiter.turn.done() for lane in lanes for waiter in self._lanes[lane])

    def started(self, grant: int) -> None:
        """The request of this grant starts: what follows until its answer is the way to Telegram and back."""
        self._window.started(grant, self._clock.monotonic())

    def answered(self, grant: int) -> None:
        """The request of this grant has ended, in whatever way."""
        self._window.answered(grant, self._clock.monotonic())

    def give_back(self, grant: int) -> None:
        """Nothing was sent with this grant after all."""
        self._window.give_back(grant)

    def rate_limited_for(self, chat_id: int, lane: Lane = Lane.DELIVERY) -> float:
        """Seconds until this chat takes a delivery, 0 or less for now.

        The database's thread asks about each row that it may claim, so this changes nothing.
        """
        now = self._clock.monotonic()
        return max(self.pauses.of_chat(chat_id), self._chats.free_in(chat_id, _burst_of(lane), now))

    # --- grants -----------------------------------------------------------------------------------------------------

    async def _grant(self, chat_id: int, burst: float, lane: Lane) -> int:
        while True:
            # A request for a chat that is not free waits outside of the lane, so that others do not wait behind it.
            now = self._clock.monotonic()
            if (delay := self._free_in(chat_id, burst, now)) > 0:
                await self._clock.sleep(delay)
            elif self._may_pass(lane, now):
                return self._take(lane, chat_id, now)
            elif grant := await self._wait(chat_id, burst, lane, now):
                return grant

    async def _wait(self, chat_id: int, burst: float, lane: Lane, now: float) -> int:
        waiter = _Waiter(chat_id, burst, now, asyncio.get_running_loop().create_future())
        if not self._lanes[lane]:
            self._used[lane] = max(self._used[lane], self._virtual)  # an unused share is not saved up
        self._lanes[lane].append(waiter)
        if self._granting is None or self._granting.done():
            self._granting = asyncio.ensure_future(self._grant_in_turn())
        return await waiter.turn

    async def _grant_in_turn(self) -> None:
        """Run while a lane is not empty."""
        while (delay := self._grant_what_may()) is not None:
            await self._clock.sleep(delay)

    def _grant_what_may(self) -> float | None:
        """Grant what may be granted now; return the seconds until the next grant, None when every lane is empty."""
        while True:
            for waiters in self._lanes.values():
                while waiters and waiters[0].turn.done():  # given up
                    waiters.popleft()
            now = self._clock.monotonic()
            waiting = [lane for lane, waiters in self._lanes.items() if waiters]
            if not waiting:
                return None
            if (pause := self.pauses.remaining(0)) > 0:
                return pause
            if not (ready := [lane for lane in waiting if self._may(lane, now)]):
                return max(self._shortest_sleep, min(self._may_in(lane, now) for lane in waiting))
            self._serve(min(ready, key=self._used.__getitem__), now)

    def _serve(self, lane: Lane, now: float) -> None:
        waiter = self._lanes[lane].popleft()
        if self._free_in(waiter.chat_id, waiter.burst, now) > 0:
            waiter.turn.set_result(0)  # the chat was used while it waited: another request has the turn
            return
        self._served[lane] = now
        self._virtual = self._used[lane]
        self._used[lane] += 1 / _SHARES[lane]
        waiter.turn.set_result(self._take(lane, waiter.chat_id, now))

    def _take(self, lane: Lane, chat_id: int, now: float) -> int:
        if lane is Lane.DELIVERY:
            self._next_delivery = max(self._next_delivery, now - _EARLY_SECONDS) + 1 / self.rate
        self._chats.take(chat_id, now)
        return self._window.take(now)

    def _may_pass(self, lane: Lane, now: float) -> bool:
        """Whether a new request is granted at once: its lane is empty, and no urgent or starved one waits."""
        waits = any(
            waiters and (one is lane or one in _URGENT or self._starves(one, now))
            for one, waiters in self._lanes.items()
        )
        return not waits and self._may(lane, now)

    def _starves(self, lane: Lane, now: float) -> bool:
        """Whether a request has waited in this lane for long without a grant to the lane."""
        waiters = self._lanes[lane]
        return bool(waiters) and max(waiters[0].since, self._served[lane]) + _STARVED_SECONDS < now

    def _may(self, lane: Lane, now: float) -> bool:
        if lane is Lane.DELIVERY and now < self._next_delivery - _EARLY_SECONDS:
            return False
        return self._window.free(now) >= self._places(lane, now)

    def _may_in(self, lane: Lane, now: float) -> float:
        """Seconds until `_may` can become true."""
        if self._window.free(now) < self._places(lane, now):
            return min(self._window.next_free(now), _STARVED_SECONDS)
        return self._next_delivery - _EARLY_SECONDS - now

    def _places(self, lane: Lane, now: float) -> int:
        """How many places have to be free: unhurried lanes leave `reserved` to answers, unless they starve."""
        if lane not in _UNHURRIED or any(self._lanes[one] for one in Lane if one not in _UNHURRIED):
            return 1
        return 1 if self._starves(lane, now) else 1 + self._reserved

    def _free_in(self, chat_id: int, burst: float, now: float) -> float:
        return max(self.pauses.remaining(chat_id), self._chats.free_in(chat_id, burst, now))


def _burst_of(lane: Lane) -> float:
    return _REPLY_BURST if lane is Lane.SOS else 1.0
