"""Payloads of the buttons for organizers: who asks to be let in."""

from bot.payload import Payload


class AdmissionPage(Payload, code="asking1"):
    """Show a page (from 0) of the requests to be let in."""

    page: int


class AdmissionOpen(Payload, code="askedby1"):
    """Show one request alone; `page` (from 0) is where it stood."""

    admission: int
    page: int
