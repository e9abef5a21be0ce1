"""A person of the crowd: a phone, a number, and a chance of their own."""

import random
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.payload import Payload
from rehearsal.saying import Say
from rehearsal.telegram.account import Account
from rehearsal.telegram.model import Message

MINUTE = 60.0
HOUR = 3600.0

_RECONNECTS = 0.03


class Deed(StrEnum):
    """What one can do besides pressing a button and writing."""

    BLOCK = "block"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Forged:
    """A tap with a payload that no button of the message has."""

    payload: Payload


Do = Payload | Forged | Deed | Say | str


@dataclass(frozen=True, slots=True)
class Intention:
    """What somebody will do, so many seconds from now: press, forge, write, send a thing, or a deed."""

    after: float
    do: Do


class Player(ABC):
    """A person of the crowd. Chance depends on the person and on what it is about alone."""

    habit = ""
    arrives_after = 5.0

    def __init__(self, account: Account, seed: int, number: int) -> None:
        self.account = account
        self.number = number
        self.resent = 0  # taps that this phone has sent twice
        self.forged = 0
        self.lost = 0  # taps that waited at Telegram for too long
        self._presses: dict[int, Payload] = {}  # by the number of their update
        self._seed = seed

    def chance(self, *about: object) -> random.Random:
        """A source of chance for one decision."""
        return random.Random(f"{self._seed} {self.number} {about}")  # noqa: S311 - chance that can be repeated

    @abstractmethod
    def intends(self, bubble: Message) -> Iterable[Intention]:
        """What the person will do about this message."""

    def pressed(self, payload: Payload, update: int) -> None:
        """The button was there and was pressed, which made this update."""
        self._presses[update] = payload
        self.remembers(payload)

    def loses(self, update: int) -> None:
        """Telegram has dropped the update before the bot fetched it: it is as if that had not been pressed."""
        if self._presses.pop(update, None) is not None:
            self.lost += 1
            self.forgets()
            for payload in self._presses.values():
                self.remembers(payload)

    def remembers(self, payload: Payload) -> None:  # noqa: B027 - most people need not know
        """Note what was said, to compare it with what the bot has kept."""

    def forgets(self) -> None:  # noqa: B027 - as above
        """Begin the notes anew."""

    def reconnects(self, payload: Payload) -> bool:
        """Whether the phone loses the network now and sends the tap again under a new id."""
        return self.chance("network", payload).random() < _RECONNECTS
