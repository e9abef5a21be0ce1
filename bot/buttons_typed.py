"""Payloads of the buttons under what people typed where a press, or nothing, was expected."""

from datetime import date

from bot.payload import Payload


class CheckinSaid(Payload, code="aboutday2"):
    """What I wrote (message id) is about my day of this date."""

    on: date
    message: int


class CheckinPassOn(Payload, code="daywords2"):
    """My words about a date, written in this message, are for the organizers."""

    on: date
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
