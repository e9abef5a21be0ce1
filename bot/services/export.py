"""A file with data: what is asked for, the job that makes it, and what is too large to be made."""

import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.access import ORGANIZERS, Role
from bot.documents.export_table import (
    LARGEST,
    SLOWEST,
    WORKBOOK_ROWS,
    About,
    ExportForm,
    ExportTooLargeError,
    ExportWriter,
    Table,
)
from bot.jobs.job import JobFiles
from bot.people_filter import FigureFilter
from bot.programme import attendance as attendance_rules
from bot.programme.model import Seminar
from bot.store import audit as audit_store
from bot.store import export as export_store
from bot.store.export import ExportAsked, ExportReader, ExportSession

JOB_SECONDS: Final = 100.0  # for the whole job: what the estimate lets through takes 60
_AGAIN: Final = timedelta(seconds=20)  # the same file asked for twice within this time is one press
# What coordinators may know was sent to somebody: what everybody gets alike. Others tell who called, or was unwell.
_FOR_ALL: Final = (
    "agenda",
    "attendance.ask",
    "broadcast",
    "checkin.ask",
    "headcount.ask",
    "lesson",
    "newcomer.agenda",
    "newcomer.first_day",
    "programme.change",
    "reminder.departure",
    "reminder.session",
)
_BEFORE: Final = timedelta(days=366)  # before the first day: who joins early, what is sent before it begins
_AFTER: Final = timedelta(days=366)
# Cells a second and bytes a cell, measured by `make bench PART=export`, and on the safe side of that.
_CELLS_A_SECOND: Final[Mapping[ExportForm, int]] = {
    ExportForm.WORKBOOK: 120_000,
    ExportForm.CSV: 550_000,
    ExportForm.JSON: 550_000,
}
_BYTES_A_CELL: Final[Mapping[ExportForm, float]] = {
    ExportForm.WORKBOOK: 4.0,
    ExportForm.CSV: 1.4,
    ExportForm.JSON: 1.4,
}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """The file that was made, and how many rows its tables have."""

    content: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class ExportTooLarge:
    """It was not made: it is too large. `table` has more rows than a sheet holds, "": all of it is too much."""

    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class ExportJob:
    """Makes a file with these tables. Moments in it are by the clock of `zone`."""

    form: ExportForm
    tables: tuple[Table, ...]
    about: About
    zone: ZoneInfo
    asked: ExportAsked

    def perform(self, files: JobFiles) -> ExportFile | ExportTooLarge:
        """Make the file from one state of the database, a row at a time."""
        try:
            return files.read(_made, self)
        except ExportTooLargeError as error:
            return ExportTooLarge(error.table, error.rows)


def asked(seminar: Seminar, chosen: FigureFilter, *, reader_id: int, role: Role, now: datetime) -> ExportAsked:
    """What a reader of this role asks for."""
    first = seminar.first - _BEFORE if chosen.first_day is None else seminar.date_of(chosen.first_day)
    last = seminar.last + _AFTER if chosen.last_day is None else seminar.date_of(chosen.last_day)
    is_organizer = role in ORGANIZERS
    right = (
        f"{lesson.key}/{question.key}/{option.key}"
        for lesson in seminar.lessons
        for question in lesson.quiz
        for option in question.options
        if option.right
    )
    return ExportAsked(
        seminar.key,
        chosen,
        reader_id,
        is_organizer,
        first,
        last,
        datetime.combine(first, time(), seminar.zone),
        datetime.combine(last + timedelta(days=1), time(), seminar.zone),
        tuple(_sessions(seminar, chosen, now)),
        tuple(right),
        () if is_organizer else _FOR_ALL,
    )


def begin(
    connection: sqlite3.Connection,
    me: int,
    *,
    form: ExportForm,
    filter_id: int,
    table: str,
    message_id: int,
    update_id: int,
    now: datetime,
) -> bool:
    """Record that somebody asks for this file; False where the same button was pressed a moment ago, too."""
    subject = f"{form}:{filter_id}:{table}"
    last = export_store.last_asked(connection, me, subject, message_id, now - _AGAIN)
    if last is not None:
        return last == update_id
    details = {"message": message_id, "update": update_id}
    audit_store.record(connection, "export.asked", by_id=me, now=now, subject=subject, details=details)
    return True


def _sessions(seminar: Seminar, chosen: FigureFilter, now: datetime) -> list[ExportSession]:
    first, last = chosen.first_day or 1, chosen.last_day or seminar.days_count
    return [
        ExportSession(one.on.date, one.on.session, f"{one.session.start:%H:%M}", one.session.groups, one.ends)
        for number in range(max(first, 1), min(last, seminar.days_count) + 1)
        for one in attendance_rules.of_day(seminar, seminar.date_of(number))
        if one.starts <= now
    ]


def _made(connection: sqlite3.Connection, job: ExportJob) -> ExportFile | ExportTooLarge:
    reader = ExportReader(connection, job.asked)
    _estimate(reader, job)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        writer = _writer(job, path)
        try:
            rows = sum(writer.table(one, reader.rows(one.name, _names(one))) for one in job.tables)
            writer.close()
        except BaseException:
            writer.abandon()
            raise
        if path.stat().st_size > LARGEST:
            raise ExportTooLargeError
        return ExportFile(path.read_bytes(), rows)


def _estimate(reader: ExportReader, job: ExportJob) -> None:
    """Raises ExportTooLargeError before anything is made that would become too large, or take too long."""
    most_cells = min(_CELLS_A_SECOND[job.form] * SLOWEST, LARGEST / _BYTES_A_CELL[job.form])
    cells = 0
    for table in job.tables:
        most = int(most_cells - cells) // len(table.columns) + 1
        if job.form is ExportForm.WORKBOOK:
            most = min(most, WORKBOOK_ROWS + 1)
        rows = reader.count(table.name, most)
        if job.form is ExportForm.WORKBOOK and rows > WORKBOOK_ROWS:
            raise ExportTooLargeError(table.name, rows)
        cells += rows * len(table.columns)
        if cells > most_cells:
            raise ExportTooLargeError


def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)


def _writer(job: ExportJob, path: Path) -> ExportWriter:
    if job.form is ExportForm.WORKBOOK:
        from bot.documents.export_workbook import WorkbookWriter

        return WorkbookWriter(path, job.tables, job.about, job.zone)
    from bot.documents.export_package import CsvWriter, JsonWriter

    made = CsvWriter if job.form is ExportForm.CSV else JsonWriter
    return made(path, job.tables, job.about, job.zone)
