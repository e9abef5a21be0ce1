"""The ways to say something: an answer, a call that does not count, and the one request of the dispatcher.

All of them give Telegram's raw result. Building a `telegram.Message` of it would cost 40% of a send.
"""

from datetime import timedelta
from typing import Any, Final

from telegram import Bot
from telegram.error import BadRequest, RetryAfter
from telegram.request import RequestData

from bot.clock import Clock
from bot.pauses import LONGEST_PAUSE_SECONDS
from bot.rate_limiter import Lane, RateLimiter
from bot.store import pause
from bot.store.database import Database
from bot.transport import NotSent, request_data, seconds_of
from bot.waiting import waiting_for_a_turn

_NOT_SENT_TRIES: Final = 5
_FIRST_BACKOFF_SECONDS: Final = 0.5  # doubled each time
_THROTTLED_TRIES: Final = 5
_LONGEST_WAIT_SECONDS: Final = 90.0  # a reply waits for Telegram's permission before it gives up
_WAITED_FOR: Final = (Lane.SOS, Lane.REPLY, Lane.ALERT)
_TURN_SECONDS: Final = 0.05  # between two looks whether these lanes are empty
_WITHHELD: Final = object()  # instead of a result: nothing was sent


class Sender:
    """Speaks to Telegram as fast as Telegram allows. Raises telegram.error.TelegramError."""

    def __init__(self, bot: Bot, limiter: RateLimiter, clock: Clock, db: Database) -> None:
        self._bot = bot
        self._limiter = limiter
        self._clock = clock
        self._db = db

    async def reply(self, method: str, params: dict[str, object], *, outsider: bool = False) -> Any:
        """Send an answer that someone waits for and return Telegram's result; None where nothing was sent.

        Waits out a 429 and tries again when the request surely did not arrive. An unclear end is raised: the
        caller's effects are idempotent, a message is not. Answers to an `outsider` who writes often, and those in a
        group that is busy, are not sent: see `RateLimiter`.
        """
        result: Any = None
        try:
            result = await self._when_granted(method, params, counted=True, outsider=outsider)
        finally:
            if outsider and result is not _WITHHELD and not isinstance(result, dict):
                self._limiter.outsider_failed(_chat_of(params))
        return None if result is _WITHHELD else result

    async def call(self, method: str, params: dict[str, object]) -> Any:
        """Make a call that is no new message (answerCallbackQuery, edits, menus) and return Telegram's result.

        Where the call goes to no chat, a 429 is raised at once and until its wait is over.
        """
        return await self._when_granted(method, params, counted=False)

    async def attempt(self, method: str, params: dict[str, object]) -> Any:
        """Make a call about a chat that nobody waits for, once, behind whatever somebody waits for.

        A 429 is raised, and so is a pause that runs, as RetryAfter. It pauses nothing: what people wait for is not to
        wait because of what they do not.
        """
        chat_id = _chat_of(params)
        while self._limiter.has_waiting(*_WAITED_FOR):
            await self._clock.sleep(_TURN_SECONDS)
        if (seconds := self._limiter.pauses.remaining(chat_id)) > 0:
            raise RetryAfter(timedelta(seconds=seconds))
        await self._limiter.edit(chat_id)
        return await self.post(method, request_data(params))

    @property
    def is_delivering(self) -> bool:
        """Whether proactive messages wait for their turn."""
        return self._limiter.has_waiting(Lane.DELIVERY)

    async def fetch(self, file_id: str, *, largest: int) -> bytes:
        """The bytes of a file that somebody sent.

        Raises BadRequest for more than `largest` bytes, as Telegram does for more than 20 MB.
        """
        told = await self.call("getFile", {"file_id": file_id})
        size, path = (told.get("file_size"), told.get("file_path")) if isinstance(told, dict) else (None, None)
        if isinstance(size, int) and size > largest:
            raise BadRequest("file is too big")
        if not isinstance(path, str):
            raise BadRequest("there is no path to the file")
        content: bytes = await self._bot.request.retrieve(f"{self._bot.base_file_url}/{path}")
        return content

    async def post(self, method: str, data: RequestData, grant: int = 0) -> Any:
        """One request, now, without waits or second tries. `grant` is what the rate limiter gave for it."""
        if grant:
            self._limiter.started(grant)
        try:
            result = await self._bot.request.post(f"{self._bot.base_url}/{method}", data)
        finally:
            if grant:
                self._limiter.answered(grant)
        self._limiter.pauses.accepted()
        return result

    async def remember_pause(self, chat_id: int, error: RetryAfter) -> float:
        """Pause the chat, or everything, as a 429 asks, also over a restart; return the seconds."""
        seconds = seconds_of(error)
        paused = self._limiter.pauses.throttled(chat_id, seconds)
        until = self._clock.now() + timedelta(seconds=min(seconds, LONGEST_PAUSE_SECONDS))
        await self._db.write(pause.extend, chat_id=paused, moment=until)
        return seconds

    async def _when_granted(
        self, method: str, params: dict[str, object], *, counted: bool, outsider: bool = False
    ) -> Any:
        chat_id = _chat_of(params)
        refused = throttled = 0
        waited = 0.0
        while True:
            grant = await self._permission(method, chat_id, counted=counted, outsider=outsider)
            if grant is None:
                return _WITHHELD
            try:
                return await self.post(method, request_data(params), grant)
            except RetryAfter as error:
                if not chat_id:
                    self._limiter.pauses.pause_method(method, seconds_of(error))
                    raise
                throttled += 1
                waited += await self.remember_pause(chat_id, error)
                if throttled >= _THROTTLED_TRIES or waited > _LONGEST_WAIT_SECONDS:
                    raise
            except NotSent:
                refused += 1
                if refused >= _NOT_SENT_TRIES:
                    raise
                with waiting_for_a_turn():
                    await self._clock.sleep(_FIRST_BACKOFF_SECONDS * 2 ** (refused - 1))
            outsider = False  # it was granted once

    async def _permission(self, method: str, chat_id: int, *, counted: bool, outsider: bool) -> int | None:
        """The grant of the rate limiter, 0 for a call that needs none, None for an answer that is not to be sent."""
        if not counted:
            await self._call_permission(method, chat_id)
            return 0
        if not outsider and chat_id >= 0 and (grant := self._limiter.reply_now(chat_id)) is not None:
            return grant
        with waiting_for_a_turn():
            if outsider:
                return await self._limiter.answer_outsider(chat_id)
            return await (self._limiter.answer_group(chat_id) if chat_id < 0 else self._limiter.reply(chat_id))

    async def _call_permission(self, method: str, chat_id: int) -> None:
        if not chat_id and (seconds := self._limiter.pauses.of_method(method)) > 0:
            raise RetryAfter(timedelta(seconds=seconds))
        if method.startswith(("edit", "pin", "unpin", "delete")):
            with waiting_for_a_turn():
                await self._limiter.edit(chat_id)


def reaction_params(chat_id: int, message_id: int, emoji: str | None) -> dict[str, object]:
    """The parameters of setMessageReaction: this emoji is the bot's reaction; None takes it back."""
    reaction = [{"type": "emoji", "emoji": emoji}] if emoji is not None else []
    return {"chat_id": chat_id, "message_id": message_id, "reaction": reaction}


def _chat_of(params: dict[str, object]) -> int:
    chat_id = params.get("chat_id")
    return chat_id if isinstance(chat_id, int) else 0
