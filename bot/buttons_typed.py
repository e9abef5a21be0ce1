"""Payloads of the buttons under what people typed where a press, or nothing, was expected."""

from bot.payload import Payload


class CheckinSaid(Payload, code="aboutday1"):
    """What I wrote (message id) is about my day (day number)."""

    day: int
    message: int


class CheckinPassOn(Payload, code="daywords1"):
    """My words about a day (day number), written in this message, are for the organizers."""

    day: int
    message: int


class WriteNow(Payload, code="late1"):
    """What I wrote (message id) after the time for it goes to this person all the same."""

    message: int
    person: int


class AnswerNow(Payload, code="lateanswer1"):
    """What I wrote (message id) after the time for it is my answer to message number `answer` all the same."""

    message: int
    answer: int


class BroadcastResume(Payload, code="draft1"):
    """Go on with a draft that something else has come between."""

    broadcast: int


class WriteMore(Payload, code="more1"):
    """What I write next belongs to my call for help again, which something else had come into the middle of."""

    call: int
