"""Simulated users whose actions return when the bot has nothing left to do."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from rehearsal.telegram import Account, World
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.entities import Entity
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.updates import Update
from tests.kit.groups import Group

P = ParamSpec("P")
R = TypeVar("R")


def _waits(
    action: Callable[Concatenate[Any, P], Coroutine[Any, Any, R]],
) -> Callable[Concatenate["User", P], Coroutine[Any, Any, R]]:
    """The action, and then idle; an action that is part of another one does not wait by itself."""

    @wraps(action)
    async def waiting(user: "User", /, *arguments: P.args, **named: P.kwargs) -> R:
        if user.acting:
            return await action(user, *arguments, **named)
        user.acting = True
        try:
            result = await action(user, *arguments, **named)
        finally:
            user.acting = False
        user.waited = await user.handled()
        return result

    return waiting


class User(Account):
    """A person with a phone. Their actions wait until the bot is idle; see `System.without_waiting`.

    `reacts(message, "👍")`, `edits(message, "text")`, `replies(message, "text", quote="a part of it")`,
    `deletes(message)`, `forwards_messages(message)`, `shares_location(1, 2)` and then `moves(message, 3, 4)` and
    `stops_sharing(message)`, `sends_album(picture(1), picture(2))`, `writes_in(group, "topic", "text")`. Whatever else
    is sent goes into a group within `with person.at(group.chat, group.topic("topic").id):`.
    """

    def __init__(
        self,
        world: World,
        first_name: str,
        *,
        language_code: str = "en",
        username: str = "",
        handled: Callable[[], Awaitable[bool]],
    ) -> None:
        """`handled` waits until the bot is idle, and returns whether it did."""
        super().__init__(world, first_name, language_code=language_code, username=username)
        self.handled = handled
        self.acting = False
        self.waited = False  # after the last action

    @property
    def chat(self) -> list[Message]:
        """The messages, oldest first, without the lines that say that one was pinned: `pinned` tells that."""
        return [message for message in super().chat if "pinned_message" not in message.content]

    starts = _waits(Account.starts)
    opens = _waits(Account.opens)
    blocks = _waits(Account.blocks)
    unblocks = _waits(Account.unblocks)
    presses_payload = _waits(Account.presses_payload)
    uses_keyboard = _waits(Account.uses_keyboard)
    picks_chat = _waits(Account.picks_chat)
    taps_again = _waits(Account.taps_again)
    sends = _waits(Account.sends)
    sends_marked = _waits(Account.sends_marked)
    sends_photo = _waits(Account.sends_photo)
    sends_album = _waits(Account.sends_album)
    sends_document = _waits(Account.sends_document)
    sends_sticker = _waits(Account.sends_sticker)
    sends_voice = _waits(Account.sends_voice)
    sends_video = _waits(Account.sends_video)
    sends_quiz = _waits(Account.sends_quiz)
    sends_uncopyable = _waits(Account.sends_uncopyable)
    sends_dice = _waits(Account.sends_dice)
    sends_poll = _waits(Account.sends_poll)
    sends_contact = _waits(Account.sends_contact)
    sends_location = _waits(Account.sends_location)
    shares_location = _waits(Account.shares_location)
    forwards = _waits(Account.forwards)
    forwards_messages = _waits(Account.forwards_messages)
    moves = _waits(Account.moves)
    stops_sharing = _waits(Account.stops_sharing)
    unpins = _waits(Account.unpins)
    pins = _waits(Account.pins)
    reacts = _waits(Account.reacts)
    replies = _waits(Account.replies)
    edits = _waits(Account.edits)
    edits_photo = _waits(Account.edits_photo)
    deletes = _waits(Account.deletes)
    votes = _waits(Account.votes)

    async def presses(self, label: str, *, on: Message | None = None, chat: Chat | None = None) -> Update:
        """Press a button as `Account.presses` does; no tap is left without an answer."""
        update = await self._presses(label, on=on, chat=chat)
        assert self.waiting_taps == 0 or not self.waited
        return update

    _presses = _waits(Account.presses)

    @_waits
    async def writes_in(self, group: Group, topic: str | None, text: str) -> Message:
        """Write into a topic of a group, by its name; None is General."""
        with self.at(group.chat, None if topic is None else group.topic(topic).id):
            return await self.sends(text)

    @_waits
    async def sends_content(
        self,
        content: Json | None = None,
        *,
        text: str = "",
        entities: list[Entity] | None = None,
        extra: Json | None = None,
    ) -> Message:
        """Send a message of any content, also of kinds that no phone makes."""
        return self._deliver(None, content=content, text=text, entities=entities, extra=extra)

    async def asks(self, text: str) -> Message:
        """Send a text and return the bot's answer: the newest message."""
        await self.sends(text)
        return self.chat[-1]

    async def joins(self, code: str = "", *, group: bool = True) -> None:
        """Open an invitation link and answer every question; `group`: whether a group is asked for."""
        await self.starts(code)
        await self.presses("English")
        await self.presses(self.name)
        if group:
            await self.presses(self.chat[-1].labels[0])
        await self.presses("I agree")

    async def asks_to_be_let_in(self) -> None:
        """Open the bot without a link and ask the organizers."""
        await self.starts()
        await self.presses("Ask an organizer")

    async def calls_for_help(self, reason: str) -> None:
        """Choose a reason in /help."""
        await self.sends("/help")
        await self.presses(reason)

    async def drafts_broadcast(self, text: str, to: str = "Everyone") -> Message:
        """Write a message to many up to its confirmation, and return that."""
        await self.sends("/broadcast")
        await self.presses(to)
        return await self.asks(text)

    async def erases_everything(self, choice: str = "Erase without my name") -> None:
        """Erase one's data in /me and leave."""
        await self.sends("/me")
        await self.presses("Erase my data")
        await self.presses(choice)

    def count(self, words: str) -> int:
        """How many messages hold these words."""
        return sum(words in message.words for message in self.chat)

    def newest(self, words: str) -> Message:
        """The newest message that holds these words."""
        return next(message for message in reversed(self.chat) if words in message.words)

    def newest_with(self, label: str) -> Message:
        """The newest message with a button of this label."""
        return next(message for message in reversed(self.chat) if label in message.labels)
