"""How a loop waits for work, and how others wait until it is idle, without polling."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.clock import Clock


class Signal:
    """An event that can be waited for with a time-out in the clock's seconds, jumps included."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._event = asyncio.Event()

    def set(self) -> None:
        """Wake who waits, or the next one who will."""
        self._event.set()

    def clear(self) -> None:
        """Forget calls so far: what they were about is being looked at."""
        self._event.clear()

    async def wait(self, seconds: float | None) -> None:
        """Return when set, or after so many seconds of the clock (None: only when set)."""
        if self._event.is_set():
            return
        if seconds is None:
            await self._event.wait()
            return
        sleeper = asyncio.ensure_future(self._clock.sleep(seconds))
        sleeper.add_done_callback(self._over)
        try:
            await self._event.wait()
        finally:
            sleeper.cancel()

    def _over(self, sleeper: asyncio.Future[None]) -> None:
        if not sleeper.cancelled():
            self._event.set()


class IdleTracker:
    """A loop reports its turns here; `wait` returns after a turn that began later and left the loop idle."""

    def __init__(self) -> None:
        self._turns = 0
        self._waiters: list[tuple[int, asyncio.Future[None]]] = []

    def begin_turn(self) -> None:
        """A turn begins: from here on it sees what was there before."""
        self._turns += 1

    def end_turn(self, *, idle: bool) -> None:
        """The turn is over; `idle`: nothing is left to do."""
        if not idle:
            return
        waiters, self._waiters = self._waiters, []
        for turn, future in waiters:
            if turn > self._turns:
                self._waiters.append((turn, future))
            elif not future.done():
                future.set_result(None)

    async def wait(self) -> None:
        """Return after the next whole turn that leaves the loop idle."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append((self._turns + 1, future))
        await future


async def until_cancelled(
    loop: Coroutine[object, object, None], stop: Callable[[asyncio.Future[None]], Awaitable[None]]
) -> None:
    """Run `loop`; when this is cancelled, let `stop(loop)` bring it to its end in good order."""
    running = asyncio.ensure_future(loop)
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        await stop(running)
        raise


class Slots:
    """Limits how many tasks work at once; a task that only waits for the rate limiter lends its slot to others.

    At most `most` slots are used and `lent` are lent; `freed` is called when one may be used again.
    """

    def __init__(self, most: int, lent: int, freed: Callable[[], None]) -> None:
        self._most = most
        self._most_lent = lent
        self._freed = freed
        self._used = 0
        self._lent = 0

    @property
    def free(self) -> bool:
        """Whether another task may begin."""
        return self._used - self._lent < self._most and self._lent < self._most_lent

    def begin(self) -> None:
        """A task uses a slot from here on."""
        self._used += 1

    def enter(self) -> None:
        """The running task is the one that uses the slot."""
        _slots.set(self)

    def end(self) -> None:
        """The task is over."""
        self._used -= 1

    @contextmanager
    def lend(self) -> Iterator[None]:
        """Lend the slot inside of the block; right after it more tasks may work than there are slots."""
        self._lent += 1
        self._freed()
        try:
            yield
        finally:
            self._lent -= 1


_slots: ContextVar[Slots | None] = ContextVar("slots", default=None)


@contextmanager
def waiting_for_a_turn() -> Iterator[None]:
    """Lend the slot of the running task, if it has one, while the block waits."""
    slots = _slots.get()
    if slots is None:
        yield
        return
    with slots.lend():
        yield
