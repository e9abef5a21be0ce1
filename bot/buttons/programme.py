"""Payloads of buttons: the programme, changed from a phone. Minutes count from midnight."""

from datetime import date

from bot.payload import Payload


class ProgrammeDays(Payload, code="pdays1"):
    """Show the days to choose from."""


class ProgrammeDay(Payload, code="pday1"):
    """Show the sessions of this date."""

    on: date


class ProgrammeSession(Payload, code="pses1"):
    """Show what can be changed of a session."""

    session: str


class ProgrammeTime(Payload, code="ptime1"):
    """From this minute to that one: where it was pressed twice, it is there once."""

    session: str
    start: int
    end: int


class ProgrammeOtherDays(Payload, code="potherdays1"):
    """Show the days to which a session can go."""

    session: str


class ProgrammeOtherDay(Payload, code="potherday1"):
    """On this date, at its hours."""

    session: str
    on: date


class ProgrammePlaces(Payload, code="pplaces1"):
    """Show a page of the places where a session can be."""

    session: str
    page: int


class ProgrammePlace(Payload, code="pplace1"):
    """At this place; an empty key for none."""

    session: str
    place: str


class ProgrammeCancel(Payload, code="pcancel1"):
    """It does not happen (1), or happens again (0)."""

    session: str
    cancelled: int


class ProgrammeAttendance(Payload, code="patt1"):
    """Who is there is written down (1), or not (0)."""

    session: str
    attendance: int


class ProgrammeKinds(Payload, code="pkinds1"):
    """Show the kinds that a session can be of."""

    session: str


class ProgrammeKind(Payload, code="pkind1"):
    """Of this kind."""

    session: str
    kind: str


class ProgrammeDeparture(Payload, code="pdep1"):
    """It leaves at its start and waits for nobody (1), or not (0)."""

    session: str
    departure: int


class ProgrammeType(Payload, code="ptype1"):
    """Wait for what is typed about a session: its `time`, `speaker` or `note`."""

    session: str
    what: str


class ProgrammeClear(Payload, code="pclear1"):
    """Nothing any more where there was a `speaker` or a `note`."""

    session: str
    what: str


class ProgrammeAdd(Payload, code="padd1"):
    """Wait for the title of one more session on this date."""

    on: date


class ProgrammeHours(Payload, code="phours1"):
    """Show when the bot writes on this date."""

    on: date


class ProgrammeHour(Payload, code="phour1"):
    """On this date the bot writes this (`agenda`, `morning`, `lesson`, `evening`) at this minute; -1: as usual."""

    on: date
    what: str
    minute: int


class ProgrammeDraft(Payload, code="pdraft1"):
    """Show what is changed and not published."""


class ProgrammeDrop(Payload, code="pdrop1"):
    """Throw the draft away that has this mark."""

    mark: str


class ProgrammeRebase(Payload, code="prebase1"):
    """Put the draft that has this mark on top of version `newest`."""

    mark: str
    newest: int


class ProgrammeConfirm(Payload, code="pconfirm1"):
    """Show what publishing would do, and ask why."""


class ProgrammePublish(Payload, code="ppub1"):
    """Publish the draft that has this mark, on top of version `base`."""

    mark: str
    base: int


class ProgrammeHistory(Payload, code="phist1"):
    """Show versions with numbers below this."""

    before: int


class ProgrammeVersion(Payload, code="pver1"):
    """Show what a version has changed."""

    version: int


class ProgrammeBringBack(Payload, code="pback1"):
    """Make a draft of an earlier version."""

    version: int


class ProgrammeOffer(Payload, code="poffer1"):
    """Show what the folder offers."""


class ProgrammeTakeOffer(Payload, code="ptake1"):
    """Make a draft of what the folder offers, if it is still what `mark` names."""

    mark: str


class ProgrammeLeaveOffer(Payload, code="pleave1"):
    """Leave what the folder offers."""

    mark: str


class ProgrammeFile(Payload, code="pfile1"):
    """Send the programme as a file to fill in."""


class ProgrammeReadFile(Payload, code="pread1"):
    """Read the file of this message as the programme."""

    message: int
