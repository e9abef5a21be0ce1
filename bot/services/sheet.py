"""Attendance sheets: made of what is true now, within what the reader may be told of."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.jobs.job import JobFiles
from bot.people_filter import PeopleFilter
from bot.programme import attendance
from bot.programme.attendance import SessionOn
from bot.programme.model import Seminar
from bot.store import audit as audit_store
from bot.store import scope as scope_store
from bot.store import sheet as sheet_store
from bot.store import sheet_people as sheet_people_store
from bot.store.person import Person
from bot.store.sheet import Sheet, SheetKind, SheetLine, SheetOf, SheetSession


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """What a sheet would say now."""

    of: SheetOf
    sessions: tuple[SheetSession, ...]
    lines: tuple[SheetLine, ...]
    parts: int


@dataclass(frozen=True, slots=True)
class SheetJob:
    """Collects what a sheet says, in the jobs' process: among very many people that takes a while."""

    seminar: Seminar
    of: SheetOf
    me_id: int

    def perform(self, files: JobFiles) -> SheetDraft | None:
        """What the sheet would say."""
        return files.read(collect, self.seminar, self.of, self.me_id)


def collect(connection: sqlite3.Connection, seminar: Seminar, of: SheetOf, me_id: int) -> SheetDraft | None:
    """What a sheet would say, of those whom the reader may be told of; None where there is no such sheet for them."""
    people = of.people.within(scope_store.get(connection, me_id))
    about = _about(seminar, of)
    if people is None or about is None:
        return None
    sessions, groups = about
    subjects = [SessionOn(seminar.key, of.date, one.key).subject for one in sessions]
    midnight = datetime.combine(of.date + timedelta(days=1), time(), seminar.zone)
    covered = people.within(PeopleFilter(groups=groups))
    lines, parts = sheet_people_store.lines(
        connection, covered, subjects, seminar=seminar.key, on=of.date, until=midnight, part=of.part
    )
    return SheetDraft(of._replace(people=people), sessions, tuple(lines), parts)


def keep(connection: sqlite3.Connection, draft: SheetDraft, me: Person, now: datetime) -> tuple[Sheet, list[SheetLine]]:
    """The sheet that says it: the newest version, or another one; and who stands on it."""
    kept, is_new = sheet_store.keep(
        connection, draft.of, draft.sessions, draft.lines, parts=draft.parts, by_id=me.id, now=now
    )
    if is_new:
        details = {"version": kept.version, "people": len(draft.lines)}
        audit_store.record(connection, "sheet.made", by_id=me.id, now=now, subject=f"sheet:{kept.id}", details=details)
    return kept, sheet_store.lines(connection, kept.id)


def _about(seminar: Seminar, of: SheetOf) -> tuple[tuple[SheetSession, ...], tuple[str, ...]] | None:
    """The sessions that are its columns, and the groups that it is for; None where attendance is not taken then."""
    there = attendance.of_day(seminar, of.date)
    if of.kind is SheetKind.SESSION:
        there = [one for one in there if one.on.session == of.about]
    sessions = tuple(_session(seminar, one.session.key) for one in there)
    if not sessions:
        return None
    return sessions, sessions[0].groups if of.kind is SheetKind.SESSION else ()


def _session(seminar: Seminar, key: str) -> SheetSession:
    session = seminar.session(key)
    assert session is not None  # of a day of this seminar
    title = {str(language): text for language, text in session.title.texts.items()}
    place = seminar.places[session.place].title.texts if session.place else {}
    place = {str(language): text for language, text in place.items()}
    hours = f"{session.start:%H:%M}–{session.end:%H:%M}"
    return SheetSession(key, hours, title, place, session.groups)
