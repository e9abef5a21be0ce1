"""Payloads of buttons: what is done to a broadcast after it was confirmed."""

from bot.payload import Payload


class BroadcastAct(Payload, code="bcact1"):
    """`pause`, `resume`, `stop`, `delete` what arrived, show its `words`, or `write` to who has not confirmed."""

    broadcast: int
    act: str


class BroadcastShow(Payload, code="bcshow1"):
    """Show a list (`card`, `unconfirmed`, `sure`, `correct`) of a broadcast's card, and a page of it."""

    broadcast: int
    shown: str
    page: int


class BroadcastCorrect(Payload, code="bccorrect1"):
    """Take what is written next for what the version in this language ("": the one for all) should say."""

    broadcast: int
    language: str


class BroadcastCorrectSure(Payload, code="bccorrectok1"):
    """Change what has arrived into what was written in this message."""

    broadcast: int
    source: int


class BroadcastCorrectNot(Payload, code="bccorrectno1"):
    """Leave it as it is."""

    broadcast: int


class BroadcastPage(Payload, code="bclist1"):
    """Show a page of all broadcasts."""

    page: int


class BroadcastOpen(Payload, code="bcopen1"):
    """Open a broadcast of the list."""

    broadcast: int
