"""Payloads of buttons: who is on duty. A shift is named by the date on which it begins and its key."""

from datetime import date

from bot.payload import Payload


class DutyList(Payload, code="duty1"):
    """Show a page of the days."""

    page: int


class DutyDay(Payload, code="dutyday1"):
    """Show one day."""

    on: date


class DutyShow(Payload, code="dutyshift1"):
    """Show one shift."""

    on: date
    shift: str


class DutyTake(Payload, code="dutytake1"):
    """Take a shift; `every`: on each day from then on (1), and show what was shown (0 the list, 1 the shift)."""

    on: date
    shift: str
    every: int
    back: int


class DutyRelease(Payload, code="dutyfree1"):
    """Give up a shift; `every`: on each day from then on (1)."""

    on: date
    shift: str
    every: int


class DutyWho(Payload, code="dutywho1"):
    """Show a page of whom to ask: to take the shift (`give`), to share it (`join`)."""

    on: date
    shift: str
    kind: str
    page: int


class DutyAsk(Payload, code="dutyask1"):
    """Ask this person to take or to share the shift; an owner decides at once."""

    on: date
    shift: str
    kind: str
    person: int


class DutySwaps(Payload, code="dutyswaps1"):
    """Show a page of the turns for which the own turn can be exchanged."""

    on: date
    shift: str
    page: int


class DutySwap(Payload, code="dutyswap1"):
    """Exchange one's own turn for another's, by their numbers."""

    mine: int
    theirs: int


class DutyAnswer(Payload, code="dutyyes1"):
    """Agree (1) to what a colleague asks, or not (0)."""

    request: int
    yes: int


class DutyDismiss(Payload, code="dutyoff1"):
    """An owner takes somebody off duty."""

    on: date
    shift: str
    person: int


class DutyWriteNote(Payload, code="dutynote1"):
    """Write a note for whoever has this shift."""

    on: date
    shift: str
