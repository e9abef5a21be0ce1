"""Payloads of buttons: the roster, its files, and the links of people on it."""

from bot.payload import Payload


class RosterHome(Payload, code="ros1"):
    """Show how many are on the roster, and what can be done."""


class RosterFileToFillIn(Payload, code="rosfile1"):
    """Send the roster as a file to fill in."""


class RosterReadFile(Payload, code="rosread1"):
    """Read the file of this message as the roster."""

    message: int


class RosterTake(Payload, code="rostake1"):
    """Take the file with this mark; 1: forget who has not joined and is not in it."""

    mark: str
    removes: int


class RosterAskRemove(Payload, code="rosgone1"):
    """Ask whether to forget who has not joined and is not in the file with this mark."""

    mark: str


class RosterWaiting(Payload, code="roswait1"):
    """Show a page of those who have not joined."""

    page: int


class RosterCopy(Payload, code="roscopy1"):
    """Send the names of those who have not joined as a text to copy, from this page on."""

    page: int


class RosterPerson(Payload, code="rosone1"):
    """Show one entry; `page` of the list that it was on."""

    entry: int
    page: int


class RosterLink(Payload, code="roslink1"):
    """Make a link for one entry."""

    entry: int


class RosterRevoke(Payload, code="rosrev1"):
    """Withdraw the link of one entry."""

    entry: int
    page: int


class RosterRemove(Payload, code="rosrem1"):
    """Forget one entry: ask (0), or do it (1)."""

    entry: int
    page: int
    sure: int


class RosterAskSheet(Payload, code="rosask1"):
    """Ask whether to make a sheet of QR codes: of this part of those who have not joined."""

    part: int


class RosterSheet(Payload, code="rossheet1"):
    """Make that sheet."""

    part: int


class RosterRevokeAll(Payload, code="rosrevall1"):
    """Withdraw all links that nobody has used: ask (0), or do it (1)."""

    sure: int


class RosterUnknown(Payload, code="rosunk1"):
    """Show a page of members of whom it is not known who of the roster they are."""

    page: int


class RosterMatch(Payload, code="rosmatch1"):
    """Show who of the roster this member may be."""

    person: int


class RosterIs(Payload, code="rosis1"):
    """The member is this entry."""

    person: int
    entry: int


class RosterIsNot(Payload, code="rosisnot1"):
    """The member is not the entry that they were taken for."""

    person: int
