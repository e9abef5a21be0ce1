"""A person with a phone: what they do, and what they see."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from rehearsal.telegram.chats import Chat
from rehearsal.telegram.errors import bad_request, forbidden
from rehearsal.telegram.methods.polls import vote
from rehearsal.telegram.model import Bubble, Button, Json
from rehearsal.telegram.people_media import SendingMore
from rehearsal.telegram.profile import Command, scopes_in_private
from rehearsal.telegram.updates import Update

if TYPE_CHECKING:
    from rehearsal.telegram.world import World

START_PARAMETER = 64  # characters


class Account(SendingMore, Chat):
    """A person and their private chat with the bot; both have the same id.

    `toasts` are the answers to taps that held words: (text, shown as an alert). `opened` are the links and
    `copied` the texts of buttons that do not reach the bot.
    """

    def __init__(
        self, world: "World", number: int, first_name: str, *, last_name: str, language_code: str, username: str
    ) -> None:
        super().__init__(world, number)
        self.user: Json = {"id": number, "is_bot": False, "first_name": first_name}
        if last_name:
            self.user["last_name"] = last_name
        if username:
            self.user["username"] = username
        if language_code:
            self.user["language_code"] = language_code
        self.phone_number = f"+992{number % 1_000_000_000:09d}"
        self.started = False
        self.blocked = False
        self.deactivated = False
        self.refuses_voice = False  # a setting of Telegram Premium
        self.toasts: list[tuple[str, bool]] = []
        self.opened: list[str] = []
        self.copied: list[str] = []
        self.last: Update = {}
        self._chat_object: Json = {
            key: self.user[key] for key in ("id", "first_name", "last_name", "username") if key in self.user
        }
        self._chat_object["type"] = "private"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.user['first_name']} {self.user.get('last_name', '')}".strip()

    @property
    def language_code(self) -> str:
        """The phone's language."""
        return str(self.user.get("language_code", ""))

    @property
    def toast(self) -> tuple[str, bool] | None:
        """The last answer to a tap that held words."""
        return self.toasts[-1] if self.toasts else None

    @property
    def waiting_taps(self) -> int:
        """Taps that still show a progress bar, because the bot has not answered them."""
        return self.world.queries.waiting(self)

    @property
    def commands(self) -> list[Command]:
        """The command menu that this chat sees now."""
        return self.world.profile.menu(scopes_in_private(self.id), self.language_code.partition("-")[0])

    @property
    def known(self) -> bool:
        """Whether the bot has met this person: they wrote to it, or share a group with it."""
        return self.started or any(self in group.members for group in self.world.groups.values())

    def object(self) -> Json:
        """The private chat as a Chat."""
        return self._chat_object

    def check_writable(self) -> None:
        """Raise what a bot meets that writes to this person."""
        if self.deactivated:
            raise forbidden("user is deactivated")
        if self.blocked:
            raise forbidden("bot was blocked by the user")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")

    def check_welcome(self, content: Json) -> None:
        """Raise a 400 for a voice message or a round video to someone who takes none."""
        if self.refuses_voice and ("voice" in content or "video_note" in content):
            raise bad_request("VOICE_MESSAGES_FORBIDDEN")

    async def starts(self, code: str = "") -> Bubble:
        """Press Start, or open t.me/<bot>?start=CODE. Unblocks the bot, as the real button does."""
        if self.blocked:
            await self.unblocks()
        return await self.sends(f"/start {code}".strip())

    async def blocks(self) -> None:
        """Block the bot: it gets my_chat_member, and 403 from now on."""
        self.blocked = True
        self._membership("member", "kicked")

    async def unblocks(self) -> None:
        """Let the bot write again."""
        self.blocked = False
        self._membership("kicked", "member")

    async def deactivates(self) -> None:
        """Delete the account."""
        self.deactivated = True

    async def presses(self, label: str, *, on: Bubble | None = None, chat: Chat | None = None) -> Update:
        """Press the newest visible button with this label (exact first, else a part of it).

        A button of the reply keyboard sends its text. Links go to `opened` (a link that starts this bot starts
        it), texts to `copied`. Returns the update that was sent, empty for none. Raises LookupError.
        """
        place = chat or self
        found = _find(place, label, on)
        if found is None:
            return await self._press_keyboard(label, place, on)
        bubble, button = found
        if button.payload is not None:
            return await self.presses_payload(button.payload, on=bubble)
        if button.copy_text is not None:
            self.copied.append(button.copy_text)
            return {}
        return await self.opens(button.url or "")

    async def presses_payload(self, payload: str, on: Bubble) -> Update:
        """Send a tap with this payload, also one that the message no longer has or never had."""
        chat = self.world.chats[on.chat_id]
        query: Json = {
            "id": self.world.queries.open(self),
            "from": self.user,
            "message": on.message(chat.object()) if on.id in chat.bubbles else _gone(on, chat),
            "chat_instance": str(7_000_000_000_000 + abs(on.chat_id) % 1_000_000_007),
            "data": payload,
        }
        self.last = self.world.push("callback_query", query)
        return self.last

    async def taps_again(self, last: Update | Bubble | None = None) -> Update:
        """Send the last tap or message (or the given one) again under a new update_id; a tap also a new query id."""
        again = self._update_of(last) if isinstance(last, Bubble) else (last or self.last)
        kind, content = next((kind, content) for kind, content in again.items() if kind != "update_id")
        if kind == "callback_query" and isinstance(content, dict):
            content = {**content, "id": self.world.queries.open(self)}
        return self.world.push(kind, content)

    async def votes(self, bubble: Bubble, *choices: int) -> None:
        """Vote in a poll; no choice takes the vote back."""
        vote(self.world, self, bubble, list(choices))

    async def waits_for(self, what: str | Callable[[], bool], timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Wait until the words are shown or the condition holds, at most `timeout` real seconds.

        Raises AssertionError with the visible chat.
        """
        condition = what if callable(what) else lambda: self.shows(what)
        if not await self.world.changed.until(condition, timeout):
            wanted = "the condition" if callable(what) else repr(what)
            raise AssertionError(f"{self.name} waited {timeout:g} s for {wanted} and saw:\n{self.describe()}")

    def _update_of(self, bubble: Bubble) -> Update:
        return {"message": bubble.message(self.world.chats[bubble.chat_id].object())}

    async def _press_keyboard(self, label: str, place: Chat, on: Bubble | None) -> Update:
        buttons = [] if on else place.keyboard_buttons()
        exact = [button for button in buttons if button["text"] == label]
        part = [button for button in buttons if label in str(button["text"])]
        for button in exact or part:
            await self.uses_keyboard(button, chat=place)
            return self.last
        shown = on.labels if on else place.labels() + [str(button["text"]) for button in buttons]
        raise LookupError(f"no button {label!r} for {self.name}; there are {shown or 'none'}")

    async def opens(self, url: str) -> Update:
        """Open a link; one that starts this bot starts it. Returns the update that was sent, empty for none."""
        self.opened.append(url)
        start = self.world.profile.start_link
        if url.startswith(start):
            await self.starts(url.removeprefix(start)[:START_PARAMETER])
            return self.last
        return {}

    def _membership(self, old: str, new: str) -> None:
        def member(status: str) -> Json:
            return {"status": status, "user": self.world.me} | ({"until_date": 0} if status == "kicked" else {})

        change: Json = {
            "chat": self.object(),
            "from": self.user,
            "date": self.world.now(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        self.last = self.world.push("my_chat_member", change)


def _gone(bubble: Bubble, chat: Chat) -> Json:
    """An InaccessibleMessage: the date 0 says so."""
    return {"chat": chat.object(), "message_id": bubble.id, "date": 0}


def _find(place: Chat, label: str, on: Bubble | None) -> tuple[Bubble, Button] | None:
    bubbles = [on] if on else list(reversed(place.bubbles.values()))
    for matches in (lambda text: text == label, lambda text: label in text):
        for bubble in bubbles:
            for row in bubble.keyboard:
                for button in row:
                    if matches(button.text):
                        return bubble, button
    return None
