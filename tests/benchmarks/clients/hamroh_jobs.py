"""The jobs' process: what it costs in memory and time, and what people who press buttons notice of it."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

from bot import picture_charts
from bot.app import App
from bot.charts.job import Draw
from bot.charts.model import Chart, Look
from bot.clock import to_text
from bot.documents.export_table import ExportForm
from bot.i18n import Html, Locale, Locales
from bot.jobs.process import JobProcess
from bot.people_filter import FigureFilter
from bot.programme import load
from bot.programme.attendance import of_day
from bot.programme.model import Seminar
from bot.services.export import ExportJob
from bot.services.picture import ReadFigures
from bot.store import picture as picture_store
from bot.store.database import Database
from tests.benchmarks.clients.hamroh import RECIPIENTS, SEMINAR, add_people, system
from tests.benchmarks.clients.hamroh_export import _job as export_job
from tests.benchmarks.measure import latencies, rss
from tests.benchmarks.message import FIRST_CHAT
from tests.benchmarks.processes import counters, tap

_TAPPERS: Final = 1_000
_TAPS_A_SECOND: Final = 10
_FEW: Final = 30
_FIRST: Final = date(2025, 8, 4)
_ROLL_UPS: Final = ("checkin", "mark", "lesson_progress")  # tables whose triggers keep what pictures do not read
_CHECKIN: Final = """
INSERT INTO checkin (seminar, date, slot, person_id, group_key, answered_at, late, mood)
SELECT :seminar, :date, :slot, id, group_key, :now, 0, CASE :slot WHEN 'evening' THEN 1 + id % 5 END
  FROM person WHERE group_key = :group
"""
_MARK: Final = """
INSERT INTO mark (subject, person_id, state, how, by_id, at)
SELECT :subject, id, CASE id % 9 WHEN 0 THEN 'absent' WHEN 1 THEN 'late' ELSE 'present' END, 'tap', id, :now
  FROM person WHERE group_key = :group
"""
_PROGRESS: Final = """
INSERT INTO lesson_progress SELECT id, :seminar, :lesson, 1 + id % 9, :now, CASE id % 2 WHEN 0 THEN :now END, 0, 0
  FROM person WHERE group_key = :group
"""
_ANSWER: Final = """
INSERT INTO lesson_answer
SELECT id, :seminar, :lesson, :question, CASE id % 3 WHEN 0 THEN :right ELSE 'x' END, :now FROM person
 WHERE group_key = :group
"""

Pictures = dict[str, tuple[Callable[..., Any], Callable[..., tuple[Chart, list[Html]] | None]]]
_PICTURES: Final[Pictures] = {
    "attendance": (picture_store.attendance, partial(picture_charts.attendance, named=True)),
    "check-ins": (picture_store.days, picture_charts.days),
    "lessons": (picture_store.lessons, picture_charts.lessons),
    "questions": (picture_store.questions, picture_charts.questions),
}


async def run(*, url: str, people: int, seconds: float) -> dict[str, Any]:
    """Memory without and with the process, the first picture, each picture for 30 and for `people`, and presses."""
    few = await _few()
    async with system(url, rate=28.0, recipients=people, tappers=_TAPPERS) as app:
        runtime = app.runtime
        await runtime.db.write(_fill, seminar=runtime.seminar)
        await asyncio.sleep(1.1)
        alone = rss()
        many = {name: await _picture(runtime.jobs, runtime.seminar, name) for name in _PICTURES}
        beside, child = rss(), rss(runtime.jobs.pid or "self")
        idle = await _pressed(app, url, seconds)
        workbook = export_job(ExportForm.WORKBOOK, "people", 1)  # it reads a seminar's folder, which the bot has done
        making = asyncio.create_task(_make_all(app, workbook))
        busy = await _pressed(app, url, seconds)
        made = making.done()
        making.cancel()
        await asyncio.gather(making, return_exceptions=True)
        assert not made
    return {
        "people": people,
        "first": few.pop("first"),
        "few": few,
        "many": many,
        "bot": alone,
        "bot_beside": beside,
        "child": child,
        "idle": idle,
        "busy": busy,
    }


async def _few() -> dict[str, float]:
    """Seconds of each picture for 30 people; of the `first` one with the start of the process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hamroh.db"
        db = await Database.open(path)
        jobs = JobProcess(path)
        try:
            seminar = load(SEMINAR, starts_on=_FIRST)
            await db.write(partial(add_people, count=_FEW, first=FIRST_CHAT, group=RECIPIENTS, now=_before(seminar)))
            await db.write(_fill, seminar=seminar)
            first = await _picture(jobs, seminar, "attendance")
            return {"first": first, **{name: await _picture(jobs, seminar, name) for name in _PICTURES}}
        finally:
            await jobs.close()
            await db.close()


