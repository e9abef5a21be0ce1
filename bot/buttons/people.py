"""Payloads of buttons: finding people, and what organizers do about one. `listed` and `page` lead back to the list."""

from datetime import date

from bot.payload import Payload


class PeopleShow(Payload, code="people1"):
    """Show a page, from 0 on, of a list."""

    listed: int
    page: int


class PeopleFilters(Payload, code="people2"):
    """Show what a list can be narrowed down to, and a page of the groups."""

    listed: int
    page: int


class PeopleNarrow(Payload, code="people3"):
    """Narrow a list down: `what` is `state`, `group`, `language` or `all`; the same value again lifts it."""

    listed: int
    what: str
    value: str


class PeopleSearch(Payload, code="people4"):
    """Wait for a part of a name."""

    listed: int


class PeopleNames(Payload, code="people5"):
    """Send the names of a list as a text to copy."""

    listed: int


class PersonShow(Payload, code="person1"):
    """Show somebody's card."""

    person: int
    listed: int
    page: int


class PersonDo(Payload, code="person2"):
    """Begin to change something: `excuse`, `move`, `rename`, `note`, `pause`, `resume`, `remove` or `transfer`."""

    person: int
    listed: int
    page: int
    what: str


class PersonMove(Payload, code="person3"):
    """Put somebody into a group."""

    person: int
    listed: int
    page: int
    group: str


class PersonExcuse(Payload, code="person4"):
    """Excuse somebody for a date (`ill`, `family`, `travelling`), or not any more (`no`)."""

    person: int
    listed: int
    page: int
    on: date
    reason: str


class PersonNotes(Payload, code="person5"):
    """Show a page of the notes about somebody."""

    person: int
    listed: int
    page: int
    notes: int


class RemoveNote(Payload, code="person6"):
    """Forget a note."""

    note: int
    listed: int
    page: int


class PausePerson(Payload, code="person7"):
    """Pause somebody's messages; what that means has been read."""

    person: int
    listed: int
    page: int


class RemovePerson(Payload, code="person8"):
    """Remove somebody from the bot; what is lost has been read."""

    person: int
    listed: int
    page: int


class OfferTransfer(Payload, code="person9"):
    """Make the link by which somebody goes on with another account."""

    person: int
    listed: int
    page: int


class ResumeMe(Payload, code="resume1"):
    """Let my messages come again."""


class TakeOver(Payload, code="takeover1"):
    """I am the person of this link: this account is mine. The ticket is this account's."""

    ticket: str
