"""Handles stored updates: one after another for each sender, different senders side by side, bounded in memory.

Members in trouble come first and need no slot; then the people of the seminar; people from outside have a few slots.

What a handler does is idempotent, so `done` marks are written many at once and an update may be handled again
after a crash.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

import orjson
from telegram import Bot, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.answers import NotSent, seconds_of, token_refused
from bot.clock import Clock
from bot.errors import described
from bot.intake import validation
from bot.intake.minimization import outline
from bot.intake.scheduler import Scheduler
from bot.store import inbox
from bot.store.database import Database, is_unusable
from bot.store.inbox import Handled, Rank, Stored
from bot.waiting import IdleTracker, Signal, until_cancelled

_LOG = logging.getLogger(__name__)
_PAGE: Final = 256  # updates read at once
_BATCH_WINDOW_SECONDS: Final = 0.02  # real time in which marks are collected for one transaction
_TRIES: Final = 3
_BACKOFF_SECONDS: Final = (1.0, 4.0)  # real time before the second and the third try
_OUTAGE_TRIES: Final = 100  # while Telegram cannot be reached at all, which takes two hours
_LONGEST_BACKOFF_SECONDS: Final = 60.0
_DATABASE_RETRY_SECONDS: Final = 2.0  # real time
_REFUSED_BACKOFF_SECONDS: Final = 5.0  # real time while Telegram refuses the token
_HANDLER_TIMEOUT_SECONDS: Final = 300.0  # real time; a handler that takes longer hangs
_DRAIN_SECONDS: Final = 10.0  # real time for what is being handled when the process is told to stop
_POLL_SECONDS: Final = 60.0
_KEEP_DONE: Final = timedelta(days=3)  # Telegram keeps an update for one
_KEEP_OTHERS: Final = timedelta(days=30)

# Called in the transaction in which updates of members have failed: the hour in which they did, and now.
OnUnhandled = Callable[[sqlite3.Connection, datetime, datetime], None]


class Worker:
    """Runs `handle` for every update of the inbox. Make it, `run` it as a task; cancel it to stop.

    `handle` raises: a failure on the way to Telegram is tried again (3 times in all, for two hours where it is sure
    that nothing arrived), anything else ends as `failed`, and
    `on_unhandled` is called where a member sent it.
    """

    def __init__(
        self,
        *,
        db: Database,
        bot: Bot,
        clock: Clock,
        random: Random,
        handle: Callable[[Update], Awaitable[None]],
        on_unhandled: OnUnhandled,
        woken: Callable[[], None] = lambda: None,
        most: int = 256,
    ) -> None:
        self._db = db
        self._bot = bot
        self._clock = clock
        self._random = random
        self._handle = handle
        self._woken = woken
        self._on_unhandled = on_unhandled
        self._scheduler = Scheduler(most, freed=self._start)
        self._signal = Signal(clock)
        self._idle = IdleTracker()
        self._tasks: set[asyncio.Task[None]] = set()
        self._tries: dict[int, int] = {}
        self._ended: list[Handled] = []
        self._more = set(Rank)
        self._stopping = False
        self._storage = ""
        self._prune_at = clock.monotonic()

    def wake(self) -> None:
        """Updates were stored."""
        self._more = set(Rank)
        self._signal.set()

    async def wait_idle(self) -> None:
        """Return when every stored update has been handled and marked."""
        self.wake()
        await self._idle.wait()

    @property
    def busy(self) -> int:
        """How many updates are being handled."""
        return len(self._tasks)

    async def run(self) -> None:
        """Handle until cancelled; what is being handled then gets 10 s to end."""
        await until_cancelled(self._loop(), self._stop)

    async def _loop(self) -> None:
        while not self._stopping:
            self._signal.clear()
            self._idle.begin_turn()
            try:
                await self._load()
                self._start()
                await self._flush()
            except sqlite3.Error as error:
                await self._storage_failed(error)
                continue
            self._storage_works()
            self._idle.end_turn(idle=not (self._more or self._tasks or self._ended or self._scheduler.waiting))
            if not (self._ended or any(self._scheduler.queues[rank].room for rank in self._more)):
                await self._signal.wait(_POLL_SECONDS)
            if self._ended and self._tasks:
                await asyncio.sleep(_BATCH_WINDOW_SECONDS)

    # --- loading ----------------------------------------------------------------------------------------------------

    async def _load(self) -> None:
        for rank, queues in self._scheduler.queues.items():
            for sender_id, after, upto, limit in queues.running_low():
                rows = await self._db.read(
                    inbox.sender_page, sender_id=sender_id, rank=rank, after=after, upto=upto, limit=limit
                )
                queues.refill(sender_id, rows, limit)
        more, self._more = self._more, set()
        # Calls for help last: whatever is loaded, a call that its sender made before is loaded too, and passes it.
        for rank in sorted(more | {Rank.URGENT}, reverse=True):
            if await self._load_rank(rank):
                self._more.add(rank)

    async def _load_rank(self, rank: Rank) -> bool:
        """Load what there is room for; return whether there is more."""
        queues = self._scheduler.queues[rank]
        while queues.room:
            rows = await self._db.read(inbox.page, rank=rank, after=queues.cursor, limit=_PAGE)
            queues.add(rows)
            if len(rows) < _PAGE:
                return False
        return True

    # --- handling ---------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        while not self._stopping and (next_up := self._scheduler.next()) is not None:
            task = asyncio.ensure_future(self._serve(*next_up))
            self._tasks.add(task)
            task.add_done_callback(partial(self._over, next_up[0]))

    def _over(self, rank: Rank, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._scheduler.release(rank)
        self._start()
        self._signal.set()

    async def _serve(self, rank: Rank, stored: Stored) -> None:
        await self._scheduler.enter(rank, stored)
        delay = await self._try(stored)
        if delay is None:
            self._tries.pop(stored.id, None)
            self._scheduler.done(rank, stored.sender_id)
            return
        # The sender's later updates wait with this one; nobody else does.
        asyncio.get_running_loop().call_later(delay, self._retry, stored.sender_id, rank)

    def _retry(self, sender_id: int, rank: Rank) -> None:
        self._scheduler.queues[rank].retry(sender_id)
        self._start()

    async def _try(self, stored: Stored) -> float | None:
        """Handle one update; return the seconds until it should be tried again, or None when it has ended."""
        tries = self._tries[stored.id] = self._tries.get(stored.id, 0) + 1
        update = self._parsed(stored)
        if update is None:
            return None
        try:
            async with asyncio.timeout(_HANDLER_TIMEOUT_SECONDS):
                await self._handle(update)
        except Forbidden:
            _LOG.info("Update %d was handled, and nobody is there to read the answer", stored.update_id)
        except Exception as error:  # noqa: BLE001 - one update must not stop the others
            return self._failed(stored, tries, error)
        self._ended.append(Handled(stored.id, "done", tries))
        return None

    def _parsed(self, stored: Stored) -> Update | None:
        what = ""
        try:
            update = orjson.loads(stored.raw)
            if what := validation.first_error(update):
                raise ValueError(what)
            return Update.de_json(update, self._bot)
        except Exception as error:  # noqa: BLE001 - PTB raises what its parsers happen to raise
            _LOG.error("Update %d cannot be read and is rejected: %s", stored.update_id, type(error).__name__)
            self._ended.append(Handled(stored.id, inbox.REJECTED, 1, what or described(error), _outline(stored)))
            return None

    def _failed(self, stored: Stored, tries: int, error: Exception) -> float | None:
        if is_unusable(error):
            self._tries[stored.id] = tries - 1  # the database is unusable, which is not this update's fault
            return _DATABASE_RETRY_SECONDS
        if isinstance(error, TelegramError) and token_refused(error):
            self._tries[stored.id] = tries - 1  # nobody can be answered; the poller ends the process, or it passes
            return _REFUSED_BACKOFF_SECONDS
        if isinstance(error, NotSent) and tries < _OUTAGE_TRIES:  # safe to repeat: a long outage loses nobody's answer
            return min(_LONGEST_BACKOFF_SECONDS, 2.0 ** min(tries - 1, 10)) * (1 + self._random.random() / 4)
        if isinstance(error, (NetworkError, RetryAfter)) and not isinstance(error, BadRequest) and tries < _TRIES:
            wait = seconds_of(error) if isinstance(error, RetryAfter) else _BACKOFF_SECONDS[tries - 1]
            return wait * (1 + self._random.random() / 4)
        ours = not isinstance(error, TelegramError) or isinstance(error, BadRequest)  # a mistake in this program
        _LOG.error("Update %d failed: %s", stored.update_id, type(error).__name__, exc_info=error if ours else None)
        self._ended.append(Handled(stored.id, "failed", tries, described(error), _outline(stored)))
        return None

    # --- marking ----------------------------------------------------------------------------------------------------

    async def _flush(self) -> None:
        if self._ended:
            ended, self._ended = self._ended, []
            try:
                await self._db.write(self._mark, ended=ended)
            except sqlite3.Error:
                self._ended = ended + self._ended
                raise
            if any(one.state != "done" for one in ended):
                self._woken()
        if self._clock.monotonic() >= self._prune_at:
            pruned = await self._db.write(inbox.prune, now=self._clock.now(), done=_KEEP_DONE, others=_KEEP_OTHERS)
            self._prune_at = self._clock.monotonic() + (1.0 if pruned else 3_600.0)

    def _mark(self, connection: sqlite3.Connection, ended: list[Handled]) -> None:
        now = self._clock.now()
        inbox.end(connection, ended, now)
        # What people from outside send raises no alert; the log has it.
        if inbox.any_of_people(connection, [one.id for one in ended if one.state != "done"]):
            self._on_unhandled(connection, now.replace(minute=0, second=0, microsecond=0), now)

    async def _storage_failed(self, error: sqlite3.Error) -> None:
        if not self._storage:
            _LOG.error("Handling has stopped: the database cannot be used (%s). Trying again.", error)
        self._storage = str(error)
        self._more = set(Rank)
        await asyncio.sleep(1.0)

    def _storage_works(self) -> None:
        if self._storage:
            _LOG.warning("Handling goes on: the database can be used again.")
        self._storage = ""

    async def _stop(self, loop: asyncio.Future[None]) -> None:
        self._stopping = True
        self._signal.set()
        with suppress(TimeoutError, sqlite3.Error):
            async with asyncio.timeout(_DRAIN_SECONDS):
                await asyncio.shield(loop)
                if self._tasks:
                    await asyncio.wait(self._tasks)
                await self._flush()
        for task in list(self._tasks):
            task.cancel()


def _outline(stored: Stored) -> bytes:
    try:
        return orjson.dumps(outline(orjson.loads(stored.raw)))
    except (ValueError, TypeError, RecursionError):
        return b"{}"
