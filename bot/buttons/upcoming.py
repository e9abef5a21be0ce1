"""Payloads of buttons: what is still to be sent. `item` stands for an occurrence, `revision` for what was decided."""

from datetime import date

from bot.payload import Payload


class UpcomingDay(Payload, code="coming1"):
    """Show what is sent on this date, from page 0 on."""

    on: date
    page: int


class UpcomingHours(Payload, code="hours1"):
    """Show at what hours the bot speaks on this date."""

    on: date


class UpcomingShow(Payload, code="comes1"):
    """Show one of them, and what can be done."""

    item: str


class UpcomingReader(Payload, code="reader1"):
    """Show it as a reader of this language gets it; first ask of which group, where groups read it differently."""

    item: str
    language: str


class UpcomingPreview(Payload, code="reads1"):
    """Show it as a reader of this language and group gets it; `group` is its key, or empty for none."""

    item: str
    language: str
    group: str


class UpcomingSkip(Payload, code="skip1"):
    """Do not send it."""

    item: str
    revision: int


class UpcomingSend(Payload, code="sendnow1"):
    """Send it now."""

    item: str
    revision: int


class UpcomingPostpone(Payload, code="later1"):
    """Send it so many minutes later."""

    item: str
    revision: int
    minutes: int


class UpcomingRetime(Payload, code="retime1"):
    """Ask at what time it is to be sent."""

    item: str
    revision: int


class UpcomingUndo(Payload, code="asplan1"):
    """Send it as planned after all."""

    item: str
    revision: int
