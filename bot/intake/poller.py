"""Long polling: a batch is stored before the next one is asked for, which confirms it."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any, Final

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.answers import Unclear, seconds_of
from bot.clock import Clock
from bot.intake.decoding import decode, last_number
from bot.store import inbox
from bot.store.database import Database
from bot.transport import request_data

_LOG = logging.getLogger(__name__)

ALLOWED_UPDATES: Final = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
_LIMIT: Final = 100
_FIRST_BACKOFF_SECONDS: Final = 0.5  # real time, doubled each time
_LONGEST_BACKOFF_SECONDS: Final = 30.0
_CONFLICT_SECONDS: Final = 20.0  # real time of 409 after which it is another poller, not our own last poll
_SHORTEST_POLL_SECONDS: Final = 0.5  # real time; an empty answer that comes sooner is not Telegram's


class TokenRejectedError(Exception):
    """Telegram does not know the token (any more); the message is one sentence for a person."""


class Poller:
    """Fetches updates until cancelled.

    `request` is a connection of its own, so that a waiting poll holds nobody up. `arrived` is called when new
    updates were stored, `on_conflict` with True when somebody else polls with this token for a while, and with
    False when that is over. `urgent` is what only members in trouble press. `answered` is
    set after the first answer of Telegram, `drained` when nothing waits there that was sent before. A
    webhook that is set is removed. Raises TokenRejectedError.
    """

    def __init__(
        self,
        *,
        bot: Bot,
        request: BaseRequest,
        db: Database,
        clock: Clock,
        random: Random,
        arrived: Callable[[], None],
        on_conflict: Callable[[bool], Awaitable[None]],
        urgent: frozenset[str] = frozenset(),
        seconds: int = 30,
    ) -> None:
        self._bot = bot
        self._request = request
        self._db = db
        self._clock = clock
        self._random = random
        self._arrived = arrived
        self._on_conflict = on_conflict
        self._urgent = urgent
        self._seconds = seconds
        self._offset: int | None = None
        self._asked: int | None = None  # the offset of the last poll, whether it was answered or not
        self._webhook = False
        self._failures = 0
        self._conflict_since: float | None = None
        self._in_conflict = False
        self.answered = asyncio.Event()
        self.drained = asyncio.Event()

    @property
    def connected(self) -> bool:
        """Whether Telegram answered the last poll."""
        return self.answered.is_set() and not self._failures

    async def run(self) -> None:
        """Poll until cancelled.

        The first poll confirms nothing: Telegram sends again what was not confirmed, and the inbox knows what
        it has. So nothing depends on a number from the last run, which Telegram may have started to count anew.
        """
        while True:
            try:
                await self._turn()
            except InvalidToken as error:
                raise TokenRejectedError(f"Telegram does not accept the token: {error.message}") from None
            except Exception as error:  # noqa: BLE001 - no answer, however odd, may end the process
                await self._failed(error)

    async def _turn(self) -> None:
        if self._webhook:
            await self._remove_webhook()
        timeout = 0 if self._polls_at_once else self._seconds
        # Telegram answers an offset that it was asked for a moment ago with one update, however many wait.
        repeated = self._offset is None or self._offset == self._asked
        self._asked = self._offset
        began = asyncio.get_running_loop().time()
        updates = await self._poll(timeout)
        await self._store(updates)
        await self._succeeded(nothing_left=not updates or (len(updates) < _LIMIT and not repeated))
        if timeout and not updates:
            await asyncio.sleep(began + _SHORTEST_POLL_SECONDS - asyncio.get_running_loop().time())

    async def _poll(self, timeout: int = 0) -> list[object]:  # noqa: ASYNC109 - the Bot API's own
        params: dict[str, object] = {
            "offset": self._offset,
            "limit": _LIMIT,
            "timeout": timeout,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        updates = await self._call("getUpdates", params, read_timeout=self._seconds + 15.0)
        if not isinstance(updates, list):
            raise Unclear("Telegram sent updates that are no list")
        return updates

    async def _call(self, method: str, params: dict[str, object], *, read_timeout: float) -> Any:
        return await self._request.post(
            f"{self._bot.base_url}/{method}", request_data(params), read_timeout=read_timeout
        )

    @property
    def _polls_at_once(self) -> bool:
        """Whether an answer is wanted at once: after a start, and to see that an outage is over.

        Not after a 409: another poller is noticed by waiting.
        """
        return self._conflict_since is None and (self._failures > 0 or not self.drained.is_set())

    async def _store(self, updates: list[object]) -> None:
        """Store the batch, and only then let the next poll confirm it."""
        batch, last = decode(updates, self._urgent), last_number(updates)
        if not last:
            if updates:
                raise Unclear("Telegram sent updates without numbers")
            return
        new = await self._db.write(inbox.store, updates=batch, now=self._clock.now()) if batch else 0
        following = last + 1
        if not new and self._offset is not None and following <= self._offset:
            raise Unclear("Telegram sends again what was confirmed")
        self._offset = following
        if new:
            self._arrived()

    async def _failed(self, error: Exception) -> None:
        match error:
            case Conflict() if "webhook" in error.message.lower():
                # Telegram gives updates to a webhook or to polls, never to both: nobody else polls.
                self._webhook, self._conflict_since = True, None
                await self._back_off("a webhook is set for this bot, and is removed now")
            case Conflict():
                await self._conflict(asyncio.get_running_loop().time())
                await self._back_off("another program fetches this bot's updates (409)")
            case RetryAfter():
                await self._back_off("Telegram asks for a pause (429)", at_least=seconds_of(error))
            case TelegramError() | sqlite3.Error():
                await self._back_off(str(error))
            case _:
                if not self._failures:
                    _LOG.error("Updates cannot be fetched", exc_info=error)
                await self._back_off(type(error).__name__)

    async def _remove_webhook(self) -> None:
        """Let updates come to polls; those that wait for the webhook are kept."""
        await self._call("deleteWebhook", {"drop_pending_updates": False}, read_timeout=30.0)
        self._webhook = False
        _LOG.warning("The webhook of this bot is removed: this program fetches the updates itself.")

    async def _conflict(self, now: float) -> None:
        if self._conflict_since is None:
            self._conflict_since = now
        elif now - self._conflict_since >= _CONFLICT_SECONDS and not self._in_conflict:
            self._in_conflict = True
            await self._on_conflict(True)

    async def _back_off(self, why: str, *, at_least: float = 0.0) -> None:
        if not self._failures:
            _LOG.warning("No updates for now: %s. Trying again.", why)
        seconds = min(_LONGEST_BACKOFF_SECONDS, _FIRST_BACKOFF_SECONDS * 2.0 ** min(self._failures, 10))
        self._failures += 1
        await asyncio.sleep(max(at_least, seconds * (0.5 + self._random.random() / 2)))

    async def _succeeded(self, *, nothing_left: bool) -> None:
        self.answered.set()
        if nothing_left:
            self.drained.set()
        if self._failures:
            _LOG.warning("Updates come again.")
        self._failures = 0
        self._conflict_since = None
        if self._in_conflict:
            self._in_conflict = False
            await self._on_conflict(False)
