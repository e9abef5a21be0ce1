"""A chat as Telegram keeps it: its messages, pins and what the bot may do in it."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from rehearsal.telegram.errors import bad_request
from rehearsal.telegram.model import Bubble, Json

if TYPE_CHECKING:
    from rehearsal.telegram.world import World

RECENT = 10  # bubbles that fit on a phone


class Chat(ABC):
    """What a private chat and a group have in common."""

    kind = "private"

    def __init__(self, world: "World", chat_id: int) -> None:
        self.world = world
        self.id = chat_id
        self.bubbles: dict[int, Bubble] = {}
        self.pins: list[int] = []
        self.reply_keyboard: Json | None = None
        self.actions: list[str] = []
        self.menu_button: Json | None = None

    @property
    def chat(self) -> list[Bubble]:
        """The messages as they stand now, oldest first."""
        return list(self.bubbles.values())

    @property
    def pinned(self) -> list[Bubble]:
        """The pinned messages, newest pin last."""
        return [self.bubbles[number] for number in self.pins]

    @property
    def action(self) -> str | None:
        """What the bot was last seen doing ("typing"), until its next message."""
        return self.actions[-1] if self.actions else None

    @property
    def known(self) -> bool:
        """Whether the bot has ever met this chat."""
        return True

    @abstractmethod
    def object(self) -> Json:
        """The Bot API's Chat object; the caller may not change it."""

    @abstractmethod
    def check_writable(self) -> None:
        """Raise the refusal that the bot meets when it writes here."""

    def hears(self, bubble: Bubble) -> bool:
        """Whether the bot gets a person's message here."""
        del bubble
        return True

    def check_welcome(self, content: Json) -> None:  # noqa: B027 - most chats take everything
        """Raise the refusal that messages of this kind meet here."""

    def next_id(self) -> int:
        """The id of the next message."""
        return self.world.next_message_id()

    def check_thread(self, thread_id: int) -> None:  # noqa: ARG002 - a chat that is no forum has none
        """Raise a 400 unless the forum topic exists and is open."""
        raise bad_request("message thread not found")

    def recent(self, count: int = RECENT) -> list[Bubble]:
        """The newest messages, oldest of them first."""
        return list(self.bubbles.values())[-count:]

    def shows(self, words: str) -> bool:
        """Whether the words can be read in one of the last ten messages."""
        return any(words in bubble.words for bubble in self.recent())

    def labels(self) -> list[str]:
        """The labels of every button that can still be pressed, oldest message first."""
        return [label for bubble in self.bubbles.values() for label in bubble.labels]

    def keyboard_buttons(self) -> list[Json]:
        """The buttons of the reply keyboard that is open."""
        rows = (self.reply_keyboard or {}).get("keyboard")
        return [button for row in rows for button in row] if isinstance(rows, list) else []

    def describe(self) -> str:
        """The visible chat in plain text, for a failed expectation."""
        lines = []
        for bubble in self.recent():
            lines.append(f"{'bot' if bubble.from_bot else 'person'} #{bubble.id}: {bubble.words!r}")
            lines += [f"    {' '.join(f'[{button.text}]' for button in row)}" for row in bubble.keyboard]
        return "\n".join(lines) or "(an empty chat)"

    def find(self, message_id: int, missing: str) -> Bubble:
        """A message by its id. Raises a 400 with the words for a missing one."""
        bubble = self.bubbles.get(message_id)
        if bubble is None:
            raise bad_request(missing)
        return bubble

    def remove(self, bubble: Bubble) -> None:
        """Take a message away from everybody."""
        del self.bubbles[bubble.id]
        if bubble.id in self.pins:
            self.pins.remove(bubble.id)
