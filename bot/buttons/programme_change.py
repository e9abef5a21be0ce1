"""Payloads of buttons: notices that the programme has changed."""

from bot.payload import Payload


class ChangeSeen(Payload, code="seen2"):
    """I have seen what a version changed, and those before it, `told` in all; the day's and places' buttons stay."""

    version: int
    told: int
    day: int
    place: str
    other: str


class ChangeUnseen(Payload, code="punseen1"):
    """Show a page of who has not seen a version."""

    version: int
    page: int


class ChangeRemind(Payload, code="premind1"):
    """Remind who has not seen a version, after so many reminders."""

    version: int
    reminded: int
