"""What a handler receives: who speaks, in which language, and how to answer."""

import html
import logging
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from telegram import CallbackQuery, Chat, Message, Update
from telegram.error import BadRequest, ChatMigrated, TelegramError
from telegram.ext import CallbackContext, ExtBot

from bot.access import ChatKind, Role
from bot.answers import message_id_of
from bot.i18n import Words
from bot.inbound import sent_at
from bot.runtime import Runtime
from bot.screen import Screen
from bot.store import conversation, person, side_effects
from bot.store.conversation import Conversation
from bot.store.multipart import Multipart
from bot.store.person import Person

if TYPE_CHECKING:
    from bot.programme.model import Seminar

_LOG = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Runtime]):
    """One update's context. `refresh_data` fills it before a handler runs.

    `part` is the thing whose later part the message is, where it is one. `gone_on`: the chat waits for something else
    by now than what the message answers.
    """

    def __init__(self, application: Any, chat_id: int | None = None, user_id: int | None = None) -> None:
        super().__init__(application, chat_id, user_id)
        self.incoming: Update = Update(0)
        self.person: Person | None = None
        self.awaits: Conversation | None = None
        self.lapsed: Conversation | None = None  # what the chat waited for until its end came
        self.part: Multipart | None = None
        self.gone_on = False
        self._answered = False

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Context":
        """The context for an update."""
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.incoming = update
        return context

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

    # --- who and where ----------------------------------------------------------------------------------------------

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
    def role(self) -> Role:
        """The role of who acts; someone who has not finished joining is a stranger still."""
        if self.person is None or not self.person.active:
            return Role.STRANGER
        return Role.OWNER if self.is_owner else self.person.role

    @property
    def _is_outsider(self) -> bool:
        """Whether this private chat is of someone who is no member and does not join either."""
        return self.chat_kind is ChatKind.PRIVATE and (self.person is None or self.person.state == "left")

    @property
    def is_owner(self) -> bool:
        """Whether this account is an owner: by a link, or because the settings name it."""
        user, me = self.incoming.effective_user, self.person
        return (user is not None and user.id in self.runtime.settings.owners) or (me is not None and me.owner)

    @property
    def member(self) -> Person:
        """Who acts, where access rules have made sure that it is a member."""
        assert self.person is not None
        return self.person

    @property
    def words(self) -> Words:
        """The words of the stored language, or of the phone's while none is stored; the seminar's first for others."""
        if self.person is not None:
            return self.runtime.words[self.person.language]
        user = self.incoming.effective_user
        return self.runtime.words.closest(user.language_code if user else None)

    async def refresh_data(self) -> None:
        """Load who acts and what the chat waits for, in one read."""
        user, chat = self.incoming.effective_user, self.incoming.effective_chat
        if user is None:
            return
        self.person, self.awaits = await self.runtime.db.read(
            lambda connection: (
                person.by_telegram_id(connection, user.id),
                conversation.of(connection, chat.id) if chat is not None else None,
            )
        )
        if self.awaits is not None and self.awaits.is_over(sent_at(self.incoming.message, self.now())):
            self.awaits, self.lapsed = None, self.awaits
        me, joined_or_left = self.person, self.incoming.my_chat_member is not None
        if (
            me is not None
            and me.active
            and not me.reachable
            and self.chat_kind is ChatKind.PRIVATE
            and not joined_or_left
        ):
            self.person = await self.write(person.is_back, me)  # who speaks has not blocked the bot
            self.runtime.wake()

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

    async def expect(self, waits_for: str, data: Mapping[str, object] | None = None, *, ends_after: timedelta) -> None:
        """For so long the next message in this chat answers `waits_for`."""
        now = self.now()
        await self.write(conversation.expect, self.chat_id, waits_for, data or {}, now, until=now + ends_after)

    def joins(self, part: Multipart, awaits: Conversation | None) -> None:
        """The message is a later part of a thing that began as an answer to `awaits`."""
        self.part = part
        self.repeats(awaits)

    def repeats(self, awaits: Conversation | None) -> None:
        """The message was, or belongs to, an answer to `awaits`. What the chat waits for now may be something else."""
        self.gone_on = self.gone_on or awaits != self.awaits
        self.awaits = awaits

    @property
    def goes_on(self) -> bool:
        """Whether the message is a later part of a thing whose first part has been answered."""
        return self.part is not None

    async def expect_nothing(self) -> None:
        """The chat does not wait any more for what it waited for; what it was asked since is still awaited."""
        ended = self.awaits or self.lapsed
        if ended is not None and not self.gone_on:
            await self.write(conversation.end, self.chat_id, ended)
        self.awaits = self.lapsed = None

    async def lapse(self) -> None:
        """What the chat waited for when this update came is over: a message that comes now was too late for it."""
        if (over := self.awaits) is not None:
            await self.write(conversation.lapse, self.chat_id, over, self.now())
            self.awaits, self.lapsed = None, over

    # --- answering --------------------------------------------------------------------------------------------------

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

    async def reply(self, screen: Screen) -> int:
        """Send a new message to the chat and return its id; 0 where the rate limiter let no answer through."""
        return await self.send(screen.method, screen.params())

    async def send(self, method: str, params: Mapping[str, object]) -> int:
        """Send whatever `method` sends to where the update came from; return the id of the message, 0 if unknown.

        Into the topic that was spoken in. A group that has become a supergroup is followed to its new id.
        """
        reply = partial(self.runtime.sender.reply, outsider=self._is_outsider)
        topic = {} if self.topic is None else {"message_thread_id": self.topic}
        try:
            sent = await reply(method, {"chat_id": self.chat_id, **topic, **params})
        except ChatMigrated as moved:
            old, new = self.chat_id, moved.new_chat_id
            await self.write(side_effects.migrated, old, new)
            sent = await reply(method, {"chat_id": new, **params})
        return message_id_of(sent) or 0

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

    async def change(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """Change a message of another chat; one that cannot be changed stays as it was."""
        target = {"chat_id": chat_id, "message_id": message_id}
        with suppress(TelegramError):
            await self.runtime.sender.call("editMessageText", {**target, **screen.edit_params()})

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
