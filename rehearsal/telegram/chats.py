"""A chat as Telegram keeps it: its messages, pins and what the bot may do in it."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from rehearsal.telegram.errors import bad_request, forbidden
from rehearsal.telegram.model import Json, Message

RECENT = 10  # messages that fit on a phone


class Chat(ABC):
    """What a private chat and a group have in common."""

    def __init__(self, chat_id: int, message_ids: Iterator[int]) -> None:
        self.id = chat_id
        self._message_ids = message_ids
        self.messages: dict[int, Message] = {}
        self.pinned_ids: list[int] = []
        self.reply_keyboard: Json | None = None
        self.actions: list[str] = []
        self.menu_button: Json | None = None

    @property
    def chat(self) -> list[Message]:
        """The messages as they stand now, oldest first."""
        return list(self.messages.values())

    @property
    def pinned(self) -> list[Message]:
        """The pinned messages, the newest message first, whenever each was pinned."""
        return [self.messages[number] for number in sorted(self.pinned_ids, reverse=True)]

    @property
    def action(self) -> str | None:
        """What the bot was last seen doing ("typing"), until its next message."""
        return self.actions[-1] if self.actions else None

    @property
    def known_to_bot(self) -> bool:
        """Whether the bot has ever met this chat."""
        return True

    @property
    def bot_is_gone(self) -> bool:
        """Whether the bot has left, or was removed."""
        return False

    @property
    def tells_bot_of_people(self) -> bool:
        """Whether the bot may hear who reacts, joins and leaves here."""
        return True

    @abstractmethod
    def to_api(self) -> Json:
        """The Bot API's Chat object; the caller may not change it."""

    @abstractmethod
    def check_writable(self) -> None:
        """Raise the refusal that the bot meets when it writes here."""

    def reaches_bot(self, message: Message) -> bool:
        """Whether the bot gets a person's message here."""
        del message
        return True

    def check_content(self, content: Json) -> None:  # noqa: B027 - most chats take everything
        """Raise the refusal that messages of this kind meet here."""

    def next_id(self) -> int:
        """The id of the next message."""
        return next(self._message_ids)

    def check_person(self, account: "Chat", thread_id: int | None) -> None:  # noqa: B027 - of groups alone
        """Raise LookupError where this person cannot write."""

    def check_general(self) -> None:  # noqa: B027 - only a forum has what can be closed
        """Raise a 400 where nothing may be written outside of topics."""

    def check_thread(self, thread_id: int) -> None:  # noqa: ARG002 - a chat that is no forum has none
        """Raise a 400 unless the forum topic exists and is open."""
        raise bad_request("message thread not found")

    def recent(self, count: int = RECENT) -> list[Message]:
        """The newest messages, oldest of them first."""
        return self.chat[-count:]

    def shows(self, words: str) -> bool:
        """Whether the words can be read in one of the last ten messages."""
        return any(words in message.words for message in self.recent())

    def labels(self) -> list[str]:
        """The labels of every button that can still be pressed, oldest message first."""
        return [label for message in self.messages.values() for label in message.labels]

    def keyboard_buttons(self) -> list[Json]:
        """The buttons of the reply keyboard that is open."""
        rows = (self.reply_keyboard or {}).get("keyboard")
        return [button for row in rows for button in row] if isinstance(rows, list) else []

    def describe(self) -> str:
        """The visible chat in plain text, for a failed expectation."""
        lines = []
        for message in self.recent():
            lines.append(f"{'bot' if message.from_bot else 'person'} #{message.id}: {message.words!r}")
            lines += [f"    {' '.join(f'[{button.text}]' for button in row)}" for row in message.keyboard]
        return "\n".join(lines) or "(an empty chat)"

    def find(self, message_id: int, missing: str) -> Message:
        """A message by its id. Raises a 400 with the words for a missing one."""
        message = self.messages.get(message_id)
        if message is None:
            raise bad_request(missing)
        return message

    def remove(self, message: Message) -> None:
        """Delete a message for everybody."""
        del self.messages[message.id]
        if message.id in self.pinned_ids:
            self.pinned_ids.remove(message.id)


class PrivateChat(Chat):
    """A person and their chat with the bot; both have the same id. `Account` is what the person does with it.

    `toasts` are the answers to taps that held words: (text, shown as an alert). `opened` are the links that were
    opened without reaching the bot. `groups` are those that the person shares with the bot.
    """

    def __init__(
        self,
        number: int,
        message_ids: Iterator[int],
        first_name: str,
        *,
        last_name: str,
        language_code: str,
        username: str,
    ) -> None:
        super().__init__(number, message_ids)
        self.user: Json = {"id": number, "is_bot": False, "first_name": first_name}
        optional = {"last_name": last_name, "username": username, "language_code": language_code}
        self.user |= {name: value for name, value in optional.items() if value}
        self.started = False
        self.blocked = False
        self.deactivated = False
        self.refuses_voice = False  # a setting of Telegram Premium
        self.hides_forwards = False  # a setting: what is forwarded names them without a link to them
        self.groups: list[Chat] = []
        self.toasts: list[tuple[str, bool]] = []
        self.opened: list[str] = []
        self._chat: Json = {
            key: self.user[key] for key in ("id", "first_name", "last_name", "username") if key in self.user
        }
        self._chat["type"] = "private"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.user['first_name']} {self.user.get('last_name', '')}".strip()

    @property
    def language_code(self) -> str:
        """The phone's language."""
        return str(self.user.get("language_code", ""))

    @property
    def known_to_bot(self) -> bool:
        """Whether the bot has met this person: they wrote to it, or share a group with it."""
        return self.started or any(not group.bot_is_gone for group in self.groups)

    def to_api(self) -> Json:
        """The private chat as a Chat."""
        return self._chat

    def check_writable(self) -> None:
        """Raise what a bot meets that writes to this person."""
        if self.deactivated:
            raise forbidden("user is deactivated")
        if self.blocked:
            raise forbidden("bot was blocked by the user")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")

    def check_content(self, content: Json) -> None:
        """Raise a 400 for a voice message or a round video to someone who takes none."""
        if self.refuses_voice and ("voice" in content or "video_note" in content):
            raise bad_request("VOICE_MESSAGES_FORBIDDEN")
