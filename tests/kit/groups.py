"""A group as its members see it. What is done in it returns when the bot has nothing left to do."""

from collections.abc import Awaitable, Callable

from rehearsal.telegram import GroupChat
from rehearsal.telegram.chats import PrivateChat
from rehearsal.telegram.forum import delete_topic, open_topic, set_topic_closed
from rehearsal.telegram.group import ForumTopic
from rehearsal.telegram.model import Message


class Group:
    """A group with the bot in it; the first member owns it. `chat` is the group itself, for `chat=` of a user's verbs.

    ```python
    staff = await system.group("Staff", minji, farhod)  # a forum whose administrator is the bot
    await minji.writes_in(staff, "Ситора", "Come to the bus")
    assert staff.shows("Thank you", topic="Ситора")
    await staff.loses_topic("Ситора")
    await staff.loses_rights("can_manage_topics")
    await staff.migrates()
    ```
    """

    def __init__(self, chat: GroupChat, handled: Callable[[], Awaitable[bool]]) -> None:
        """`handled` waits until the bot is idle."""
        self.chat = chat
        self._handled = handled

    @property
    def id(self) -> int:
        """The present id, another one after it has migrated."""
        return self.chat.id

    @property
    def topics(self) -> list[str]:
        """The names of its topics, without General, the oldest first."""
        return [topic.name for topic in self.chat.topics.values()]

    def topic(self, name: str) -> ForumTopic:
        """The newest topic of this name. Raises LookupError."""
        found = [topic for topic in self.chat.topics.values() if topic.name == name]
        if not found:
            raise LookupError(f"there is no topic {name!r}; there are {self.topics}")
        return found[-1]

    def messages(self, topic: str | None = None) -> list[Message]:
        """What was written in a topic, or in General, oldest first; not what Telegram says itself."""
        thread_id = None if topic is None else self.topic(topic).id
        return [one for one in self.chat.topic_messages(thread_id) if not one.is_service]

    def shows(self, words: str, topic: str | None = None) -> bool:
        """Whether one of these messages holds the words."""
        return any(words in message.words for message in self.messages(topic))

    def newest(self, words: str, topic: str | None = None) -> Message:
        """The newest of these messages that holds the words. Raises StopIteration."""
        return next(message for message in reversed(self.messages(topic)) if words in message.words)

    async def lets_in(self, person: PrivateChat) -> None:
        """A person joins."""
        await self._done(self.chat.joins, person)

    async def loses(self, person: PrivateChat) -> None:
        """A person leaves."""
        await self._done(self.chat.leaves, person)

    async def opens_topic(self, person: PrivateChat, name: str) -> ForumTopic:
        """A member opens a topic."""
        topic = open_topic(self.chat, name, person.user)
        await self._handled()
        return topic

    async def closes_topic(self, person: PrivateChat, name: str) -> None:
        """A member closes a topic."""
        set_topic_closed(self.chat, self.topic(name), person.user, closed=True)
        await self._handled()

    async def loses_topic(self, name: str) -> None:
        """Somebody deletes a topic with all its messages; Telegram tells the bot nothing."""
        await self._done(delete_topic, self.chat, self.topic(name))

    async def migrates(self) -> None:
        """It becomes a supergroup with another id."""
        await self._done(self.chat.migrates)

    async def becomes_forum(self) -> None:
        """The owner allows topics."""
        await self._done(self.chat.becomes_forum)

    async def loses_bot(self) -> None:
        """Somebody removes the bot."""
        await self._done(self.chat.removes_bot)

    async def loses_rights(self, *rights: str) -> None:
        """The bot stays an administrator without these rights; without any it is a plain member."""
        if rights:
            self.chat.takes_rights(*rights)
        else:
            self.chat.demotes_bot()
        await self._handled()

    async def gives_rights(self) -> None:
        """The bot comes back, if it was gone, and may do everything."""
        await self._done(self.chat.bot_joins)

    async def _done(self, action: Callable[..., None], *arguments: object) -> None:
        action(*arguments)
        await self._handled()
