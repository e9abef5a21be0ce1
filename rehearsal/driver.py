"""Moving a rehearsal through time so that nothing is skipped: each moment is played before the next one comes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Protocol

from rehearsal.clock import RehearsalClock
from rehearsal.telegram.world import World
from rehearsal.traffic import Traffic

_QUIET = 0.001  # real seconds without traffic after which the bot is taken to wait for its pace ...
_PACE = 0.1  # ... so many seconds of the clock at most
_STILL = 40  # quiet looks in a row after which it is taken to wait for a chat or a second try ...
_CHAT = 5.0  # ... so many seconds; whoever sleeps longer waits for a moment of its own
_PATIENCE = 120.0  # real seconds for one moment; a bot that hangs must not hang the rehearsal


class Actor(Protocol):
    """Something that has moments of its own: the bot with its plans, the crowd with its habits."""

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which it will do something; None for never."""
        ...

    async def act(self) -> None:
        """Do what is due by now, and return when it is done."""
        ...


class Stuck(Exception):  # noqa: N818 - it is what happened, in one sentence
    """The bot did not come to rest at a moment; the message says where it hangs."""


Tell = Callable[[datetime], None]


class Driver:
    """Moves the clock from moment to moment, and tells each. Without a bot nobody takes the updates."""

    def __init__(
        self,
        clock: RehearsalClock,
        world: World,
        bot: Actor | None,
        crowd: Actor,
        *,
        traffic: Traffic | None = None,
        tell: Tell = lambda _: None,
    ) -> None:
        self._clock = clock
        self._world = world
        self._bot = bot
        self._crowd = crowd
        self._traffic = traffic
        self._tell = tell
        self._stop = asyncio.Event()
        self._moving = asyncio.Lock()
        self._sent = 0  # updates that people have caused so far
        world.updates.listeners.append(self._count)

    @property
    def moving(self) -> bool:
        """Whether time is being moved right now."""
        return self._moving.locked()

    def stop(self) -> None:
        """Stay at the moment that is being played."""
        self._stop.set()

    async def to(self, target: datetime) -> bool:
        """Play every moment up to `target` and be there at rest; False when stopped before. One move at a time.

        Raises Stuck.
        """
        async with self._moving, self._quickly():
            self._stop.clear()
            await self.settle()
            while not self._stop.is_set() and (now := self._clock.now()) < target:
                moments = [await actor.next_at(now) for actor in (self._bot, self._crowd) if actor is not None]
                self._jump(min([*(moment for moment in moments if moment is not None), target]))
                await self.settle()
                self._tell(self._clock.now())
            return not self._stop.is_set()

    async def settle(self) -> None:
        """Return once everybody has done what is due. Raises Stuck."""
        try:
            async with asyncio.timeout(_PATIENCE):
                while not await self._at_rest():
                    pass
        except TimeoutError as error:
            waiting = len(self._world.updates)
            raise Stuck(
                f"the bot did not come to rest at {self._clock.now().isoformat(timespec='seconds')};"
                f" {waiting} updates were not taken"
            ) from error

    async def _at_rest(self) -> bool:
        """Let people act, then the bot; False when that has given somebody more to do."""
        await self._crowd.act()
        # An update that was taken is in the bot's hands only once the next poll moves the offset on.
        await self._handed_over()
        seen = self._sent
        if self._bot is not None:
            await self._bot.act()
        due = await self._crowd.next_at(self._clock.now())
        return seen == self._sent and (due is None or due > self._clock.now())

    async def _handed_over(self) -> None:
        while self._bot is not None and len(self._world.updates):
            await self._world.updates.confirmed.wait()

    async def _press_on(self) -> None:
        """Skip the waits for a pace: while nothing is on its way, the time until the next message is allowed is empty.

        Time then never runs faster than the bot works, so a busy machine neither makes it late nor floods.
        """
        still = 0
        while True:
            before = (self._sent, self._begun())
            await asyncio.sleep(_QUIET)
            quiet = before == (self._sent, self._begun()) and not self._under_way()
            still = still + 1 if quiet else 0
            if quiet:
                self._clock.skip(_CHAT if still >= _STILL else _PACE)

    def _begun(self) -> int:
        return self._traffic.begun if self._traffic else 0

    def _under_way(self) -> int:
        return self._traffic.under_way if self._traffic else 0

    def _count(self, update: object) -> None:
        del update
        self._sent += 1

    def _jump(self, moment: datetime) -> None:
        if moment > self._clock.now():
            self._clock.jump_to(moment)

    @asynccontextmanager
    async def _quickly(self) -> AsyncIterator[None]:
        speed = self._clock.speed
        self._clock.run(1.0)
        pressing = asyncio.create_task(self._press_on())
        try:
            yield
        finally:
            pressing.cancel()
            with suppress(asyncio.CancelledError):
                await pressing
            if speed:
                self._clock.run(speed)
            else:
                self._clock.pause()
