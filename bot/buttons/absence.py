"""Payloads of buttons: the card of who is absent."""

from datetime import date

from bot.payload import Payload


class AbsenceShow(Payload, code="missing3"):
    """Show a list (`missing`, `excuse`, `excused`) of the check-in of a date (`morning`, `evening`), from page 0 on."""

    on: date
    slot: str
    shown: str
    page: int


class AccountFor(Payload, code="found2"):
    """Mark a missing person as accounted for, and show the page of the list again."""

    on: date
    slot: str
    person: int
    page: int


class AccountedEnd(Payload, code="unfound2"):
    """Nobody knows about this person after all; show the page of the list again."""

    on: date
    slot: str
    person: int
    page: int


class AbsenceUndo(Payload, code="unfound1"):
    """Take back the newest mark, if it is still this one: about this person, by its number."""

    on: date
    slot: str
    person: int
    mark: int


class ExcusePerson(Payload, code="excuse1"):
    """Excuse somebody for the date of a check-in (`ill`, `family`, `travelling`), and show the page again."""

    on: date
    slot: str
    person: int
    reason: str
    page: int


class ExcuseUnwell(Payload, code="excuse2"):
    """Excuse somebody who feels unwell for this date, while it is today."""

    on: date
    person: int


class ExcuseEnd(Payload, code="unexcuse1"):
    """Somebody is not excused for that date any more; show the page of who is again."""

    on: date
    slot: str
    person: int
    page: int
