"""A person with a phone: what they do, and what they see."""

from collections.abc import Callable

from rehearsal.telegram.account_keyboard import AccountKeyboard
from rehearsal.telegram.chats import Chat
from rehearsal.telegram.model import InlineButton, Json, Message
from rehearsal.telegram.pinning import pin, unpin
from rehearsal.telegram.profile import Command, scopes_in_private
from rehearsal.telegram.updates import Update
from rehearsal.telegram.voting import vote
from rehearsal.telegram.world import World

START_PARAMETER = 64  # characters


class Account(AccountKeyboard):
    """A person with a phone: what they do in their chat with the bot and in groups, and what the phone shows.

    A new account has not pressed Start yet. `copied` are the texts of buttons that do not reach the bot.
    """

    def __init__(
        self,
        world: World,
        first_name: str,
        last_name: str = "",
        language_code: str = "tg",
        *,
        username: str = "",
    ) -> None:
        super().__init__(world, first_name, last_name=last_name, language_code=language_code, username=username)
        self.copied: list[str] = []

    @classmethod
    def get(cls, world: World, number: int) -> "Account":
        """The account of this id. Raises KeyError."""
        account = world.accounts[number]
        assert isinstance(account, cls)
        return account

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

    async def starts(self, code: str = "") -> Message:
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

    async def presses(self, label: str, *, on: Message | None = None, chat: Chat | None = None) -> Update:
        """Press the newest visible button with this label (exact first, else a part of it).

        A button of the reply keyboard sends its text. Links go to `opened` (a link that starts this bot starts
        it), texts to `copied`. Returns the update that was sent, empty for none. Raises LookupError.
        """
        place = chat or self
        match = _find_button(place, label, on)
        if match is None:
            return await self._press_keyboard(label, place, on)
        message, button = match
        if button.payload is not None:
            return await self.presses_payload(button.payload, on=message)
        if button.copy_text is not None:
            self.copied.append(button.copy_text)
            return {}
        return await self.opens(button.url or "")

    async def presses_payload(self, payload: str, on: Message) -> Update:
        """Send a tap with this payload, also one that the message no longer has or never had."""
        chat = self.world.chats[on.chat_id]
        query: Json = {
            "id": self.world.queries.open(self),
            "from": self.user,
            "message": on.to_api(chat.to_api()) if on.id in chat.messages else _inaccessible(on, chat),
            "chat_instance": str(7_000_000_000_000 + abs(on.chat_id) % 1_000_000_007),
            "data": payload,
        }
        self.last = self.world.push("callback_query", query)
        return self.last

    async def taps_again(self, last: Update | Message | None = None) -> Update:
        """Send the last tap or message (or the given one) again under a new update_id; a tap also a new query id."""
        again = self._update_of(last) if isinstance(last, Message) else (last or self.last)
        kind, content = next((kind, content) for kind, content in again.items() if kind != "update_id")
        if kind == "callback_query" and isinstance(content, dict):
            content = {**content, "id": self.world.queries.open(self)}
        return self.world.push(kind, content)

    async def pins(self, message: Message) -> None:
        """Pin a message for both sides; one that is pinned already stays as it is."""
        pin(self.world, self.world.chats[message.chat_id], message, self.user, silent=False)

    async def unpins(self, message: Message) -> None:
        """Take a pinned message off the bar by hand; the bot does not hear of it. Raises LookupError for others."""
        if not message.pinned:
            raise LookupError(f"message {message.id} is not pinned for {self.name}")
        unpin(self.world.chats[message.chat_id], message)
        self.world.changed.notify()

    async def votes(self, message: Message, *choices: int) -> None:
        """Vote in a poll; no choice takes the vote back."""
        vote(self.world, self, message, list(choices))

    async def waits_for(self, what: str | Callable[[], bool], timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Wait until the words are shown or the condition holds, at most `timeout` real seconds.

        Raises AssertionError with the visible chat.
        """
        condition = what if callable(what) else lambda: self.shows(what)
        if not await self.world.changed.wait_for(condition, timeout):
            wanted = "the condition" if callable(what) else repr(what)
            raise AssertionError(f"{self.name} waited {timeout:g} s for {wanted} and saw:\n{self.describe()}")

    def _update_of(self, message: Message) -> Update:
        return {"message": message.to_api(self.world.chats[message.chat_id].to_api())}

    async def _press_keyboard(self, label: str, place: Chat, on: Message | None) -> Update:
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
            "chat": self.to_api(),
            "from": self.user,
            "date": self.world.now(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        }
        self.last = self.world.push("my_chat_member", change)


def _inaccessible(message: Message, chat: Chat) -> Json:
    """An InaccessibleMessage: the date 0 says so."""
    return {"chat": chat.to_api(), "message_id": message.id, "date": 0}


def _find_button(place: Chat, label: str, on: Message | None) -> tuple[Message, InlineButton] | None:
    messages = [on] if on else list(reversed(place.messages.values()))
    for matches in (lambda text: text == label, lambda text: label in text):
        for message in messages:
            for row in message.keyboard:
                for button in row:
                    if matches(button.text):
                        return message, button
    return None