async def _picture(jobs: JobProcess, seminar: Seminar, name: str) -> float:
    """Seconds until a picture is there."""
    read, chart_of = _PICTURES[name]
    started, locale, now = perf_counter(), _LOCALES["tg"], _after(seminar)
    told = await jobs.run(ReadFigures(read, seminar, now, 0, 0), seconds=300)
    assert told is not None
    chart = _chart(chart_of, locale, seminar, *told)
    assert await jobs.run(Draw(chart, Look.LIGHT))
    return perf_counter() - started


def _chart(chart_of: Callable[..., Any], locale: Locale, seminar: Seminar, chosen: FigureFilter, told: Any) -> Chart:
    chart, _ = chart_of(locale, seminar, chosen, told, seminar.last)
    assert isinstance(chart, Chart)
    return chart


async def _make_all(app: App, workbook: ExportJob) -> None:
    """Pictures and workbooks, one after the other, until it is cancelled."""
    jobs, seminar = app.runtime.jobs, app.runtime.seminar
    while True:
        for name in _PICTURES:
            await _picture(jobs, seminar, name)
        await jobs.run(workbook, seconds=300)


async def _pressed(app: App, url: str, seconds: float) -> dict[str, Any]:
    """Presses for so long; what their latencies were."""
    count = max(1, int(seconds * _TAPS_A_SECOND))
    await asyncio.to_thread(partial(tap, url, every=1 / _TAPS_A_SECOND, count=count, people=_TAPPERS))
    await asyncio.sleep(seconds)
    await app.worker.wait_idle()
    after = await asyncio.to_thread(counters, url)
    return {**latencies(after["latencies"]), "unanswered": after["unanswered"]}


def _fill(connection: sqlite3.Connection, seminar: Seminar) -> None:
    """A whole seminar of everybody in one group: check-ins, a session a day, three lessons and their questions."""
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (?, ?, ?)"
    for (name,) in connection.execute(triggers, _ROLL_UPS).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    values = {"seminar": seminar.key, "group": RECIPIENTS, "now": to_text(_before(seminar))}
    for number in range(1, seminar.days_count + 1):
        on = seminar.date_of(number)
        for slot in ("morning", "evening"):
            connection.execute(_CHECKIN, {**values, "date": on.isoformat(), "slot": slot})
        for one in of_day(seminar, on)[:1]:
            connection.execute(_MARK, {**values, "subject": one.on.subject})
    for lesson in seminar.lessons[:3]:
        connection.execute(_PROGRESS, {**values, "lesson": lesson.key})
        for question in lesson.quiz:
            right = question.options[question.right].key
            connection.execute(_ANSWER, {**values, "lesson": lesson.key, "question": question.key, "right": right})


def _before(seminar: Seminar) -> datetime:
    return datetime(seminar.first.year, seminar.first.month, seminar.first.day, tzinfo=UTC) - timedelta(days=1)


def _after(seminar: Seminar) -> datetime:
    return datetime(seminar.last.year, seminar.last.month, seminar.last.day, tzinfo=UTC) + timedelta(days=1)


_LOCALES: Final = Locales.load()
