"""Payloads of buttons: attendance sheets."""

from datetime import date

from bot.payload import Payload


class SheetDay(Payload, code="sheet1"):
    """Show which sheets there are for a date."""

    on: date


class SheetMake(Payload, code="sheet2"):
    """Make the sheet of a session of that date (empty: of the whole day) as it is now; a part of it, from 0 on."""

    on: date
    session: str
    part: int
