"""The queue of updates, with the Bot API's offsets, conflicts, filters and lifetimes.

As the server that Telegram publishes has it; every number below is from its source. Ages are measured by the date,
which a rehearsal can stop; the rate of polls, as every rate, in monotonic seconds.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.clock import Clock
from rehearsal.telegram.errors import RefusedError
from rehearsal.telegram.notifier import Notifier

Update = dict[str, object]

DAY_SECONDS: Final = 24 * 3600.0
LIFETIME_SECONDS: Final = {  # seconds that Telegram keeps an update; every other kind a day
    "callback_query": 150.0,
    "inline_query": 30.0,
    "chosen_inline_result": 600.0,
    "shipping_query": 150.0,
    "pre_checkout_query": 150.0,
}
LONGEST_POLL_SECONDS: Final = 50.0  # seconds
SINGLE_UPDATE_SECONDS: Final = 0.5  # seconds within which a repeated offset is answered with one update
SLOW_POLL_SECONDS: Final = 3.0  # ... and within which it has to wait so many seconds when there is none
CONFLICT_INTERVAL_SECONDS: Final = 3.0  # seconds between two 409
MAX_OFFSET_AHEAD: Final = 10  # an offset further ahead than this is taken for nonsense, and confirms nothing
ID_RESET_AFTER: Final = timedelta(days=7)  # after which the next update gets a random number
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
POLL_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
SET_CONFLICT = "Conflict: terminated by setWebhook request"
WEBHOOK_CONFLICT = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Updates:
    """Updates that the bot has not confirmed yet, oldest first. `confirmed` wakes when some were, or were lost.

    `listeners` hear every update, `losses` each one that nobody fetched in its time.
    """

    def __init__(self, clock: Clock, first_id: int = 100_001, *, seed: int = 0) -> None:
        self._clock = clock
        self._next_id = first_id
        self._random = random.Random(f"updates {seed}")  # noqa: S311 - numbers that can be repeated, not secrets
        self._queue: deque[tuple[int, datetime, Update]] = deque()
        self._first_expiry = _NEVER  # no update in the queue expires before
        self._pushed = clock.now()
        self._allowed: frozenset[str] | None = None
        self._poller: asyncio.Future[str] | None = None
        self._polled: tuple[int, float] = (-1, float("-inf"))  # offset, when
        self._next_conflict = float("-inf")
        self.confirmed = Notifier()
        self.webhook: dict[str, object] = {}
        self.listeners: list[Callable[[Update], None]] = []
        self.losses: list[Callable[[Update], None]] = []
        self.lost = 0

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def allowed(self) -> list[str] | None:
        """The kinds that were asked for; None is the default set."""
        return None if self._allowed is None else sorted(self._allowed)

    def allow(self, kinds: Iterable[str]) -> None:
        """Deliver only these kinds from now on; an empty list is the default set."""
        self._allowed = frozenset(kinds) or None

    def push(self, kind: str, content: object) -> Update | None:
        """Queue an update of `kind` under the next id; None when the bot did not ask for this kind."""
        if kind in NOT_BY_DEFAULT if self._allowed is None else kind not in self._allowed:
            return None
        return self.push_raw({kind: content})

    def push_raw(self, content: Update) -> Update:
        """Queue anything at all, under the next id unless it brings its own."""
        now = self._clock.now()
        if now - self._pushed >= ID_RESET_AFTER:
            self._next_id = self._random.randrange(100_000_000, 1_000_000_000)
        self._pushed = now
        update: Update = {"update_id": self._next_id, **content}
        number = update["update_id"]
        self._next_id = max(self._next_id, number if isinstance(number, int) else 0) + 1
        expires_at = now + timedelta(
            seconds=min((LIFETIME_SECONDS[kind] for kind in update if kind in LIFETIME_SECONDS), default=DAY_SECONDS)
        )
        self._queue.append((self._next_id - 1, expires_at, update))
        self._first_expiry = min(self._first_expiry, expires_at)
        for listener in self.listeners:
            listener(update)
        self._wake(arrived=True)
        return update

    def take(self) -> list[Update]:
        """Every waiting update, confirmed at once: for tests and for a webhook."""
        waiting = [update for _, _, update in self._queue]
        self._queue.clear()
        return waiting

    def oldest(self) -> Update | None:
        """The update that is next, without confirming it."""
        self._expire()
        return self._queue[0][2] if self._queue else None

    def confirm(self, offset: int) -> None:
        """Forget what lies below `offset`; a negative one keeps only that many of the newest."""
        before = len(self._queue)
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        else:
            while self._queue and self._queue[0][0] < offset:
                self._queue.popleft()
        if len(self._queue) < before:
            self.confirmed.notify()

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - the Bot API's own
        """What getUpdates answers.

        Raises a 409 for a webhook, and to the older of two pollers that both have to wait. A bot that asks for the
        same offset again, as after an answer that was lost, gets one update at most and is slowed down.
        """
        if self.webhook.get("url"):
            await self._conflict(WEBHOOK_CONFLICT)
        now = self._clock.monotonic()
        again = now - self._polled[1] if offset == self._polled[0] else float("inf")
        self._polled = (offset, now)
        most = 1 if again < SINGLE_UPDATE_SECONDS else max(1, min(limit, 100))
        if offset <= self._next_id + MAX_OFFSET_AHEAD:
            self.confirm(offset)
        self._expire()  # what has arrived is not lost, however late this poll says so
        if not self._queue:
            if again < SLOW_POLL_SECONDS and timeout < SLOW_POLL_SECONDS:
                await self._wait_for_update(self._clock.sleep(SLOW_POLL_SECONDS))
            elif timeout > 0:
                await self._wait_for_update(asyncio.sleep(min(timeout, LONGEST_POLL_SECONDS)))
        return [update for (_, _, update), _ in zip(self._queue, range(most), strict=False)]

    def interrupt(self) -> None:
        """Somebody sets a webhook: the poll that waits ends with a 409."""
        self._end_poll(SET_CONFLICT)

    async def _wait_for_update(self, time_over: Coroutine[None, None, None]) -> None:
        """Wait for an update, for another poller, or for the time to be over."""
        self._end_poll(POLL_CONFLICT)
        poller = self._poller = asyncio.get_running_loop().create_future()
        timer = asyncio.ensure_future(time_over)
        try:
            await asyncio.wait({poller, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()  # not awaited: who is cancelled meanwhile would not be
            if self._poller is poller:
                self._poller = None
        if poller.done() and (conflict := poller.result()):
            await self._conflict(conflict)

    async def _conflict(self, description: str) -> None:
        """Raise a 409: at once, or three seconds later when one was given just now."""
        now = self._clock.monotonic()
        if now >= self._next_conflict:
            self._next_conflict = now + CONFLICT_INTERVAL_SECONDS
        else:
            await self._clock.sleep(CONFLICT_INTERVAL_SECONDS)
        raise RefusedError(409, description)

    def _wake(self, *, arrived: bool) -> None:
        self._end_poll("" if arrived else POLL_CONFLICT)

    def _end_poll(self, conflict: str) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(conflict)

    def _expire(self) -> None:
        now = self._clock.now()
        if now < self._first_expiry:
            return
        lost = [update for _, expires_at, update in self._queue if expires_at <= now]
        self._queue = deque(waiting for waiting in self._queue if waiting[1] > now)
        self._first_expiry = min((expires_at for _, expires_at, _ in self._queue), default=_NEVER)
        self.lost += len(lost)
        for update in lost:
            for listener in self.losses:
                listener(update)
        if lost:
            self.confirmed.notify()
