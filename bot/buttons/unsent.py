"""Payloads of buttons: what was written where nobody waited for it."""

from bot.payload import Payload


class WriteNow(Payload, code="late1"):
    """What I wrote (message id) after the time for it goes to this person all the same."""

    message: int
    person: int


class AnswerNow(Payload, code="lateanswer1"):
    """What I wrote (message id) after the time for it is my answer to message number `answer` all the same."""

    message: int
    answer: int


class WriteMore(Payload, code="more1"):
    """What I write next belongs to my call for help again, which something else had come into the middle of."""

    call: int
