"""Payloads of buttons: calls for help."""

from bot.payload import Payload


class AskHelp(Payload, code="help1"):
    """I need help: `help` (at once, from a check-in), `unwell`, `lost`, `question` or `other`."""

    kind: str


class TakeHelp(Payload, code="take1"):
    """An organizer takes a call for help."""

    call: int


class CloseHelp(Payload, code="close1"):
    """A call for help is closed."""

    call: int
