"""Payloads of buttons: attendance, on organizers' cards, under teachers' questions, and under codes."""

from datetime import date

from bot.payload import Payload


class AttendanceDay(Payload, code="attday1"):
    """Show the sessions of this date with their numbers."""

    on: date


class AttendanceOpen(Payload, code="attopen1"):
    """Open the card of this session."""

    on: date
    session: str


class AttendanceShow(Payload, code="attlist1"):
    """Show a page of a list on a session's card, or what was said of a person (`person`, `reasons`: their number)."""

    attendance: int
    shown: str
    page: int


class AttendanceCall(Payload, code="attcall1"):
    """Roll call: the person is there (1) or is not after all (0); then show the page again."""

    attendance: int
    person: int
    here: int
    page: int


class AttendanceCorrect(Payload, code="attset1"):
    """This is the person's state, whatever was said before; why, where they are excused."""

    attendance: int
    person: int
    state: str
    reason: str


class AttendanceHere(Payload, code="atthere1"):
    """A teacher is at this session."""

    on: date
    session: str


class CodeOpen(Payload, code="attcode1"):
    """Show the code of this session, another one every half minute."""

    on: date
    session: str


class CodeStop(Payload, code="attstop1"):
    """Show no code any more in this message."""

    attendance: int


class CodePage(Payload, code="attpage1"):
    """Send the page for a projector."""

    attendance: int
