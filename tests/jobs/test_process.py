"""The process that does jobs: it stays between jobs, ends when idle, and what a job does to it is one clear error."""

import asyncio
import logging
import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from time import perf_counter

import pytest

from bot.jobs.job import Job, JobFailedError, JobFailure
from bot.jobs.process import JobProcess
from tests.jobs.samples import (
    Doubled,
    Exits,
    Fails,
    Inside,
    Large,
    Names,
    NamesTwice,
    Sleeps,
    TooMuch,
    Writes,
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "a seminar" / "ҳамроҳ.db"
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE person (name TEXT)")
        connection.execute("INSERT INTO person VALUES ('Ann')")
    return path


@pytest.fixture
async def jobs(database: Path) -> AsyncIterator[JobProcess]:
    process = JobProcess(database)
    yield process
    await process.close()


async def failure(jobs: JobProcess, job: Job[object], seconds: float = 60) -> JobFailure:
    with pytest.raises(JobFailedError) as caught:
        await jobs.run(job, seconds=seconds)
    return caught.value.reason


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - another process meets it
            await asyncio.sleep(0.005)


def is_alive(pid: int | None) -> bool:
    try:
        return pid is not None and " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


async def test_one_process_does_jobs_one_after_the_other_and_holds_nothing_of_the_bot(
    jobs: JobProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jobs.pid is None, "it is started when first needed"
    monkeypatch.setenv("HAMROH_TOKEN", "1:secret")
    assert await asyncio.gather(*(jobs.run(Doubled(number)) for number in range(5))) == [0, 2, 4, 6, 8]
    pid, environment, nice, opened, has_telegram = await jobs.run(Inside())
    assert pid == jobs.pid
    assert "1:secret" not in repr(environment)
    assert "HOME" not in environment
    assert nice >= min(19, os.nice(0) + 10)
    assert [name for name in opened if "hamroh" in name or "ҳамроҳ" in name] == []
    assert not has_telegram, "what it does not need, it does not load"
    assert len(await jobs.run(Large(3_000_000))) == 3_000_000


async def test_it_reads_one_moment_of_the_database_and_writes_nothing(
    jobs: JobProcess, database: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert await jobs.run(Names()) == ["Ann"]
    said = tmp_path / "said"
    reading = asyncio.create_task(jobs.run(NamesTwice(said)))
    await until(said.exists)
    with sqlite3.connect(database) as connection:
        connection.execute("INSERT INTO person VALUES ('Bahrom')")
    connection.close()
    said.unlink()
    assert await reading == (["Ann"], ["Ann"])
    assert await jobs.run(Names()) == ["Ann", "Bahrom"]
    with caplog.at_level(logging.ERROR):
        assert await failure(jobs, Writes()) is JobFailure.BROKEN
    assert "attempt to write a readonly database" in caplog.text


async def test_what_a_job_does_to_the_process_is_its_own_error_and_the_next_one_is_done(
    jobs: JobProcess, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert await failure(jobs, Fails()) is JobFailure.BROKEN
    assert "ValueError" in caplog.text
    assert "Ann" not in caplog.text
    first = jobs.pid
    assert await failure(jobs, TooMuch()) is JobFailure.TOO_BIG
    assert await jobs.run(Doubled(1)) == 2
    assert jobs.pid == first, "what a job fails over, the process outlives"
    crash, after = asyncio.create_task(failure(jobs, Exits())), asyncio.create_task(jobs.run(Doubled(2)))
    assert await crash is JobFailure.STOPPED
    assert await after == 4
    assert await failure(jobs, Sleeps(60), seconds=0.05) is JobFailure.TOO_SLOW
    assert jobs.pid is None
    assert await jobs.run(Doubled(3)) == 6


async def test_a_job_can_be_given_up_and_no_more_wait_than_the_bound(database: Path, tmp_path: Path) -> None:
    jobs = JobProcess(database, most_waiting=3)
    started = tmp_path / "started"
    long = asyncio.create_task(jobs.run(Sleeps(60, started)))
    await until(started.exists)
    pid = jobs.pid
    queued, other = asyncio.create_task(jobs.run(Doubled(1))), asyncio.create_task(jobs.run(Doubled(2)))
    await asyncio.sleep(0)
    assert await failure(jobs, Doubled(3)) is JobFailure.BUSY
    queued.cancel()
    long.cancel()
    assert await other == 4
    assert not is_alive(pid)
    await asyncio.gather(long, queued, return_exceptions=True)
    running = asyncio.create_task(failure(jobs, Sleeps(60)))
    await until(lambda: jobs.pid is not None)
    await jobs.close()
    assert await running is JobFailure.STOPPED
    assert await failure(jobs, Doubled(1)) is JobFailure.STOPPED
    assert jobs.pid is None


async def test_it_ends_when_nothing_comes_and_another_one_starts(database: Path) -> None:
    jobs = JobProcess(database, idle_seconds=0.05)
    _, environment, *_ = await jobs.run(Inside())
    folder, first = Path(environment["TMPDIR"]), jobs.pid
    await until(lambda: jobs.pid is None and not is_alive(first) and not folder.exists())
    assert await jobs.run(Doubled(4)) == 8
    await jobs.close()


@pytest.mark.skipif(sys.platform != "linux", reason="it looks in /proc")
async def test_it_ends_in_the_middle_of_a_job_when_the_bot_is_killed(database: Path, tmp_path: Path) -> None:
    started = tmp_path / "started"
    code = (
        "import asyncio, pickle, sys\n"
        "from pathlib import Path\n"
        "from bot.jobs.process import JobProcess\n"
        "path, job = pickle.loads(bytes.fromhex(sys.argv[1]))\n"
        "async def main():\n"
        "    jobs = JobProcess(path)\n"
        "    working = asyncio.create_task(jobs.run(job))\n"
        "    while not job.started.exists():\n"
        "        await asyncio.sleep(0.01)\n"
        "    print(jobs.pid, flush=True)\n"
        "    await working\n"
        "asyncio.run(main())\n"
    )
    told = pickle.dumps((database, Sleeps(60, started))).hex()
    command = [sys.executable, "-c", code, told]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bot:  # noqa: ASYNC220 - nothing else runs
        assert bot.stdout is not None
        child = int(bot.stdout.readline())
        assert is_alive(child)
        bot.kill()
    begin = perf_counter()
    await until(lambda: not is_alive(child))
    assert perf_counter() - begin < 20
