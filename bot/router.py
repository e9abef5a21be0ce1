"""From an update to the one route that it is for, where access rules allow it.

Commands, payloads and awaited answers are looked up by name, so a hundred routes cost what one does.
"""

from collections.abc import Iterable
from typing import Any

from telegram import Message, MessageReactionUpdated, Update
from telegram.ext import BaseHandler

from bot import multipart
from bot.access import ChatKind, Role, allowed
from bot.context import Context
from bot.i18n import Locale
from bot.payload import Payload, unpack
from bot.routing import (
    AnswerRoute,
    ButtonRoute,
    CommandRoute,
    EditRoute,
    Fallbacks,
    GroupRoute,
    ReactionRoute,
    Route,
    SharedRoute,
    UnansweredRoute,
)
from bot.screen import Screen
from bot.store import conversation
from bot.store.conversation import Conversation


class Router(BaseHandler[Update, Context, None]):
    """The one handler of the application. Raises ValueError when two routes claim the same name."""

    def __init__(self, routes: Iterable[Route], fallbacks: Fallbacks) -> None:
        super().__init__(self._dispatch)
        self.routes = tuple(routes)
        self._fallbacks = fallbacks
        self._commands: dict[str, CommandRoute] = {}
        self._buttons: dict[type[Payload], ButtonRoute] = {}
        self._answers: dict[str, AnswerRoute] = {}
        self._unanswered: dict[str, UnansweredRoute] = {}
        self._edits: list[EditRoute] = []
        self._reactions: list[ReactionRoute] = []
        self._group: list[GroupRoute] = []
        self._shared: dict[int, SharedRoute] = {}
        for route in self.routes:
            match route:
                case CommandRoute():
                    _claim(self._commands, route.name, route)
                case ButtonRoute():
                    _claim(self._buttons, route.payload, route)
                case AnswerRoute():
                    _claim(self._answers, route.waits_for, route)
                case UnansweredRoute():
                    _claim(self._unanswered, route.waits_for, route)
                case EditRoute():
                    self._edits.append(route)
                case ReactionRoute():
                    self._reactions.append(route)
                case GroupRoute():
                    self._group.append(route)
                case SharedRoute():
                    _claim(self._shared, route.request, route)

    def check_update(self, update: object) -> bool:
        """Whether the update is one that people make, and that says something to the bot.

        That something was pinned is for nobody: it is not kept, but for what an earlier release has stored.
        """
        if not isinstance(update, Update) or (update.message is not None and update.message.pinned_message is not None):
            return False
        said = update.message or update.callback_query or update.edited_message or update.message_reaction
        return bool(said or update.my_chat_member or update.chat_member)

    def menu(self, role: Role, locale: Locale) -> list[tuple[str, str]]:
        """The commands that someone of this role sees, rendered, in the order of the list."""
        return [
            (route.name, locale.plain(route.menu))
            for route in self._commands.values()
            if route.menu and allowed(route.action, role, ChatKind.PRIVATE)
        ]

    async def _dispatch(self, update: Update, context: Context) -> None:
        if update.callback_query is not None:
            await self._press(update, context)
        elif update.message is not None:
            await self._message(update.message, context)
        elif update.edited_message is not None:
            await self._edited(update.edited_message, context)
        elif update.message_reaction is not None:
            await self._reacted(update.message_reaction, context)
        elif update.chat_member is not None:
            await self._fallbacks.group(context)
        else:
            await self._fallbacks.membership(context)

    async def _press(self, update: Update, context: Context) -> None:
        assert update.callback_query is not None
        payload, awaited = unpack(update.callback_query.data or ""), context.awaits
        route = self._buttons.get(type(payload)) if payload is not None else None
        if route is None or update.effective_chat is None:  # under a message of another bot: nobody's chat
            await self._fallbacks.old_button(context)
        elif not allowed(route.action, context.role, context.chat_kind):
            await self._fallbacks.not_allowed(context)
        else:
            await route.handle(context, payload)
        await context.toast()
        if awaited is not None:
            await self._say_what_was_replaced(awaited, context)

    async def _say_what_was_replaced(self, awaited: Conversation, context: Context) -> None:
        now = await context.read(conversation.get, context.chat_id)
        if now is None or (now.waits_for, now.data) == (awaited.waits_for, awaited.data):
            return
        if (screen := await self._left(awaited, now, context)) is not None:
            await context.reply(screen)

    async def _message(self, message: Message, context: Context) -> None:
        if (spoken := _command(message, context.bot.username)) is not None:
            await self._run_command(*spoken, context)
            return
        if context.chat_kind is not ChatKind.PRIVATE:
            await self._in_group(message, context)
            return
        if message.chat_shared is not None:
            await self._share(message, message.chat_shared.request_id, context)
            return
        if context.awaits is not None and not self._may_be_meant(message, context.awaits):
            context.awaits = None
        await multipart.join(context, message)
        if context.awaits is None or (answer := self._answers.get(context.awaits.waits_for)) is None:
            await self._free_text(context)
        elif not allowed(answer.action, context.role, context.chat_kind):
            await context.expect_nothing()
            await self._fallbacks.not_allowed(context)
        elif context.is_later_part and not answer.parts:
            return  # the first part was answered, and that is what its writer looks at
        elif answer.text_only and not message.text:
            if not context.is_later_part:
                await self._fallbacks.needs_text(context)
        else:
            await answer.handle(context, message)

    async def _in_group(self, message: Message, context: Context) -> None:
        """What is written in the staff group; of who is no organizer nothing is passed on.

        A topic of another group may be of the time when that was the staff group: its organizers are answered, too.
        """
        if context.chat_kind is not ChatKind.STAFF_GROUP and context.topic is None:
            return
        await multipart.join(context, message)
        await self._fallbacks.group(context)
        for route in self._group:
            if allowed(route.action, context.role, ChatKind.STAFF_GROUP):
                await route.handle(context, message)

    async def _share(self, message: Message, request: int, context: Context) -> None:
        route = self._shared.get(request)
        if route is None:
            await self._fallbacks.old_button(context)
        elif not allowed(route.action, context.role, context.chat_kind):
            await self._fallbacks.not_allowed(context)
        else:
            await route.handle(context, message)

    def _may_be_meant(self, message: Message, awaited: Conversation) -> bool:
        """Whether the message can be the answer; to what was merely listened for, a picture where words are is none."""
        if (route := self._answers.get(awaited.waits_for)) is None:
            return False
        return route.fits(message, awaited) and bool(message.text or not (route.text_only and awaited.optional))

    async def _left(self, awaited: Conversation | None, now: Conversation | None, context: Context) -> Screen | None:
        """What to say of an answer that is not awaited any more, as the chat waits for something else or nothing."""
        if awaited is None or awaited.optional or not self._may_answer(awaited, context):
            return None
        left = self._unanswered[awaited.waits_for].left
        return await left(context, awaited, now) if left is not None else None

    def _may_answer(self, awaited: Conversation, context: Context) -> bool:
        """Whether there is something to say to who acts about an answer that did not come."""
        route = self._answers.get(awaited.waits_for) if awaited.waits_for in self._unanswered else None
        return route is not None and allowed(route.action, context.role, context.chat_kind)

    async def _free_text(self, context: Context) -> None:
        """Words that no conversation is for; those that come too late for one are offered for it, once."""
        late, offered = context.lapsed, None
        if late is not None and self._may_answer(late, context):
            lapsed = self._unanswered[late.waits_for].lapsed
            offered = await lapsed(context, late) if lapsed is not None else None
        await self._fallbacks.free_text(context, offered)
        if late is not None:
            await context.expect_nothing()

    async def _edited(self, message: Message, context: Context) -> None:
        """Whatever was kept of the message follows; what nobody keeps may change in silence."""
        for route in self._edits:
            if allowed(route.action, context.role, context.chat_kind) and await route.handle(context, message):
                return

    async def _reacted(self, change: MessageReactionUpdated, context: Context) -> None:
        """A reaction means something under what somebody passed on; elsewhere it is for nobody."""
        for route in self._reactions:
            if allowed(route.action, context.role, context.chat_kind):
                await route.handle(context, change)

    async def _run_command(self, name: str, arguments: str, context: Context) -> None:
        route = self._commands.get(name)
        if route is None:
            await self._fallbacks.unknown_command(context)
        elif not allowed(route.action, context.role, context.chat_kind):
            await self._fallbacks.not_allowed(context)
        else:
            # A command is a fresh start: whatever the chat was asked before is no longer awaited. That is said now, or
            # once something is written that would have been an answer.
            left = await self._left(context.awaits, None, context)
            await (context.expect_nothing() if left is not None else context.lapse())
            await route.handle(context, arguments)
            if left is not None:
                await context.reply(left)


def _claim(table: dict[Any, Any], name: object, route: Route) -> None:
    if name in table:
        raise ValueError(f"two routes for {name}")
    table[name] = route


def _command(message: Message, username: str) -> tuple[str, str] | None:
    """The command and its arguments, or None; a command to another bot of a group is an empty name."""
    text = message.text or ""
    # Telegram says where it ends ("/help!", "/start" and a new line). The whole may be bold, which is an entity too.
    at_start = (entity for entity in message.entities if entity.type == "bot_command" and entity.offset == 0)
    if not text.startswith("/") or (marked := next(at_start, None)) is None:
        return None
    head, arguments = text[1 : marked.length], text[marked.length :]
    name, _, addressee = head.partition("@")
    if addressee and addressee.lower() != username.lower():
        return "", ""
    return name.lower(), arguments.strip()
