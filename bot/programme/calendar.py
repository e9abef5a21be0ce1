"""A seminar as a calendar file (RFC 5545), for the calendar of a phone.

UIDs stay the same when a session moves, and SEQUENCE grows with the version of the programme, so that a calendar that
has the session moves it. Times are those of the seminar's clock, with its zone: who looks at home sees when it is
there, and a country that changes its clocks meanwhile moves no session. What is cancelled stays, and says so.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo
from hashlib import blake2s
from typing import TYPE_CHECKING, Final

from bot.programme import document
from bot.programme.model import Place, Seminar, Session

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

_PRODUCT: Final = "-//Hamroh//Seminar//EN"
_FORM: Final = 1  # to be raised when the same programme is written otherwise
_STEP: Final = timedelta(minutes=1)  # no country has changed its clocks at a part of a minute since 1972
_STRIDE: Final = timedelta(hours=6)  # nor there and back within that


def calendar_file(seminar: Seminar, *, language: str, group: str | None, sequence: int, now: datetime) -> bytes:
    """The file of all sessions that people of one group see; `group` None means every session.

    `sequence` is the number of the programme's version, `now` the aware moment of making the file. It takes a tenth of
    a second for 80 sessions, and half a second more when it is first called: call it in a thread.
    """
    from icalendar import Calendar  # takes 0.4 s, which a start need not wait for

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", seminar.title.get(language))
    calendar.add("x-wr-timezone", seminar.zone.key)
    _add_zone(calendar, seminar)
    for day in seminar.days:
        for session in day.sessions_for(group):
            calendar.add_component(_event(seminar, session, language, sequence, now))
    content: bytes = calendar.to_ical()
    return content


def edition(seminar: Seminar, *, language: str, group: str | None, sequence: int) -> str:
    """A short name of what the file says: files with the same name say the same."""
    said = (
        _FORM,
        (seminar.key, seminar.title.get(language), seminar.zone.key, seminar.starts_on, language, group, sequence),
        document.write(seminar.days),
        sorted((key, repr(place)) for key, place in seminar.places.items()),
    )
    return blake2s(repr(said).encode(), digest_size=16).hexdigest()


def _event(seminar: Seminar, session: Session, language: str, sequence: int, now: datetime) -> "Event":
    from icalendar import Event, vUnknown

    title = session.title.get(language)
    event = Event()
    event.add("uid", f"{session.key}.{seminar.key}@hamroh")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", sequence)
    event.add("dtstart", _local(seminar, session.day, session.start))
    event.add("dtend", _local(seminar, session.day, session.end))
    event.add("summary", f"❌ {title}" if session.cancelled else title)  # not every calendar shows a status
    event.add("status", "CANCELLED" if session.cancelled else "CONFIRMED")
    place = seminar.places[session.place] if session.place else None
    about = [text.get(language) for text in (session.speaker, session.note) if text is not None]
    if place is not None:
        event.add("location", _where(place, language))
        event.add("geo", vUnknown(";".join(place.degrees)))  # icalendar would write 5e-05
        about += [place.local_address] if place.local_address is not None else []
    if about:
        event.add("description", "\n".join(about))
    return event


def _local(seminar: Seminar, day: int, at: time) -> datetime:
    """The moment on the clocks there; a time that they skip is written as what they show instead."""
    return seminar.moment(day, at).astimezone(seminar.zone)


def _where(place: Place, language: str) -> str:
    return f"{place.title.get(language)}, {place.address.get(language)}"


# --- the zone -------------------------------------------------------------------------------------------------------
# icalendar writes the hour of a change as the clocks show it after that, RFC 5545 wants the hour before it: read by the
# rule, what begins within that hour would be shown wrong. So the zone's parts are made here.


def _add_zone(calendar: "Calendar", seminar: Seminar) -> None:
    """Say what the clocks do during the seminar; Coordinated Universal Time needs no words."""
    from icalendar import Timezone

    begins, ends = seminar.moment(1, time()), seminar.moment(seminar.days_count + 2, time())
    if seminar.zone.key in {"UTC", "Etc/UTC"}:
        return
    zone = Timezone()
    zone.add("tzid", seminar.zone.key)
    _add_part(zone, seminar.zone, begins, begins)
    for change in _changes(seminar.zone, begins, ends):
        _add_part(zone, seminar.zone, change - _STEP, change)
    calendar.add_component(zone)


def _add_part(zone: "Timezone", clock: tzinfo, before: datetime, since: datetime) -> None:
    from icalendar import TimezoneDaylight, TimezoneStandard

    old, new = _offset(clock, before), _offset(clock, since)
    local = since.astimezone(clock)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", (since.astimezone(UTC) + old).replace(tzinfo=None))
    part.add("tzoffsetfrom", old)
    part.add("tzoffsetto", new)
    part.add("tzname", local.tzname() or str(local.utcoffset()))
    zone.add_component(part)


def _changes(clock: tzinfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The first moments after each change of the clocks."""
    before = begins
    while before < ends:
        after = before + _STRIDE
        if _offset(clock, before) != _offset(clock, after):
            low, high = before, after
            while high - low > _STEP:
                middle = low + (high - low) // (2 * _STEP) * _STEP
                low, high = (middle, high) if _offset(clock, middle) == _offset(clock, before) else (low, middle)
            yield high
        before = after


def _offset(clock: tzinfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(clock).utcoffset()
    assert offset is not None
    return offset
