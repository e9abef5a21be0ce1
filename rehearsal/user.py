"""One simulated user: an account, and random decisions that a seed repeats."""

import random
from abc import ABC, abstractmethod
from collections.abc import Iterable

from bot.payload import Payload
from rehearsal.actions import PlannedAction
from rehearsal.telegram.account import Account
from rehearsal.telegram.model import Message

_RESEND_PROBABILITY = 0.03


class SimulatedUser(ABC):
    """A simulated user. Random decisions depend on the seed, the user, and what is decided; on nothing else."""

    behaviour = ""
    joins_after = 5.0  # seconds

    def __init__(self, account: Account, seed: int, number: int) -> None:
        self.account = account
        self.number = number
        self.resent = 0  # presses that this phone has sent twice
        self.forged = 0
        self.lost = 0  # presses that Telegram dropped before the bot fetched them
        self._read: set[str] = set()
        self._presses: dict[int, Payload] = {}  # by the number of their update
        self._seed = seed

    def rng(self, *about: object) -> random.Random:
        """A random generator for one decision, seeded by what is decided."""
        return random.Random(f"{self._seed} {self.number} {about}")  # noqa: S311 - repeatable, for no secrets

    def reads_first(self, words: str) -> bool:
        """Whether these words were never read before; they are from now on."""
        new = words not in self._read
        self._read.add(words)
        return new

    @abstractmethod
    def react_to(self, message: Message) -> Iterable[PlannedAction]:
        """What the user will do about this message."""

    def press_sent(self, payload: Payload, update: int) -> None:
        """The button was there and was pressed, which made this update."""
        self._presses[update] = payload
        self.record(payload)

    def press_lost(self, update: int) -> None:
        """Telegram has dropped the update before the bot fetched it: it is as if that had not been pressed."""
        if self._presses.pop(update, None) is not None:
            self.lost += 1
            self.reset_record()
            for payload in self._presses.values():
                self.record(payload)

    def record(self, payload: Payload) -> None:  # noqa: B027 - only teachers are compared with the database
        """Record what was pressed, to compare it with what the bot has stored."""

    def reset_record(self) -> None:  # noqa: B027 - as above
        """Start the record again."""

    def resends(self, payload: Payload) -> bool:
        """Whether the phone loses the network now, and sends the press again under a new id."""
        return self.rng("network", payload).random() < _RESEND_PROBABILITY
