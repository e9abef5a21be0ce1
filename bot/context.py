"""What a handler receives: who speaks, in which language, what their chat waits for, and how to answer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from telegram import Update

from bot.access import Action, ChatKind, Role, allowed
from bot.i18n import Locale
from bot.inbound import sent_at
from bot.screen import Screen
from bot.store import conversation, person
from bot.store import staff_group as staff_group_store
from bot.store.conversation import Conversation, Prompt
from bot.store.multipart import Multipart
from bot.store.person import Person
from bot.store.staff_group import StaffGroup
from bot.update_context import UpdateContext
from bot.views import sos as sos_view
from bot.views import staff_group as staff_group_view

A = TypeVar("A")


class Context(UpdateContext):
    """One update's context. `refresh_data` fills it before a handler runs.

    `part` is the thing whose later part the message is, where it is one. `is_superseded`: the chat waits for something
    else by now than what the message answers.
    """

    def __init__(self, application: Any, chat_id: int | None = None, user_id: int | None = None) -> None:
        super().__init__(application, chat_id, user_id)
        self.person: Person | None = None
        self.awaits: Conversation | None = None
        self.lapsed: Conversation | None = None  # what the chat waited for until its end came
        self.part: Multipart | None = None
        self.is_superseded = False
        self.staff_group: StaffGroup | None = None  # where the update came from there

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Context":
        """The context for an update."""
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.incoming = update
        return context

    # --- who --------------------------------------------------------------------------------------------------------

    @property
    def chat_kind(self) -> ChatKind:
        """The kind of chat that the update came from; what names no chat is not private."""
        return ChatKind.STAFF_GROUP if self.staff_group is not None else super().chat_kind

    @property
    def role(self) -> Role:
        """The role of who acts; someone who has not finished joining is a stranger still."""
        if self.person is None or not self.person.active:
            return Role.STRANGER
        return Role.OWNER if self.is_owner else self.person.role

    @property
    def is_outsider(self) -> bool:
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
    def locale(self) -> Locale:
        """The locale of the stored language, or of the phone's while none is stored; the seminar's first for others."""
        if self.person is not None:
            return self.runtime.locales[self.person.language]
        user = self.incoming.effective_user
        return self.runtime.locales.closest(user.language_code if user else None)

    async def refresh_data(self) -> None:
        """Load who acts and what the chat waits for, in one read."""
        user, chat = self.incoming.effective_user, self.incoming.effective_chat
        if user is None:  # what Telegram says itself
            await self._find_group()
            return
        self.person, self.awaits, self.staff_group = await self.runtime.db.read(
            lambda connection: (
                person.by_telegram_id(connection, user.id),
                conversation.get(connection, chat.id) if chat is not None else None,
                staff_group_store.in_chat(connection, chat.id) if chat is not None else None,
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

    async def _find_group(self) -> None:
        if (chat := self.incoming.effective_chat) is not None:
            self.staff_group = await self.read(staff_group_store.in_chat, chat.id)

    # --- answering --------------------------------------------------------------------------------------------------

    async def reply(self, screen: Screen) -> int:
        """Send a new message to the chat and return its id; 0 where the rate limiter let no answer through.

        A button in place of the phone's letters goes away before the first answer to a message, with a line of its own:
        Telegram lets nobody edit a message that takes one away, and answers are edited.
        """
        me = self.person
        if me is not None and self.chat_kind is ChatKind.PRIVATE:
            if screen.keyboard is not None:
                await self.write(person.set_keyboard, me.id, shown=True)
            elif me.has_keyboard and self.incoming.message is not None:
                await self._take_keyboard_away(me)
        return await super().reply(screen)

    async def _take_keyboard_away(self, me: Person) -> None:
        message = self.incoming.message
        is_picked = message is not None and message.chat_shared is not None
        may_pick = allowed(Action.CONNECT_GROUP, self.role, self.chat_kind)
        others = staff_group_view.not_picked if may_pick else sos_view.without_button
        view = staff_group_view.picked if is_picked else others
        if await super().reply(view(self.locale)):
            await self.write(person.set_keyboard, me.id, shown=False)
            self.person = replace(me, has_keyboard=False)

    # --- what the chat waits for ------------------------------------------------------------------------------------

    async def expect(self, prompt: Prompt[A], about: A, *, ends_after: timedelta) -> None:
        """For so long the next message in this chat answers `prompt`."""
        now = self.now()
        await self.write(conversation.expect, self.chat_id, prompt, about, now, until=now + ends_after)

    def joins(self, part: Multipart, awaits: Conversation | None) -> None:
        """The message is a later part of a thing that began as an answer to `awaits`."""
        self.part = part
        self.repeats(awaits)

    def repeats(self, awaits: Conversation | None) -> None:
        """The message was, or belongs to, an answer to `awaits`. What the chat waits for now may be something else."""
        self.is_superseded = self.is_superseded or awaits != self.awaits
        self.awaits = awaits

    @property
    def is_later_part(self) -> bool:
        """Whether the message is a later part of a thing whose first part has been answered."""
        return self.part is not None

    async def expect_nothing(self) -> None:
        """The chat does not wait any more for what it waited for; what it was asked since is still awaited."""
        ended = self.awaits or self.lapsed
        if ended is not None and not self.is_superseded:
            await self.write(conversation.end, self.chat_id, ended)
        self.awaits = self.lapsed = None

    async def lapse(self) -> None:
        """What the chat waited for when this update came is over: a message that comes now was too late for it."""
        if (over := self.awaits) is not None:
            await self.write(conversation.lapse, self.chat_id, over, self.now())
            self.awaits, self.lapsed = None, over
