"""Payloads of buttons: headcounts, on organizers' cards and in teachers' messages."""

from datetime import date

from bot.payload import Payload


class HeadcountStart(Payload, code="count1"):
    """Count the teachers of a group (empty: all teachers), or join who counts them already."""

    group: str


class HeadcountBefore(Payload, code="countbus1"):
    """Count before the departure of this session, once."""

    on: date
    session: str


class HeadcountShow(Payload, code="countlist1"):
    """Show a page of a list (`missing`, `roll`, `here`) on a headcount's card."""

    headcount: int
    shown: str
    page: int


class HeadcountMark(Payload, code="countmark1"):
    """Roll call: the person is here (1) or is not after all (0); then show the page again."""

    headcount: int
    person: int
    here: int
    page: int


class HeadcountPing(Payload, code="countping1"):
    """Remind everyone who is missing, with a sound."""

    headcount: int


class HeadcountClose(Payload, code="countclose1"):
    """Close a headcount."""

    headcount: int


class HeadcountReopen(Payload, code="countopen1"):
    """Open a headcount again that was closed."""

    headcount: int


class HeadcountHere(Payload, code="counthere1"):
    """A teacher is on the bus, or where the group is."""

    headcount: int


class HeadcountBuddies(Payload, code="countwho1"):
    """A teacher has somebody with them: show a page of whom they can name."""

    headcount: int
    page: int


class HeadcountVouch(Payload, code="countwith1"):
    """A teacher says that this person is with them."""

    headcount: int
    person: int


class HeadcountDeny(Payload, code="countnot1"):
    """A teacher says that they are not with who has said so."""

    headcount: int
