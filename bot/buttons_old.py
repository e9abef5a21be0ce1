"""Payloads as they were, of buttons that hang in messages of before and still count where that is safe."""

from bot.payload import Payload


class CheckinHereByNumber(Payload, code="here1"):
    """`CheckinHere` as it was: a day's number, which counts only while the message's own date bears it out."""

    day: int


class CheckinMoodByNumber(Payload, code="mood1"):
    """`CheckinMood` as it was, see `CheckinHereByNumber`."""

    day: int
    mood: int
