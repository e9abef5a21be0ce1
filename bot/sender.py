"""The ways to say something: an answer, a call that does not count, and the one request of the dispatcher.

All of them give Telegram's raw result. Building a `telegram.Message` of it would cost 40% of a send.
"""

from datetime import timedelta
from functools import partial
from typing import Any, Final

from telegram import Bot
from telegram.error import RetryAfter
from telegram.request import RequestData

from bot.clock import Clock
from bot.pace import Pace
from bot.store import pause
from bot.store.database import Database
from bot.transport import NotSent, request_data, seconds_of

_NOT_SENT_TRIES: Final = 5
_FIRST_BACKOFF: Final = 0.5  # seconds, doubled each time
_THROTTLED_TRIES: Final = 5
_LONGEST_WAIT: Final = 90.0  # seconds a reply waits for Telegram's permission before it gives up


class Sender:
    """Speaks to Telegram in the pace that Telegram allows. Raises telegram.error.TelegramError."""

    def __init__(self, bot: Bot, pace: Pace, clock: Clock, db: Database) -> None:
        self._bot = bot
        self._pace = pace
        self._clock = clock
        self._db = db

    async def reply(self, method: str, params: dict[str, object]) -> Any:
        """Send an answer that someone waits for and return Telegram's result.

        Waits out a 429 and tries again when the request surely did not arrive. An unclear end is raised: the
        caller's effects are idempotent, a message is not.
        """
        return await self._patiently(method, params, counted=True)

    async def call(self, method: str, params: dict[str, object]) -> Any:
        """Make a call that is no new message (answerCallbackQuery, edits, menus) and return Telegram's result."""
        return await self._patiently(method, params, counted=False)

    async def post(self, method: str, data: RequestData) -> Any:
        """One request, now, without pace or second tries."""
        result = await self._bot.request.post(f"{self._bot.base_url}/{method}", data)
        self._pace.accepted()
        return result

    async def remember_pause(self, chat_id: int, error: RetryAfter) -> float:
        """Pause the chat, or everything, as a 429 asks, also over a restart; return the seconds."""
        seconds = seconds_of(error)
        paused = self._pace.throttled(chat_id, seconds)
        until = self._clock.now() + timedelta(seconds=seconds)
        await self._db.write(partial(pause.until, chat_id=paused, moment=until))
        return seconds

    async def _patiently(self, method: str, params: dict[str, object], *, counted: bool) -> Any:
        chat_id = _chat_of(params)
        refused = throttled = 0
        waited = 0.0
        while True:
            await self._permission(method, chat_id, counted=counted)
            try:
                return await self.post(method, request_data(params))
            except RetryAfter as error:
                throttled += 1
                waited += await self.remember_pause(chat_id, error)
                if throttled >= _THROTTLED_TRIES or waited > _LONGEST_WAIT or not (counted or chat_id):
                    raise
            except NotSent:
                refused += 1
                if refused >= _NOT_SENT_TRIES:
                    raise
                await self._clock.sleep(_FIRST_BACKOFF * 2 ** (refused - 1))

    async def _permission(self, method: str, chat_id: int, *, counted: bool) -> None:
        if counted:
            await self._pace.reply(chat_id)
        elif method.startswith(("edit", "pin", "delete")):
            await self._pace.edit(chat_id)


def _chat_of(params: dict[str, object]) -> int:
    chat_id = params.get("chat_id")
    return chat_id if isinstance(chat_id, int) else 0
