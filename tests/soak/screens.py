"""What one organizer sees in a chat that is interrupted again and again: buttons and words to wait for."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

from bot.payload import Payload
from rehearsal import ui_driver
from rehearsal.telegram import Account
from rehearsal.telegram.model import Message
from tests.soak.telegram import SoakTelegram

P = TypeVar("P", bound=Payload)

_LONGEST_WAIT_SECONDS: Final = 60.0  # seconds that an organizer waits for an answer before it counts as lost


class StalledError(Exception):
    """Somebody pressed a button or wrote, and nothing came of it."""


class Screens:
    """What the bot wrote to the account since this was made."""

    def __init__(self, telegram: SoakTelegram, account: Account) -> None:
        self._telegram = telegram
        self._account = account
        self._after = max(account.messages, default=0)
        self._pressed: set[tuple[int, str, str]] = set()  # message, what it said then, button
        self._only: int | None = None

    @property
    def messages(self) -> list[Message]:
        """The newest first, or the one that `stay_on` has found."""
        new = [one for one in reversed(self._account.messages.values()) if one.from_bot and one.id > self._after]
        return [one for one in new if self._only in (None, one.id)]

    def stay_on(self, payload: Payload, *, beside: type[Payload]) -> bool:
        """Look at nothing any more but the newest message with this button and one of that kind; return whether it is.

        What a kill interrupts is done again: copies of a list may come long after one of them was pressed.
        """
        for one in self.messages:
            offered = list(ui_driver.payloads(one))
            if payload in offered and any(isinstance(each, beside) for each in offered):
                self._only = one.id
                return True
        return False

    def offers(self, *kinds: type[P]) -> list[P]:
        """The buttons of these kinds below the newest message that has any."""
        return next((found for one in self.messages if (found := _of_kind(one, kinds))), [])

    def can_press(self, payload: Payload) -> bool:
        """Whether a message has the button, and it was not pressed there."""
        data = payload.pack()
        return any(
            payload in ui_driver.payloads(one) and (one.id, one.text, data) not in self._pressed
            for one in self.messages
        )

    def shows(self, *words: str) -> bool:
        """Whether any of the words stand in a message."""
        return any(word in one.text for one in self.messages for word in words)

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for something. Raises StalledError."""
        if not await self._telegram.world.changed.wait_for(condition, _LONGEST_WAIT_SECONDS):
            raise StalledError(
                f"{self._account.name} waited {_LONGEST_WAIT_SECONDS:g} s for {what!r} and saw:\n"
                f"{self._account.describe()}"
            )

    async def press(self, kind: type[P], choose: Callable[[list[P]], P] = lambda found: found[0]) -> P:
        """Wait for buttons of a kind, and press the one that is chosen. Raises StalledError."""
        await self.until(lambda: bool(self.offers(kind)), kind.__name__)
        payload = choose(self.offers(kind))
        await self.presses(payload)
        return payload

    async def presses(self, payload: Payload) -> None:
        """Press the newest button with this payload; nothing where the screen has changed in this moment."""
        data = payload.pack()
        for one in self.messages:
            if any(button.payload == data for row in one.keyboard for button in row):
                self._pressed.add((one.id, one.text, data))
                with suppress(LookupError):
                    await self._account.presses_payload(data, on=one)
                return

    def unpressed(self, *kinds: type[Payload]) -> Payload | None:
        """A button of these kinds below the newest message that has any, unless it was pressed already."""
        for one in self.messages:
            for payload in _of_kind(one, kinds):
                return None if (one.id, one.text, payload.pack()) in self._pressed else payload
        return None


def _of_kind(message: Message, kinds: tuple[type[P], ...]) -> list[P]:
    return [payload for payload in ui_driver.payloads(message) if isinstance(payload, kinds)]
