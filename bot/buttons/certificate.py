"""Payloads of buttons: one's own certificate, and those of others as staff see them.

`listed` and `page` lead back to a list of people.
"""

from bot.payload import Payload


class MyCertificate(Payload, code="cert1"):
    """Show what I still need for a certificate, or the certificate."""


class MyCertificateFile(Payload, code="cert2"):
    """Send my certificate (`pdf`), or its badge file (`badge`)."""

    what: str


class CertificateOverview(Payload, code="cert3"):
    """Show how many have one, can have one, and lack something."""


class CertificatePeople(Payload, code="cert4"):
    """Show a page of a list, from 0 on."""

    listed: str
    page: int


class CertificatePerson(Payload, code="cert5"):
    """Show what somebody has done, and the certificate."""

    person: int
    listed: str
    page: int


class CertificateFile(Payload, code="cert6"):
    """Send somebody's certificate (`pdf`), or its badge file (`badge`)."""

    certificate: int
    what: str


class CertificateArchive(Payload, code="cert7"):
    """Send all certificates of a group as one file; `group` is empty for everybody."""

    group: str


class IssuePreview(Payload, code="cert8"):
    """Show what happens if everybody who can have one is issued it."""


class IssueAll(Payload, code="cert9"):
    """Issue one to each who can have one: the preview told of `total` with those that there were."""

    total: int


class IssueOne(Payload, code="cert10"):
    """Issue one to somebody; `certificate` is the copy that it follows, 0 for none."""

    person: int
    listed: str
    page: int
    certificate: int


class CertificateExcept(Payload, code="cert11"):
    """Ask why somebody gets one although something is missing."""

    person: int
    listed: str
    page: int


class CertificateNoExcept(Payload, code="cert12"):
    """Take that decision back."""

    person: int
    listed: str
    page: int


class CertificateRevoke(Payload, code="cert13"):
    """Ask why a certificate is revoked."""

    certificate: int
    listed: str
    page: int
