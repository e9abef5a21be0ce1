"""Where an update came from, and how to answer there."""

import html
import logging
import sqlite3
from asyncio import to_thread
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from telegram import CallbackQuery, Chat, InputFile, Message, Update
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import CallbackContext, ExtBot

from bot.access import ChatKind
from bot.answers import document_id_of, message_id_of, photo_id_of
from bot.documents.refusals import FileRefusal, FileRefusedError
from bot.runtime import Runtime
from bot.screen import Rows, Screen, SharedFile
from bot.sender import reaction_params
from bot.store import side_effects, uploaded_file

if TYPE_CHECKING:
    from bot.programme.model import Seminar

_LOG = logging.getLogger(__name__)
_TOO_BIG = "file is too big"  # Telegram's words for what a bot may not fetch

P = ParamSpec("P")
T = TypeVar("T")


class UpdateContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Runtime]):
    """One update, the chat that it came from, and the parts of the bot that answer it; `bot.context` adds who acts."""

    def __init__(self, application: Any, chat_id: int | None = None, user_id: int | None = None) -> None:
        super().__init__(application, chat_id, user_id)
        self.incoming: Update = Update(0)
        self._answered = False

    @property
    def runtime(self) -> Runtime:
        """The parts that handlers use."""
        return self.bot_data

    @property
    def seminar(self) -> "Seminar":
        """The seminar that this bot serves."""
        return self.runtime.seminar

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return self.runtime.clock.now()

    @property
    def chat_id(self) -> int:
        """The chat that the update came from."""
        chat = self.incoming.effective_chat
        assert chat is not None
        return chat.id

    @property
    def user_id(self) -> int:
        """The account that acts."""
        user = self.incoming.effective_user
        assert user is not None
        return user.id

    @property
    def chat_kind(self) -> ChatKind:
        """The kind of chat that the update came from; what names no chat is not private."""
        chat = self.incoming.effective_chat
        return ChatKind.PRIVATE if chat is not None and chat.type == Chat.PRIVATE else ChatKind.GROUP

    @property
    def is_outsider(self) -> bool:
        """Whether this private chat is of someone who is no member and does not join either."""
        return self.chat_kind is ChatKind.PRIVATE

    @property
    def message(self) -> Message | None:
        """The message that came, or the one whose button was pressed (if still accessible)."""
        return self.incoming.effective_message

    @property
    def message_id(self) -> int:
        """The id of the message that came, or of the one whose button was pressed, however old; 0 without one."""
        query = self.incoming.callback_query
        message = self.message if query is None else query.message
        return message.message_id if message is not None else 0

    @property
    def topic(self) -> int | None:
        """The topic of a forum that the update came from."""
        query = self.incoming.callback_query
        message = self.incoming.message if query is None else query.message
        return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None

    # --- keeping ----------------------------------------------------------------------------------------------------

    async def read(
        self, query: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query with these arguments on a reader."""
        return await self.runtime.db.read(query, *args, **kwargs)

    async def write(
        self, transaction: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a transaction with these arguments on the writer."""
        return await self.runtime.db.write(transaction, *args, **kwargs)

    # --- answering --------------------------------------------------------------------------------------------------

    async def reply(self, screen: Screen) -> int:
        """Send a new message to the chat and return its id; 0 where the rate limiter let no answer through."""
        return await self.send(screen.method, screen.params())

    async def send(self, method: str, params: Mapping[str, object]) -> int:
        """Send whatever `method` sends to where the update came from; return the id of the message, 0 if unknown.

        Into the topic that was spoken in. A group that has become a supergroup is followed to its new id.
        """
        return message_id_of(await self._send(method, params)) or 0

    async def send_file(self, file: SharedFile, caption: str) -> int:
        """Send a file, and return the id of the message, 0 if unknown. What Telegram has is not uploaded again."""
        known = await self.read(uploaded_file.get, file.name, file.edition)
        if known is not None:
            with suppress(BadRequest):  # Telegram may have forgotten it
                return await self.send("sendDocument", {"document": known, "caption": caption})
        document = InputFile(await to_thread(file.make), filename=file.filename)
        sent = await self._send("sendDocument", {"document": document, "caption": caption})
        if (file_id := document_id_of(sent)) is not None:
            await self.write(uploaded_file.put, file.name, file.edition, file_id)
        return message_id_of(sent) or 0

    async def send_photo(self, params: Mapping[str, object]) -> str | None:
        """Send a photo, and return Telegram's id of it, by which it can be sent again; None if unknown."""
        return photo_id_of(await self._send("sendPhoto", params))

    async def _send(self, method: str, params: Mapping[str, object]) -> object:
        """Send it as `send` does, and return Telegram's raw result."""
        reply = partial(self.runtime.sender.reply, outsider=self.is_outsider)
        topic = {} if self.topic is None else {"message_thread_id": self.topic}
        try:
            return await reply(method, {"chat_id": self.chat_id, **topic, **params})
        except ChatMigrated as moved:
            old, new = self.chat_id, moved.new_chat_id
            await self.write(side_effects.migrated, old, new)
            return await reply(method, {"chat_id": new, **params})

    async def file(self, file_id: str, size: int, *, largest: int) -> bytes:
        """A file that somebody sent; `size` is what Telegram says of it, 0 for nothing. Raises FileRefusedError."""
        if size > largest:
            raise FileRefusedError(FileRefusal.TOO_LARGE)
        try:
            return await self.runtime.sender.fetch(file_id, largest=largest)
        except BadRequest as error:
            too_big = _TOO_BIG in error.message.lower()
            raise FileRefusedError(FileRefusal.TOO_LARGE if too_big else FileRefusal.GONE) from None
        except (NetworkError, TimedOut, RetryAfter):
            raise FileRefusedError(FileRefusal.UNFINISHED) from None
        except TelegramError:
            raise FileRefusedError(FileRefusal.GONE) from None

    async def say(self, text: str) -> int:
        """Reply with text alone."""
        return await self.reply(Screen(text))

    async def show(self, screen: Screen) -> int:
        """Change the message whose button was pressed into `screen`; where that cannot be, reply with it.

        Return the id of the message that shows it, 0 if unknown.
        """
        query = self.incoming.callback_query
        if query is None or query.message is None or screen.venue:
            return await self.reply(screen)
        target = {"chat_id": self.chat_id, "message_id": query.message.message_id}
        try:
            await self.runtime.sender.call("editMessageText", {**target, **screen.edit_params()})
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                return await self.reply(screen)
        return query.message.message_id

    async def show_buttons(self, rows: Rows) -> None:
        """Put other buttons under the message whose button was pressed; its words stay."""
        target = {"chat_id": self.chat_id, "message_id": self.message_id}
        with suppress(TelegramError):
            markup = Screen("", rows).markup()
            await self.runtime.sender.call("editMessageReplyMarkup", {**target, "reply_markup": markup})

    async def change(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """Change a message of another chat; one that cannot be changed stays as it was."""
        target = {"chat_id": chat_id, "message_id": message_id}
        with suppress(TelegramError):
            await self.runtime.sender.call("editMessageText", {**target, **screen.edit_params()})

    async def react(self, message_id: int, emoji: str | None, *, chat_id: int | None = None) -> bool:
        """Put the bot's reaction on a message of this chat, or of another; False where Telegram does not take it."""
        params = reaction_params(self.chat_id if chat_id is None else chat_id, message_id, emoji)
        try:
            await self.runtime.sender.call("setMessageReaction", params)
        except TelegramError as error:
            _LOG.info("a reaction was not taken: %s", type(error).__name__)
            return False
        return True

    async def toast(self, text: str = "", *, alert: bool = False) -> None:
        """Answer a tap with a short line (200 characters) over the chat, or just stop its spinner. Once is enough."""
        query: CallbackQuery | None = self.incoming.callback_query
        if query is None or self._answered:
            return
        self._answered = True
        params: dict[str, object] = {"callback_query_id": query.id}
        if text:
            params |= {"text": text, "show_alert": alert}
        try:
            await self.runtime.sender.call("answerCallbackQuery", params)
        except TelegramError as error:
            # Too old, throttled, lost: what the tap asked for is done all the same. What it was to hear is said.
            _LOG.info("a tap could not be answered: %s", type(error).__name__)
            if text and query.message is not None and self.chat_kind is ChatKind.PRIVATE:
                with suppress(TelegramError):
                    await self.say(html.escape(text))
