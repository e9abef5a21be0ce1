"""Running a rehearsal: addresses, ports, the browser, and every way in which it cannot start."""

import asyncio
import socket
import webbrowser
from pathlib import Path

import aiohttp
import pytest

from rehearsal import runner
from rehearsal.harness import TOKEN, CannotRehearse
from tests.rehearsal.sessions import SEMINAR, open_session


def test_a_seminar_that_cannot_be_read_is_printed_with_its_lines(tmp_path: Path) -> None:
    with pytest.raises(CannotRehearse, match="no such folder"):
        runner.rehearse(seminar=tmp_path / "nowhere")
    (tmp_path / "seminar.yaml").write_text("key: 12:30\n")
    with pytest.raises(CannotRehearse, match=r"seminar\.yaml:1"):
        runner.rehearse(seminar=tmp_path)


def test_a_port_that_is_taken_is_printed_with_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotRehearse, match=f"{port}.*try --port"):
            runner.rehearse(seminar=SEMINAR, port=port)
        with pytest.raises(CannotRehearse, match=f"{port}.*try --port"):
            runner.server_only(port=port)


async def test_the_database_goes_when_the_rehearsal_ends() -> None:
    async with open_session(phones=False) as (session, _):
        assert session.bot is not None
        file = session.bot.db.path  # type: ignore[attr-defined]
        assert file.exists()
    assert not file.exists()


async def test_the_stand_in_alone_has_phones_and_says_where_a_bot_connects(monkeypatch: pytest.MonkeyPatch) -> None:
    output: asyncio.Queue[str] = asyncio.Queue()
    monkeypatch.setattr(runner, "_print", output.put_nowait)
    running = asyncio.create_task(runner.run_server(0))
    async with asyncio.timeout(10):
        printed = await output.get()
    server = printed.split("server is at ")[1].split()[0]
    phones = printed.split("phones are at ")[1].split()[0]
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{server}/bot{TOKEN}/getMe") as answer:
            assert (await answer.json())["ok"] is True
        async with http.get(f"{phones}/labels/en") as answer:
            assert (await answer.json())["url"] == server
        async with http.post(f"{phones}/do", json={"do": "next-day"}) as answer:
            assert (await answer.json()) == {"moved": True}
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize(("display", "opened"), [("", []), (":0", ["http://localhost:1"])])
def test_a_browser_opens_only_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, display: str, opened: list[str]
) -> None:
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", found.append)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    runner.open_browser("http://localhost:1")
    assert found == opened
