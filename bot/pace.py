"""How fast the bot may speak: Telegram's limits, with a lane for answers that someone waits for.

Telegram allows about 30 messages a second from a bot, one a second in a private chat and 20 a minute in a group.
"""

import asyncio
from collections import OrderedDict, deque

from bot.clock import Clock

_SLACK = 0.25  # tokens a delivery may leave behind: a timer that wakes a little late loses no time
_REPLY_BURST = 4.0  # seconds' worth of answers that one private chat may get at once
_EDIT_BURST = 10.0
_GROUP_MINUTE = 20
_STORM = 3  # this many 429 in a row, each from another chat: it is the whole bot that is too fast


class Pace:
    """Grants the right to send, one message at a time.

    `rate` is messages a second, `burst` how many may go at once after a rest (30 in a strict second need
    `rate + burst <= 31`; 3 unless said, or what a fast rate sends in 20 ms), `reserved` how many of those only
    replies may use. Chats are forgotten when their limits have passed.
    """

    def __init__(self, clock: Clock, *, rate: float = 28.0, burst: float | None = None, reserved: float = 2.0) -> None:
        burst = max(3.0, rate / 50) if burst is None else burst
        if rate <= 0 or burst < 1:
            raise ValueError("a pace needs a rate above 0 and a burst of at least 1")
        self._clock = clock
        self.rate = rate
        self._burst = burst
        self._reserve = max(0.0, min(reserved, burst - 1 - _SLACK))
        self._tokens = burst
        self._counted_at = clock.monotonic()
        self._enough = max(1e-4, rate * 2e-6)  # tokens; a clock may wake its sleepers a microsecond early
        self._replies = asyncio.Lock()
        self._deliveries = asyncio.Lock()
        self._chats = _Chats()
        self._edits = _Chats()
        self._pauses: dict[int, float] = {}
        self._storm: dict[int, float] = {}

    async def reply(self, chat_id: int = 0) -> None:
        """Wait until an answer may be sent to this chat (0: it goes to no chat)."""
        await self._grant(chat_id, _REPLY_BURST, self._replies, 0.0)

    async def deliver(self, chat_id: int) -> None:
        """Wait until a message that nobody asked for just now may be sent to this chat."""
        await self._grant(chat_id, 1.0, self._deliveries, self._reserve)

    async def edit(self, chat_id: int) -> None:
        """Wait until a message of this chat may be changed: not counted, but gentle, and never in a pause."""
        while True:
            await self._no_pause(chat_id)
            now = self._clock.monotonic()
            delay = self._edits.free_in(chat_id, _EDIT_BURST, now)
            if delay <= 0:
                self._edits.take(chat_id, now)
                return
            await self._clock.sleep(delay)

    def held(self, chat_id: int) -> float:
        """Seconds until this chat takes a delivery, 0 or less for now.

        The database's thread asks about each row that it may claim, so this only looks things up.
        """
        now = self._clock.monotonic()
        return max(self._pauses.get(chat_id, now) - now, self._chats.free_in(chat_id, 1.0, now))

    def pause(self, chat_id: int, seconds: float) -> None:
        """Send nothing to the chat (0: to anyone) for so long. A longer pause that runs already stays."""
        until = self._clock.monotonic() + seconds
        self._pauses[chat_id] = max(until, self._pauses.get(chat_id, 0.0))

    def throttled(self, chat_id: int, seconds: float) -> int:
        """Telegram answered 429 with this `retry_after`: pause, and return what is paused (0: everything).

        The answer does not say whether the chat or the bot was too fast. One chat is taken at its word; several
        in a row, without a message that got through between them, are the bot.
        """
        self.pause(chat_id, seconds)
        self._storm[chat_id] = max(seconds, self._storm.get(chat_id, 0.0))
        if len(self._storm) < _STORM:
            return chat_id
        self.pause(0, max(self._storm.values()))
        self._storm.clear()
        return 0

    def accepted(self) -> None:
        """A message got through."""
        if self._storm:
            self._storm.clear()

    @property
    def paused(self) -> float:
        """Seconds for which nothing at all is sent; 0 when there is no global pause."""
        return self._paused_for(0)

    async def _grant(self, chat_id: int, burst: float, lane: asyncio.Lock, reserve: float) -> None:
        while True:
            # A chat that is paused or not free yet waits outside of the lane, so that nobody waits behind it.
            if self._pauses:
                await self._no_pause(chat_id)
            delay = self._chats.free_in(chat_id, burst, self._clock.monotonic())
            if delay > 0:
                await self._clock.sleep(delay)
                continue
            async with lane:
                await self._token(reserve)
            now = self._clock.monotonic()
            if self._paused_for(chat_id) <= 0 and self._chats.free_in(chat_id, burst, now) <= 0:
                self._chats.take(chat_id, now)
                return
            self._tokens += 1  # it changed while we waited: somebody else may have the turn

    async def _token(self, reserve: float) -> None:
        while True:
            if self._pauses:
                await self._no_pause(0)
            now = self._clock.monotonic()
            self._tokens = min(self._burst, self._tokens + (now - self._counted_at) * self.rate)
            self._counted_at = now
            missing = 1 + reserve - self._tokens
            if missing <= self._enough:
                self._tokens -= 1
                return
            await self._clock.sleep(missing / self.rate)

    async def _no_pause(self, chat_id: int) -> None:
        while (delay := self._paused_for(chat_id)) > 0:
            await self._clock.sleep(delay)

    def _paused_for(self, chat_id: int) -> float:
        if not self._pauses:
            return 0.0
        now = self._clock.monotonic()
        self._pauses = {chat: until for chat, until in self._pauses.items() if until > now}
        return max(self._pauses.get(0, now), self._pauses.get(chat_id, now)) - now


class _Chats:
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
        if len(self._groups) > 64:
            self._groups = {chat: sent for chat, sent in self._groups.items() if sent[-1] + 60.0 > now}
