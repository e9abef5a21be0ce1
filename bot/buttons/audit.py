"""Payloads of buttons: the audit trail. `by` and `about` are people's numbers (0: anybody); `feature`, `on` "": any."""

from bot.payload import Payload


class AuditShow(Payload, code="audit1"):
    """Show a page, from 0 on, of what was done by and about somebody, of a feature, on a date (2025-08-04)."""

    by: int
    about: int
    feature: str
    on: str
    page: int


class AuditChoose(Payload, code="audit2"):
    """Show a page of what the trail can be narrowed down to: `by`, `feature` or `on`."""

    by: int
    about: int
    feature: str
    on: str
    which: str
    page: int


class AuditFile(Payload, code="audit3"):
    """Send these entries as a file."""

    by: int
    about: int
    feature: str
    on: str
