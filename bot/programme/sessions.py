"""`programme.yaml`: the days and their sessions."""

from dataclasses import dataclass
from datetime import time, timedelta

from bot.programme.fields import Fields
from bot.programme.keys import Keys
from bot.programme.model import Day, Hours, Session, SessionKind
from bot.programme.parts import TITLE, read_hours_of_day

THEME, SPEAKER, NOTE = 100, 100, 300
_NIGHT = time(6)  # an end before it is meant to be of the next day
# Stands for the usual hours where those could not be read: a day's own are then not compared with them.
_ANY_HOURS = Hours(time.min, time.min, time.min, time.max, timedelta(), timedelta.max)


@dataclass(frozen=True, slots=True)
class Known:
    """The keys that sessions may refer to, how many days there are, and the usual hours; None where not readable."""

    groups: list[str] | None
    places: list[str] | None
    days_count: int | None
    hours: Hours | None = None


def read_days(fields: Fields, known: Known) -> tuple[Day, ...]:
    """Read `programme.yaml`; the days come in order of their numbers."""
    days: dict[int, Day] = {}
    keys = Keys()
    for item in fields.children("days", "day", 1, 60):
        day = _read_day(item, known, keys)
        if item.ok and day.number in days:
            item.wrong("day", f"day {day.number} is here twice", "put its sessions under one of them")
        elif item.ok:
            days[day.number] = day
    for number in range(1, (known.days_count or 0) + 1):
        if fields.has("days") and fields.ok and number not in days:
            what = f"day {number} is missing"
            fields.wrong("days", what, f"add `- day: {number}`, with `sessions: []` if it is free")
    fields.finish()
    return tuple(days[number] for number in sorted(days))


def _read_day(fields: Fields, known: Known, keys: Keys) -> Day:
    number = fields.number("day", 1, known.days_count or 60)
    fields.name = f"day {number}"
    theme = fields.optional_localized("theme", THEME)
    hours = None
    if fields.has("hours") and (own := fields.child("hours")) is not None:
        own.name = f"`hours` of day {number}"
        hours = read_hours_of_day(own, known.hours or _ANY_HOURS)
    sessions: list[tuple[Session, int]] = []
    for item in fields.children("sessions", "session", 0, 30):
        session = _read_session(item, number, known, keys)
        if item.ok:
            _note_overlaps(session, sessions, item)
            sessions.append((session, item.line))
    fields.finish()
    ordered = sorted((session for session, _ in sessions), key=lambda session: (session.start, session.end))
    return Day(number, theme, tuple(ordered), hours)


def _read_session(fields: Fields, day: int, known: Known, keys: Keys) -> Session:
    session = Session(
        key=keys.take(fields),
        day=day,
        start=fields.time("start"),
        end=fields.time("end"),
        title=fields.localized("title", TITLE),
        kind=fields.choice("kind", SessionKind),
        speaker=fields.optional_localized("speaker", SPEAKER),
        place=fields.known("place", "place", known.places),
        groups=fields.all_known("groups", "group", known.groups),
        note=fields.optional_localized("note", NOTE),
        cancelled=fields.flag("cancelled"),
        departure=fields.flag("departure"),
        attendance=fields.flag("attendance"),
    )
    if fields.ok and session.end <= session.start:
        what = f"{fields.name} ends at {session.end:%H:%M} but begins at {session.start:%H:%M}"
        fields.wrong("end", what, _later_end(session))
    if fields.ok and session.departure and session.place is None:
        what = f"{fields.name} is a departure, but does not say from where"
        fields.wrong("departure", what, "add `place`, where people meet, or remove the line `departure`")
    fields.finish()
    return session


def _later_end(session: Session) -> str:
    """What to write for an end that is not after the start; a day's last minute is 23:59."""
    if session.end == time():
        return "write 23:59 where it ends at midnight"
    if session.end < session.start and session.end <= _NIGHT:
        return f"write 23:59, and what goes on until {session.end:%H:%M} as a session of the next day from 00:00"
    return "write a later end; what lasts past midnight is a session of the next day"


def _note_overlaps(session: Session, others: list[tuple[Session, int]], fields: Fields) -> None:
    for other, line in others:
        if session.overlaps(other):
            shared = set(session.groups or other.groups) & set(other.groups or session.groups)
            whose = ", ".join(sorted(shared)) or "everyone"
            hours = f"{other.start:%H:%M}-{other.end:%H:%M}"
            what = f"{fields.name} overlaps with `{other.key}` ({hours}, line {line}) for {whose}"
            fields.wrong("start", what, "change a time, or give the sessions different `groups`")
            return
