"""Advances time from event to event, so that nothing is skipped: everybody is idle before the clock moves on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Protocol

from rehearsal.clock import RehearsalClock
from rehearsal.request_counter import RequestCounter
from rehearsal.telegram.world import World

# Waits of the bot are skipped when it sends nothing for a while. `_SECONDS` are of real time, `_SKIP_SECONDS` of the
# rehearsal's clock.
_QUIET_SECONDS = 0.001  # without requests for so long, the bot is taken to wait for its rate limiter ...
_RATE_LIMIT_SKIP_SECONDS = 0.1  # ... and at most so much is skipped
_QUIET_POLLS = 40  # so many quiet polls in a row, and it is taken to wait for a chat or for a retry ...
_CHAT_SKIP_SECONDS = 5.0  # ... and at most so much is skipped; a longer sleep is an event of its own
_IDLE_TIMEOUT_SECONDS = 120.0  # for one moment; a bot that hangs must not hang the rehearsal


class Actor(Protocol):
    """Something that acts at moments of its own: the bot with its plans, the simulated users."""

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which it will do something; None for never."""
        ...

    async def run_due(self) -> None:
        """Do what is due by now, and return when it is done."""
        ...


class Stalled(Exception):  # noqa: N818 - it is what happened, in one sentence
    """The bot was not idle in time; the message says at which moment."""


OnProgress = Callable[[datetime], None]


class Simulation:
    """Moves the clock from moment to moment, and reports each. Without a bot nobody takes the updates."""

    def __init__(
        self,
        clock: RehearsalClock,
        world: World,
        bot: Actor | None,
        users: Actor,
        *,
        requests: RequestCounter | None = None,
        on_progress: OnProgress = lambda _: None,
    ) -> None:
        self._clock = clock
        self._world = world
        self._bot = bot
        self._users = users
        self._requests = requests
        self._on_progress = on_progress
        self._stop = asyncio.Event()
        self._advancing = asyncio.Lock()
        self._updates = 0  # that people have caused so far
        world.updates.listeners.append(self._count_update)

    @property
    def advancing(self) -> bool:
        """Whether the clock is being moved right now."""
        return self._advancing.locked()

    def stop(self) -> None:
        """Stay at the current moment."""
        self._stop.set()

    async def advance_to(self, target: datetime) -> bool:
        """Play every moment up to `target` until all are idle there; False when stopped before. One call at a time.

        Raises Stalled.
        """
        async with self._advancing, self._fast():
            self._stop.clear()
            await self.wait_idle()
            while not self._stop.is_set() and (now := self._clock.now()) < target:
                moments = [await actor.next_at(now) for actor in (self._bot, self._users) if actor is not None]
                self._jump(min([*(moment for moment in moments if moment is not None), target]))
                await self.wait_idle()
                self._on_progress(self._clock.now())
            return not self._stop.is_set()

    async def wait_idle(self) -> None:
        """Return once everybody has done what is due. Raises Stalled."""
        try:
            async with asyncio.timeout(_IDLE_TIMEOUT_SECONDS):
                while not await self._run_due():
                    pass
        except TimeoutError as error:
            waiting = len(self._world.updates)
            raise Stalled(
                f"the bot did not come to rest at {self._clock.now().isoformat(timespec='seconds')};"
                f" {waiting} updates were not taken"
            ) from error

    async def _run_due(self) -> bool:
        """Let users act, then the bot; False when that has given somebody more to do."""
        await self._users.run_due()
        # The bot has stored an update only once its next poll confirms it.
        await self._updates_confirmed()
        before = self._updates
        if self._bot is not None:
            await self._bot.run_due()
        due = await self._users.next_at(self._clock.now())
        return before == self._updates and (due is None or due > self._clock.now())

    async def _updates_confirmed(self) -> None:
        while self._bot is not None and len(self._world.updates):
            await self._world.updates.confirmed.wait()

    async def _skip_waits(self) -> None:
        """Skip the waits of the rate limiter: while no request is in flight, the time until the next one is empty.

        Time then never runs faster than the bot works, so a busy machine neither makes it late nor floods.
        """
        quiet_polls = 0
        while True:
            before = (self._updates, self._started())
            await asyncio.sleep(_QUIET_SECONDS)
            quiet = before == (self._updates, self._started()) and not self._in_flight()
            quiet_polls = quiet_polls + 1 if quiet else 0
            if quiet:
                self._clock.skip(_CHAT_SKIP_SECONDS if quiet_polls >= _QUIET_POLLS else _RATE_LIMIT_SKIP_SECONDS)

    def _started(self) -> int:
        return self._requests.started if self._requests else 0

    def _in_flight(self) -> int:
        return self._requests.in_flight if self._requests else 0

    def _count_update(self, update: object) -> None:
        del update
        self._updates += 1

    def _jump(self, moment: datetime) -> None:
        if moment > self._clock.now():
            self._clock.jump_to(moment)

    @asynccontextmanager
    async def _fast(self) -> AsyncIterator[None]:
        speed = self._clock.speed
        self._clock.run(1.0)
        skipping = asyncio.create_task(self._skip_waits())
        try:
            yield
        finally:
            skipping.cancel()
            with suppress(asyncio.CancelledError):
                await skipping
            if speed:
                self._clock.run(speed)
            else:
                self._clock.pause()
