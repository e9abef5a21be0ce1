"""What a simulated user can do, and when."""

from dataclasses import dataclass
from enum import StrEnum

from bot.payload import Payload
from rehearsal.message_content import Content, MessageAction

MINUTE = 60.0
HOUR = 3600.0


class AccountAction(StrEnum):
    """What one can do with the whole chat, and with the place where one is."""

    BLOCK = "block"
    MOVE = "move"
    STOP_SHARING = "stop sharing"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class ForgedPress:
    """A press with a payload that no button of the message has."""

    payload: Payload


Action = Payload | ForgedPress | AccountAction | MessageAction | Content | str
"""A button to press, a forged press, something to do with the account or the message, or what to send."""


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """What somebody will do in `after` seconds."""

    after: float
    action: Action
