"""Files with data of a whole country: the largest that are made, by time and memory, and that the rest is refused."""

import sqlite3
import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from bot.access import Role
from bot.documents.export_table import ExportForm
from bot.export_columns import LABELS
from bot.export_words import about, tables
from bot.i18n import Locales
from bot.jobs.process import JobProcess
from bot.people_filter import FigureFilter
from bot.programme.loading import load
from bot.services import export as export_service
from bot.services.export import ExportFile, ExportJob
from bot.store.database import Database
from tests.benchmarks.clients.hamroh import add_people
from tests.benchmarks.message import FIRST_CHAT
from tests.benchmarks.processes import ROOT

_FIRST: Final = date(2025, 8, 4)
_NOW: Final = datetime(2025, 8, 20, tzinfo=UTC)
_DAYS: Final = 14
_GROUPS: Final = ("pamir", "hissor", "zarafshon")
_JOINED: Final = "UPDATE person SET joined_at = '2025-08-03T00:00:00.000Z'"
_CHECK_IN: Final = """
INSERT INTO checkin (seminar, date, slot, person_id, group_key, answered_at, late, mood)
SELECT 'sejong-2025', :date, :slot, id, group_key, :date || 'T00:20:11.345Z', id % 10 = 0,
       CASE :slot WHEN 'evening' THEN 1 + id % 5 END
  FROM person ORDER BY id
"""
_SENT: Final = """
INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, due_at, next_at, expires_at, state, created_at,
                    done_at)
SELECT 'agenda:' || :date || ':person-' || id, 'agenda:' || :date, 'agenda', telegram_id, id, 5,
       :date || 'T00:00:00.000Z', :date, :date, 'sent', :date, :date || 'T00:00:03.217Z'
  FROM person ORDER BY id
"""


async def run(*, people: int) -> dict[str, Any]:
    """Each file that is asked for: whether it was made, its bytes and rows, the seconds, and the memory of the jobs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hamroh.db"
        db = await Database.open(path)
        try:
            await _fill(db, people)
            jobs = JobProcess(path)
            try:
                return {"people": people, "files": await _asked(jobs)}
            finally:
                await jobs.close()
        finally:
            await db.close()


async def _asked(jobs: JobProcess) -> list[dict[str, Any]]:
    """What is too much is refused; then the check-ins of fewer and fewer days, until such a workbook is made."""
    files = [
        await _file(jobs, "everything", ExportForm.WORKBOOK, "", _DAYS),
        await _file(jobs, "everything", ExportForm.CSV, "", _DAYS),
        await _file(jobs, "people", ExportForm.WORKBOOK, "people", _DAYS),
        await _file(jobs, "check-ins", ExportForm.CSV, "checkins", _DAYS),
        await _file(jobs, "check-ins", ExportForm.JSON, "checkins", _DAYS),
    ]
    for days in range(_DAYS, 0, -1):
        files.append(await _file(jobs, "check-ins", ExportForm.WORKBOOK, "checkins", days))
        if files[-1]["made"]:
            break
    return files


async def _file(jobs: JobProcess, what: str, form: ExportForm, table: str, days: int) -> dict[str, Any]:
    """One file, with the most memory that the process had meanwhile."""
    _forget_peak(jobs.pid)
    started = perf_counter()
    made = await jobs.run(_job(form, table, days), seconds=300)
    memory = _peak(jobs.pid)
    is_made = isinstance(made, ExportFile)
    return {
        "what": what,
        "form": form.value,
        "days": days,
        "made": is_made,
        "rows": made.rows,
        "megabytes": len(made.content) / 1e6 if isinstance(made, ExportFile) else 0.0,
        "seconds": perf_counter() - started,
        "memory": memory,
    }


def _job(form: ExportForm, table: str, days: int) -> ExportJob:
    seminar = load(ROOT / "seminars" / "sejong-2025").moved(_FIRST)
    locale, names = Locales.load()["tg"], (table,) if table else tuple(LABELS)
    chosen = FigureFilter(first_day=1, last_day=days) if days < _DAYS else FigureFilter()
    role = Role.ORGANIZER
    return ExportJob(
        form,
        tables(locale, seminar, names, role, {}),
        about(locale, seminar, names, role, chosen="", now=_NOW),
        seminar.zone,
        export_service.asked(seminar, chosen, reader_id=1, role=role, now=_NOW),
    )


async def _fill(db: Database, people: int) -> None:
    now = datetime(2025, 8, 3, tzinfo=UTC)
    for index, group in enumerate(_GROUPS):
        first, size = FIRST_CHAT + index * people, people // len(_GROUPS)
        await db.write(partial(add_people, count=size, first=first, group=group, now=now))
    await db.write(lambda connection: connection.execute(_JOINED).rowcount)
    for day in range(_DAYS):
        await db.write(_a_day, (_FIRST + timedelta(days=day)).isoformat())


def _a_day(connection: sqlite3.Connection, on: str) -> None:
    for slot in ("morning", "evening"):
        connection.execute(_CHECK_IN, {"date": on, "slot": slot})
    connection.execute(_SENT, {"date": on})


def _forget_peak(pid: int | None) -> None:
    """From here on the most memory counts anew; the process may not have started."""
    if pid is not None:
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak(pid: int | None) -> float:
    """The most memory that a process has had, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1_024
