"""Payloads of buttons: requests to be let in."""

from bot.payload import Payload


class AskAdmission(Payload, code="ask1"):
    """A stranger asks the organizers to be let in."""


class AnswerAdmission(Payload, code="admit1"):
    """An organizer lets a stranger in as `role`, or not (`no`). For a role of the staff it asks first."""

    admission: int
    role: str


class AdmissionPage(Payload, code="asking1"):
    """Show a page (from 0) of the requests to be let in."""

    page: int


class AdmissionOpen(Payload, code="askedby1"):
    """Show one request alone; `page` (from 0) is where it stood."""

    admission: int
    page: int


class AppointAdmitted(Payload, code="appoint1"):
    """Yes, let this stranger in as `role`, one of the staff."""

    admission: int
    role: str


class TakeAdmittedBack(Payload, code="takeadmitted1"):
    """The same, for whom an organizer let in with this request."""

    admission: int
