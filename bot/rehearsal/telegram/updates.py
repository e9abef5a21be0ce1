"""The queue of updates, with the Bot API's offsets, conflicts and filters."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable

from bot.clock import Clock
from bot.rehearsal.telegram.changes import Changes
from bot.rehearsal.telegram.errors import RefusedError

Update = dict[str, object]

LIFETIME = 24 * 3600.0  # seconds that Telegram keeps an update
LONGEST_POLL = 50.0  # seconds
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
POLL_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_CONFLICT = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Updates:
    """Updates that the bot has not confirmed yet, oldest first. `confirmed` wakes when some were."""

    def __init__(self, clock: Clock, first_id: int = 100_001) -> None:
        self._clock = clock
        self._next_id = first_id
        self._queue: deque[tuple[int, float, Update]] = deque()
        self._allowed: frozenset[str] | None = None
        self._poller: asyncio.Future[bool] | None = None
        self.confirmed = Changes()
        self.webhook: dict[str, object] = {}
        self.listeners: list[Callable[[Update], None]] = []

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
        update: Update = {"update_id": self._next_id, **content}
        number = update["update_id"]
        self._next_id = max(self._next_id, number if isinstance(number, int) else 0) + 1
        self._queue.append((self._next_id - 1, self._clock.monotonic() + LIFETIME, update))
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
            self.confirmed.happened()

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[Update]:  # noqa: ASYNC109 - the Bot API's own
        """What getUpdates answers. Raises a 409 for a webhook, and to the older of two pollers."""
        if self.webhook.get("url"):
            raise RefusedError(409, WEBHOOK_CONFLICT)
        self._wake(arrived=False)
        self.confirm(offset)
        self._expire()
        if not self._queue and timeout > 0:
            await self._hold(min(timeout, LONGEST_POLL))
        return [update for (_, _, update), _ in zip(self._queue, range(max(1, min(limit, 100))), strict=False)]

    async def _hold(self, seconds: float) -> None:
        """Wait for an update, for a younger poller, or for the time to pass."""
        poller = self._poller = asyncio.get_running_loop().create_future()
        arrived = True
        try:
            async with asyncio.timeout(seconds):
                arrived = await poller
        except TimeoutError:
            return
        finally:
            if self._poller is poller:
                self._poller = None
        if not arrived:
            raise RefusedError(409, POLL_CONFLICT)

    def _wake(self, *, arrived: bool) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(arrived)

    def _expire(self) -> None:
        now = self._clock.monotonic()
        while self._queue and self._queue[0][1] < now:
            self._queue.popleft()
