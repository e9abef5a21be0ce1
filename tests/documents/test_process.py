"""The process that reads files: its time and its memory are not the bot's, and it never outlives a call."""

import asyncio
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from bot.documents import process as process_module
from bot.documents import programme_file
from bot.documents.process import DocumentProcess
from bot.documents.refusals import FileRefusal, FileRefusedError
from tests.documents.files import base, edited, template


async def refused(data: bytes, name: str = "a.xlsx") -> FileRefusal:
    with pytest.raises(FileRefusedError) as caught:
        await programme_file.read(DocumentProcess(), name, data, base(), "en")
    return caught.value.refusal


def stands_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let a shell do what the process would."""
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))


async def test_the_loop_goes_on_while_ten_thousand_rows_are_refused() -> None:
    def fill(sheet: Any) -> None:
        for number in range(10_000):
            sheet.append([f"s{number}", "2025-08-04", "10:00", "11:00", "T", "T", "T", "T", "lecture"])

    file = await edited(fill)
    turns, reading = 0, asyncio.create_task(refused(file))
    while not reading.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert await reading is FileRefusal.TOO_MANY_ROWS
    assert turns > 10


async def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_module, "_SECONDS", 0.01)
    begin = perf_counter()
    assert await refused(await template()) is FileRefusal.TOO_SLOW
    assert perf_counter() - begin < 5


async def test_a_process_that_crashes_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert await refused(b"") is FileRefusal.DAMAGED


@pytest.mark.parametrize(
    ("end", "refusal"),
    [
        ("kill -9 $$", FileRefusal.STOPPED),
        ("kill -ABRT $$", FileRefusal.TOO_BIG_INSIDE),
        ("exit 3", FileRefusal.DAMAGED),
        ("printf '[]'", FileRefusal.DAMAGED),
    ],
)
async def test_how_a_process_ended_says_what_to_do(
    end: str, refusal: FileRefusal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_in(tmp_path, monkeypatch, f"cat >/dev/null\n{end}")
    assert await refused(b"") is refusal


async def test_a_process_that_cannot_start_is_no_mistake_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert await refused(b"") is FileRefusal.STOPPED


async def test_a_call_that_is_given_up_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[asyncio.subprocess.Process] = []
    is_started = asyncio.Event()
    start = asyncio.create_subprocess_exec

    async def watched(*arguments: Any, **named: Any) -> asyncio.subprocess.Process:
        started.append(await start(*arguments, **named))
        is_started.set()
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", watched)
    reading = asyncio.create_task(refused(await template()))
    await is_started.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert started[0].returncode is not None


async def test_files_wait_for_each_other() -> None:
    shared, file = DocumentProcess(), await template()
    reads = [programme_file.read(shared, "a.xlsx", file, base(), "en") for _ in range(2)]
    first, second = await asyncio.gather(*reads)
    assert first == second


async def test_the_process_holds_no_secret_and_no_open_file_of_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMROH_TOKEN", "1:secret")
    told = tmp_path / "told"
    stands_in(tmp_path, monkeypatch, f"env >{told}; ls -l /proc/$$/fd >>{told}; cat >/dev/null")
    with sqlite3.connect(tmp_path / "hamroh.db") as database, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        database.execute("CREATE TABLE person (name TEXT)")
        await refused(b"")
    seen = told.read_text()
    assert "PATH=" in seen
    assert "1:secret" not in seen
    assert "hamroh.db" not in seen
    assert "socket:" not in seen.replace("0 -> socket:", "").replace("1 -> socket:", "")


@pytest.mark.skipif(sys.platform != "linux", reason="it looks in /proc")
def test_the_process_ends_with_a_bot_that_is_killed() -> None:
    code = (
        "import asyncio, os, sys\n"
        "from bot.documents import process\n"
        "async def main():\n"
        "    child = await process._started('read')\n"
        "    print(child.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as bot:
        assert bot.stdout is not None
        child = Path("/proc") / bot.stdout.readline().strip()
        assert child.exists()
        bot.kill()
    ends = perf_counter() + 20
    while perf_counter() < ends and child.exists() and " Z " not in (child / "stat").read_text():
        os.sched_yield()
    assert not child.exists() or " Z " in (child / "stat").read_text()


def test_the_bot_itself_imports_no_library_for_files_and_pictures() -> None:
    heavy = {"python_calamine", "xlsxwriter", "openpyxl", "matplotlib", "numpy", "PIL"}
    code = f"import sys, bot.app; print(sorted({heavy!r} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
