"""Payloads of buttons: broadcasts."""

from datetime import date

from bot.payload import Payload


class BroadcastAudience(Payload, code="audience1"):
    """Send to all members (`all`), all teachers (`teachers`), or those of a group (`group`, and its key)."""

    broadcast: int
    to: str
    group: str


class BroadcastNarrow(Payload, code="whom1"):
    """Choose among the people of a draft: a field of its audience (or `person`, `last`) and its value; again: not."""

    broadcast: int
    field: str
    value: str


class BroadcastCard(Payload, code="draftcard1"):
    """Show the card of a draft, which asks whether it shall go."""

    broadcast: int


class BroadcastWhom(Payload, code="whompage1"):
    """Show every choice of people for a draft."""

    broadcast: int


class BroadcastByName(Payload, code="whomname1"):
    """Ask for a part of the name of somebody who should get a draft."""

    broadcast: int


class BroadcastLanguages(Payload, code="draftlanguages1"):
    """Show in which languages a draft is."""

    broadcast: int


class BroadcastHour(Payload, code="drafthour1"):
    """Ask when a draft should go."""

    broadcast: int


class BroadcastValidity(Payload, code="draftvalid1"):
    """Ask until when a draft is offered to who joins later."""

    broadcast: int


class BroadcastOption(Payload, code="draftset1"):
    """Set how a draft goes: `signed`, `silent`, `confirmable` (1 or 0), `valid` or `due` and its choice."""

    broadcast: int
    option: str
    value: str


class BroadcastVersion(Payload, code="draftin1"):
    """Of a draft's version in a language: the one for all `is` in it, `write`, `preview`, `accept` another, `all`,
    or all versions say the `same`."""

    broadcast: int
    language: str
    act: str


class BroadcastSend(Payload, code="send2"):
    """Send the broadcast that is shown above, if its content is of this revision."""

    broadcast: int
    revision: int


class BroadcastSendAgain(Payload, code="sendagain1"):
    """Send it, though somebody has just sent the same."""

    broadcast: int
    revision: int


class BroadcastUnschedule(Payload, code="unschedule1"):
    """Make a draft again of what is to go later."""

    broadcast: int


class BroadcastGotIt(Payload, code="gotit1"):
    """The reader has read the broadcast that this stands under."""

    broadcast: int


class BroadcastDrop(Payload, code="stop1"):
    """Throw the preview away, or stop what has not been sent yet."""

    broadcast: int


class BroadcastResume(Payload, code="draft1"):
    """Go on with a draft that something else has come between."""

    broadcast: int


class BroadcastToMissing(Payload, code="writeall1"):
    """Write to all who have not answered the check-in of a date (`morning`, `evening`)."""

    on: date
    slot: str
