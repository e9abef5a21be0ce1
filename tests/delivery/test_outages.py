"""A disk that is full, a file that is locked or damaged, a clock that jumps: nothing twice, nothing stuck, one line."""

import resource
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from inspect import isawaitable
from pathlib import Path

import pytest

from bot.store.database import _in_thread as in_thread
from rehearsal.telegram import Fault
from rehearsal.telegram.faults import FaultKind
from tests.clocks import eventually
from tests.delivery.conftest import DeliveryHarness, journal, texts
from tests.kit import SEMINAR, System, open_system


async def ready(harness: DeliveryHarness, number: int = 20) -> None:
    """Rows that are due in a minute, and a dispatcher that has nothing to do until then."""
    people = [await harness.person(f"p{n}") for n in range(number)]
    due_at = harness.clock.now() + timedelta(minutes=1)
    await harness.enqueue(*(harness.draft(one, "note", due_at=due_at) for one in people))
    await harness.wait_idle()


async def stops_and_goes_on(
    harness: DeliveryHarness, caplog: pytest.LogCaptureFixture, repair: Callable[[], object]
) -> None:
    """Nothing is asked of Telegram while the database is broken; all of it comes once when it is mended."""
    said = journal(harness.world)
    harness.clock.jump_to(harness.clock.now() + timedelta(minutes=2))
    await eventually(lambda: harness.dispatcher.status.stopped)
    assert said == []
    if isawaitable(mended := repair()):
        await mended
    await harness.wait_idle()
    assert set(await harness.rows("state, attempts")) == {("sent", 1)}
    assert [len(texts(one)) for one in harness.world.accounts.values()] == [1] * len(harness.world.accounts)
    assert sum("Sending has stopped" in record.message for record in caplog.records) == 1
    assert sum("Sending goes on" in record.message for record in caplog.records) == 1


async def test_a_full_disk(harness: DeliveryHarness, caplog: pytest.LogCaptureFixture) -> None:
    await ready(harness)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((harness.folder / "hamroh.db-wal").stat().st_size, hard))
    try:
        await stops_and_goes_on(harness, caplog, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_database_that_can_only_be_read(harness: DeliveryHarness, caplog: pytest.LogCaptureFixture) -> None:
    await ready(harness)
    await in_thread(harness.db._writer, lambda c: c.execute("PRAGMA query_only = ON") and None)
    mended = partial(in_thread, harness.db._writer, lambda c: c.execute("PRAGMA query_only = OFF") and None)
    await stops_and_goes_on(harness, caplog, mended)


async def test_what_was_sent_and_cannot_be_marked_is_not_sent_again(harness: DeliveryHarness) -> None:
    await ready(harness, 200)

    def fill(connection: sqlite3.Connection) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    await in_thread(harness.db._writer, fill)
    harness.clock.jump_to(harness.clock.now() + timedelta(minutes=2))
    await eventually(lambda: harness.dispatcher.status.stopped)
    sent = sum(len(texts(one)) for one in harness.world.accounts.values())
    assert sent < 200
    await in_thread(harness.db._writer, lambda c: c.execute("PRAGMA max_page_count = 1000000") and None)
    await harness.wait_idle()
    assert set(await harness.rows("state, attempts")) == {("sent", 1)}
    assert [len(texts(one)) for one in harness.world.accounts.values()] == [1] * 200


async def test_a_file_that_another_process_holds_locked(
    harness: DeliveryHarness, caplog: pytest.LogCaptureFixture
) -> None:
    await ready(harness)
    await in_thread(harness.db._writer, lambda c: c.execute("PRAGMA busy_timeout = 20") and None)
    with closing(sqlite3.connect(harness.folder / "hamroh.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await stops_and_goes_on(harness, caplog, lambda: other.execute("ROLLBACK"))


async def test_a_file_that_is_damaged_while_the_bot_runs(
    harness: DeliveryHarness, caplog: pytest.LogCaptureFixture
) -> None:
    await ready(harness)
    file = harness.folder / "hamroh.db"

    def damage(connection: sqlite3.Connection) -> bytes:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA shrink_memory")
        whole = file.read_bytes()
        with file.open("r+b") as opened:
            opened.seek(4096)
            opened.write(b"\xff" * (len(whole) - 4096))
        return whole

    whole = await in_thread(harness.db._writer, damage)
    await stops_and_goes_on(harness, caplog, lambda: _write(file, whole))
    assert "malformed" in caplog.text


def _write(file: Path, content: bytes) -> None:
    with file.open("r+b") as opened:
        opened.write(content)


async def test_a_clock_that_is_set_back_an_hour_says_nothing_twice(system: System) -> None:
    teacher = await system.teacher()
    await system.at("2025-08-04 08:20")
    said = [message.words for message in teacher.chat]
    assert len(said) == 2
    system.clock._start -= timedelta(hours=1, minutes=30)
    await system.at("2025-08-04 08:25")
    assert [message.words for message in teacher.chat] == said
    await system.at("2025-08-04 08:50")
    assert len(teacher.chat) == 3


async def test_a_clock_that_is_set_back_leaves_nothing_stuck(harness: DeliveryHarness) -> None:
    teacher = await harness.person()
    harness.world.faults.script([Fault(FaultKind.THROTTLED, retry_after=30)])
    hour = timedelta(hours=1)
    await harness.enqueue(
        harness.draft(teacher, due_at=harness.clock.now() - 2 * hour, expires_at=harness.clock.now() + 5 * hour)
    )
    await harness.wait_idle()
    assert texts(teacher) == []
    harness.clock._start -= hour
    await harness.until_sent(60)
    assert len(texts(teacher)) == 1


@pytest.mark.parametrize("change", ["2025-10-26", "2026-03-29"])
async def test_where_the_clocks_change_each_day_has_its_agenda_once_at_its_hour(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "berlin"
    shutil.copytree(SEMINAR, folder)
    written = (folder / "seminar.yaml").read_text()
    assert "Asia/Seoul" in written
    (folder / "seminar.yaml").write_text(written.replace("Asia/Seoul", "Europe/Berlin"))
    first = date.fromisoformat(change) - timedelta(days=2)
    async with open_system(tmp_path, f"{first} 12:00", seminar=folder, starts_on=first) as system:
        teacher = await system.teacher()
        await system.at(f"{first + timedelta(days=4)} 06:00")
        rows = system.rows("SELECT due_at, done_at, state FROM outbox WHERE kind = 'agenda' ORDER BY id")
        assert [row["state"] for row in rows] == ["sent"] * 4
        hours = [system.seminar.moment(day, system.seminar.hours.agenda) for day in range(1, 5)]
        assert [row["due_at"][:16] for row in rows] == [f"{hour:%Y-%m-%dT%H:%M}" for hour in hours]
        assert hours[3] - hours[0] != timedelta(days=3)
        assert teacher.count(" of 14") == 4
