"""The phones that a page shows, each with the chat that is open on it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from rehearsal.telegram.account import Account
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.errors import RefusedError
from rehearsal.telegram.group import GroupChat
from rehearsal.telegram.model import Json, Message

GENERAL = 0  # the topic of a forum that has no number
NEWEST = 80  # messages of one chat that a phone shows
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif"})

Place = tuple[int, int | None]  # the chat's id, and the topic of a forum; None: its list of topics


@dataclass(frozen=True, slots=True)
class News:
    """What a phone tells of a topic that is not open."""

    unread: int
    newest: Message


@dataclass(slots=True)
class Phone:
    """One phone: whose it is, the role and language that the label over it names, and which chat is open on it.

    `group` is None for the chat with the bot. `read` is the newest message that was shown, by group and topic.
    """

    account: Account
    role: str
    language: str
    simulated: bool = False
    code: str = ""
    group: GroupChat | None = None
    topic: int | None = None
    read: dict[tuple[Chat, int], int] = field(default_factory=dict)

    def label(self) -> Json:
        """What the label over the phone says."""
        return {"role": self.role, "language": self.language, "simulated": self.simulated}

    # --- the chat that is open --------------------------------------------------------------------------------------

    @property
    def groups(self) -> list[GroupChat]:
        """The groups that this person is in."""
        return [group for group in self.account.groups if isinstance(group, GroupChat)]

    @property
    def chat(self) -> Chat:
        """The chat that is open."""
        return self.group or self.account

    @property
    def place(self) -> Place:
        """Which chat and topic are open."""
        return self.chat.id, self.topic

    @property
    def shows_topics(self) -> bool:
        """Whether the list of a forum's topics is open."""
        return self.group is not None and self.group.forum and self.topic is None

    def opens(self, chat_id: int, topic: int | None = None) -> None:
        """Open a chat, or a topic of a forum. Raises LookupError for one that this phone does not have."""
        if chat_id == self.account.id:
            self.group, self.topic = None, None
            return
        group = next((group for group in self.groups if group.id == chat_id), None)
        if group is None or (topic and topic not in group.topics):
            raise LookupError(f"{self.account.name} has no such chat")
        self.group, self.topic = group, topic if group.forum else None

    def leaves_what_is_gone(self) -> None:
        """Go back from a topic that was deleted, and from a group that this person is not in any more."""
        if self.group is not None and self.group not in self.account.groups:
            self.group, self.topic = None, None
        elif self.group is not None and self.topic and self.topic not in self.group.topics:
            self.topic = None

    def shown(self) -> list[Message]:
        """The newest messages of what is open, and the pinned ones, oldest first; they count as read then."""
        if self.shows_topics:
            return []
        group = self.group
        messages = group.topic_messages(self.topic or None) if group and group.forum else self.chat.chat
        if group and messages:
            self.read[group, self.topic or GENERAL] = messages[-1].id
        newest = messages[-NEWEST:]
        pinned = [] if group else [one for one in self.account.pinned if one.id < newest[0].id]
        return [*reversed(pinned), *newest]

    def news(self, group: GroupChat) -> dict[int, News]:
        """What people wrote in each topic of a group; all in `GENERAL` where there are no topics."""
        news: dict[int, News] = {}
        for message in group.chat:
            if message.is_service:
                continue
            topic = (message.thread_id if group.forum else None) or GENERAL
            unread = message.id > self.read.get((group, topic), 0) and message.sender != self.account.user
            news[topic] = News(news[topic].unread + unread if topic in news else int(unread), message)
        return news

    @contextmanager
    def writing(self, reply_to: Message | None = None) -> Iterator[Account]:
        """The person; what they send inside of the block goes into the chat that is open.

        Raises LookupError while the list of topics is open.
        """
        if self.shows_topics:
            raise LookupError("open a topic first")
        with self.account.at(self.group, self.topic or None, reply_to=reply_to):
            yield self.account

    async def sends_file(self, name: str, content: bytes, caption: str = "") -> None:
        """Send a file with its bytes, as a picture when it is called one and is one."""
        with self.writing() as account:
            if Path(name).suffix.lower() in _PICTURES:
                with suppress(RefusedError):
                    await account.sends_photo(content, caption)
                    return
            await account.sends_document(name, content, caption)
