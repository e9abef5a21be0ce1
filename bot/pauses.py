"""The pauses that Telegram asks for with a 429: of one chat, of one method, or of everything."""

from typing import Final

from bot.clock import Clock

LONGEST_PAUSE_SECONDS: Final = 300.0  # then one message tries whether the pause is over
_REPEATED: Final = 3  # repeated 429s, each from another chat, after which the whole bot is taken to be too fast


class Pauses:
    """What runs now, and the 429s of different chats since a message was last accepted."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[int, float] = {}  # by chat; 0 is everything
        self._methods: dict[str, float] = {}
        self._repeated: dict[int, float] = {}

    def pause(self, chat_id: int, seconds: float) -> None:
        """Send nothing to the chat (0: to anyone) for so long. A longer pause that runs already stays."""
        until = self._clock.monotonic() + min(seconds, LONGEST_PAUSE_SECONDS)
        self._until[chat_id] = max(until, self._until.get(chat_id, 0.0))

    def throttled(self, chat_id: int, seconds: float) -> int:
        """Telegram answered 429 with this `retry_after` for a chat: pause, and return what is paused (0: everything).

        The answer does not say whether the chat or the bot was too fast. One chat is taken at its word; several
        in a row, without a message that got through between them, are the bot.
        """
        self.pause(chat_id, seconds)
        self._repeated[chat_id] = max(seconds, self._repeated.get(chat_id, 0.0))
        if len(self._repeated) < _REPEATED:
            return chat_id
        self.pause(0, max(self._repeated.values()))
        self._repeated.clear()
        return 0

    def accepted(self) -> None:
        """A message was accepted: 429s before it do not count as repeated."""
        if self._repeated:
            self._repeated.clear()

    def pause_method(self, method: str, seconds: float) -> None:
        """Telegram answered 429 to a call that goes to no chat: the wait is about that method, and nobody else's."""
        self._methods[method] = self._clock.monotonic() + min(seconds, LONGEST_PAUSE_SECONDS)

    def of_method(self, method: str) -> float:
        """Seconds until this method may be called again; 0 for now."""
        if not self._methods:
            return 0.0
        now = self._clock.monotonic()
        self._methods = {name: until for name, until in self._methods.items() if until > now}
        return self._methods.get(method, now) - now

    def of_chat(self, chat_id: int) -> float:
        """Seconds that the chat's own pause still runs, 0 or less for none. Changes nothing."""
        now = self._clock.monotonic()
        return self._until.get(chat_id, now) - now

    @property
    def of_everything(self) -> float:
        """Seconds for which nothing at all is sent; 0 when there is no global pause."""
        return self.remaining(0)

    def remaining(self, chat_id: int) -> float:
        """Seconds until something may be sent to the chat (0: to any), for its own pause and the global one."""
        if not self._until:
            return 0.0
        now = self._clock.monotonic()
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        return max(self._until.get(0, now), self._until.get(chat_id, now)) - now
