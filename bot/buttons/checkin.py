"""Payloads of buttons: check-ins, also as they were where old buttons still count."""

from datetime import date

from bot.payload import Payload


class CheckinHere(Payload, code="here2"):
    """I am here on the morning of this date."""

    on: date


class CheckinMood(Payload, code="mood2"):
    """How the day was, 1 (hard) to 5 (wonderful)."""

    on: date
    mood: int


class CheckinWords(Payload, code="words2"):
    """I want to say (1) or would rather not say (0) more about the day."""

    on: date
    more: int


class CheckinSaid(Payload, code="aboutday2"):
    """What I wrote (message id) is about my day of this date."""

    on: date
    message: int


class CheckinPassOn(Payload, code="daywords2"):
    """My words about a date, written in this message, are for the organizers."""

    on: date
    message: int


class CheckinHereByNumber(Payload, code="here1"):
    """`CheckinHere` as it was: a day's number, which counts only while the message's own date bears it out."""

    day: int


class CheckinMoodByNumber(Payload, code="mood1"):
    """`CheckinMood` as it was, see `CheckinHereByNumber`."""

    day: int
    mood: int
