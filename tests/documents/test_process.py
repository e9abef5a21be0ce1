"""The process that reads files: its time and its memory are not the bot's, and it never outlives a call."""

import asyncio
import subprocess
import sys
from time import perf_counter
from typing import Any

import pytest

from bot.documents import process as process_module
from bot.documents import programme_file
from bot.documents.process import DocumentProcess
from bot.documents.refusals import FileRefusal, FileRefusedError
from tests.documents.files import edited, seminar, template


async def refused(data: bytes, name: str = "a.xlsx") -> FileRefusal:
    with pytest.raises(FileRefusedError) as caught:
        await programme_file.read(DocumentProcess(), name, data, seminar(), "en")
    return caught.value.refusal


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
    reads = [programme_file.read(shared, "a.xlsx", file, seminar(), "en") for _ in range(2)]
    first, second = await asyncio.gather(*reads)
    assert first == second


async def test_the_process_is_told_no_secret_of_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMROH_TOKEN", "1:secret")
    seen: dict[str, str] = {}
    start = asyncio.create_subprocess_exec

    async def watched(*arguments: Any, **named: Any) -> asyncio.subprocess.Process:
        seen.update(named["env"])
        return await start(*arguments, **named)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", watched)
    await programme_file.read(DocumentProcess(), "a.xlsx", await template(), seminar(), "en")
    assert "PATH" in seen
    assert "1:secret" not in seen.values()


def test_the_bot_itself_imports_no_library_for_files() -> None:
    code = "import sys, bot.app; print(sorted({'python_calamine', 'xlsxwriter', 'openpyxl'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
