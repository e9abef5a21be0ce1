"""Payloads of buttons: calls for help and the relay."""

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


class PassOn(Payload, code="pass1"):
    """Pass the text that I just wrote (message id) on to the organizers: 1 yes, 0 no."""

    message: int
    yes: int


class AnswerStaff(Payload, code="reply1"):
    """I answer what an organizer wrote to me (the number of that message)."""

    message: int


class NeverMind(Payload, code="never1"):
    """What I was about to write to someone is not wanted after all."""


class WriteTo(Payload, code="write1"):
    """An organizer writes to a person through the bot."""

    person: int
