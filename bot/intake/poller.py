"""One of the two doors: long polling that stores a batch before it asks for the next, which confirms it."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from random import Random
from typing import Any, Final

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.clock import Clock
from bot.intake.door import incoming
from bot.store import inbox
from bot.store.database import Database
from bot.transport import request_data, seconds_of

_LOG = logging.getLogger(__name__)

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member", "poll_answer")
_LIMIT: Final = 100
_FIRST_BACKOFF: Final = 0.5  # real seconds, doubled
_LAST_BACKOFF: Final = 30.0
_LASTING: Final = 20.0  # real seconds of 409 after which it is another poller, not our own last poll


class TokenRejectedError(Exception):
    """Telegram does not know the token (any more); the message is one sentence for a person."""


class Poller:
    """Fetches updates until cancelled.

    `request` is a connection of its own, so that a waiting poll holds nobody up. `arrived` is called when new
    updates were stored, `contested` with True when somebody else polls with this token for a while, and with
    False when that is over. `heard` is set after the first answer of Telegram, `drained` when nothing waits there that
    was sent before. Raises TokenRejectedError.
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
        contested: Callable[[bool], Awaitable[None]],
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        seconds: int = 30,
    ) -> None:
        self._bot = bot
        self._request = request
        self._db = db
        self._clock = clock
        self._random = random
        self._arrived = arrived
        self._contested = contested
        self._allowed = list(allowed_updates)
        self._seconds = seconds
        self._offset: int | None = None
        self._failures = 0
        self._conflict_since: float | None = None
        self._is_contested = False
        self.heard = asyncio.Event()
        self.drained = asyncio.Event()

    @property
    def in_touch(self) -> bool:
        """Whether Telegram answered the last poll."""
        return self.heard.is_set() and not self._failures

    async def run(self) -> None:
        """Poll until cancelled.

        The first poll confirms nothing: Telegram hands out again what was not confirmed, and the inbox knows what
        it has. So nothing depends on a number from the last run, which Telegram may have begun to count anew.
        """
        loop = asyncio.get_running_loop()
        while True:
            try:
                updates = await self._poll()
                await self._keep(updates)
            except InvalidToken as error:
                raise TokenRejectedError(f"Telegram does not accept the token: {error.message}") from None
            except Conflict:
                await self._conflict(loop.time())
                await self._back_off("another program fetches this bot's updates (409)")
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except (TelegramError, sqlite3.Error) as error:
                await self._back_off(str(error))
            else:
                await self._works(len(updates) if isinstance(updates, list) else 0)

    async def _poll(self) -> Any:
        params: dict[str, object] = {
            "offset": self._offset,
            "limit": _LIMIT,
            "timeout": 0 if self._hurried else self._seconds,
            "allowed_updates": self._allowed,
        }
        return await self._request.post(
            f"{self._bot.base_url}/getUpdates", request_data(params), read_timeout=self._seconds + 15.0
        )

    @property
    def _hurried(self) -> bool:
        """Whether an answer is wanted at once: after a start, and to see that trouble is over.

        Not after a 409: another poller is noticed by waiting.
        """
        return self._conflict_since is None and (self._failures > 0 or not self.drained.is_set())

    async def _keep(self, updates: Any) -> None:
        """Store the batch, and only then let the next poll confirm it."""
        batch = incoming(updates if isinstance(updates, list) else [])
        if not batch:
            if updates:
                await self._back_off("Telegram sent updates without numbers")
            return
        new = await self._db.write(partial(inbox.store, updates=batch, now=self._clock.now()))
        self._offset = batch[-1].update_id + 1
        if new:
            self._arrived()

    async def _conflict(self, now: float) -> None:
        if self._conflict_since is None:
            self._conflict_since = now
        elif now - self._conflict_since >= _LASTING and not self._is_contested:
            self._is_contested = True
            await self._contested(True)

    async def _back_off(self, why: str) -> None:
        if not self._failures:
            _LOG.warning("No updates for now: %s. Trying again.", why)
        seconds = min(_LAST_BACKOFF, _FIRST_BACKOFF * 2.0 ** min(self._failures, 10))
        self._failures += 1
        await asyncio.sleep(seconds * (0.5 + self._random.random() / 2))

    async def _works(self, received: int) -> None:
        self.heard.set()
        # A single one may be the answer to a question that was repeated too soon, with more behind it.
        if received != 1 and received < _LIMIT:
            self.drained.set()
        if self._failures:
            _LOG.warning("Updates come again.")
        self._failures = 0
        self._conflict_since = None
        if self._is_contested:
            self._is_contested = False
            await self._contested(False)
