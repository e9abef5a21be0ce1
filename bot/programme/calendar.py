"""A seminar as a calendar file (RFC 5545), for the calendar of a phone.

Times are in UTC, so no VTIMEZONE is needed and every calendar shows them right wherever the phone is. The
UIDs stay the same when a session moves, so that importing the file again moves the event.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.programme.model import Place, Seminar, Session

_LINE_BYTES = 75


def calendar_text(
    seminar: Seminar, *, language: str, now: datetime, day: int | None = None, group: str | None = None
) -> str:
    """The .ics text (encode it as UTF-8) of the whole seminar or one day, as people of one group see it.

    `now` is the aware moment of making the file; `group` None means every session.
    """
    lines = _lines(seminar, language, now, day, group)
    return "".join(_fold(line) + "\r\n" for line in lines)


def _lines(seminar: Seminar, language: str, now: datetime, day: int | None, group: str | None) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Hamroh//Seminar//EN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{_escape(seminar.title.get(language))}"
    yield f"X-WR-TIMEZONE:{seminar.zone.key}"
    for one in seminar.days:
        if day is None or one.number == day:
            for session in one.sessions_for(group):
                yield from _event(seminar, session, language, now)
    yield "END:VCALENDAR"


def _event(seminar: Seminar, session: Session, language: str, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{session.key}.{seminar.key}@hamroh"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART:{_utc(seminar.moment(session.day, session.start))}"
    yield f"DTEND:{_utc(seminar.moment(session.day, session.end))}"
    yield f"SUMMARY:{_escape(session.title.get(language))}"
    yield f"STATUS:{'CANCELLED' if session.cancelled else 'CONFIRMED'}"
    place = seminar.places[session.place] if session.place else None
    if place is not None:
        yield f"LOCATION:{_escape(_where(place, language))}"
        yield f"GEO:{place.latitude};{place.longitude}"
    about = [text.get(language) for text in (session.speaker, session.note) if text is not None]
    if place is not None and place.local_address is not None:
        about.append(place.local_address)
    if about:
        yield f"DESCRIPTION:{_escape(chr(10).join(about))}"
    yield "END:VEVENT"


def _where(place: Place, language: str) -> str:
    return f"{place.title.get(language)}, {place.address.get(language)}"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escape(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _fold(line: str) -> str:
    """Cut at 75 bytes, never inside a letter; a continuation begins with a space, which counts."""
    parts, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LINE_BYTES:
            parts.append("")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts)
