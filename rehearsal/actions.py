"""What a simulated user can do, and when."""

from dataclasses import dataclass
from enum import StrEnum

from bot.payload import Payload
from rehearsal.message_content import Content

MINUTE = 60.0
HOUR = 3600.0


class AccountAction(StrEnum):
    """What one can do with the whole chat."""

    BLOCK = "block"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class ForgedPress:
    """A press with a payload that no button of the message has."""

    payload: Payload


Action = Payload | ForgedPress | AccountAction | Content | str
"""A button to press, a forged press, an action of the account, a message with content, or a text to write."""


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What somebody will do in `after` seconds."""

    after: float
    action: Action
