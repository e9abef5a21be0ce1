"""Payloads of buttons: the list of who is absent."""

from datetime import date

from bot.payload import Payload


class AbsenceList(Payload, code="missing2"):
    """Show who has not answered the check-in of a date (`morning` or `evening`), from page 0 on."""

    on: date
    slot: str
    page: int


class AccountFor(Payload, code="found2"):
    """Mark a missing person as accounted for, and show the page of the list again."""

    on: date
    slot: str
    person: int
    page: int
