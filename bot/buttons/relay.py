"""Payloads of buttons: what people and organizers write to each other."""

from bot.payload import Payload


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


class OpenAnswers(Payload, code="answers1"):
    """An organizer wants to read the next answers to a broadcast (its number) that wait."""

    broadcast: int
