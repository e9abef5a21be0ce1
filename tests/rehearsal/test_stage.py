"""Putting a rehearsal on: addresses, ports, the browser, and every way in which it cannot begin."""

import asyncio
import socket
import webbrowser
from pathlib import Path

import aiohttp
import pytest

from rehearsal import stage
from rehearsal.stage import CannotRehearse
from tests.rehearsal.sessions import SEMINAR, sessions


def test_a_seminar_that_cannot_be_read_is_said_with_its_lines(tmp_path: Path) -> None:
    with pytest.raises(CannotRehearse, match="no such folder"):
        stage.rehearse(seminar=tmp_path / "nowhere")
    (tmp_path / "seminar.yaml").write_text("key: 12:30\n")
    with pytest.raises(CannotRehearse, match=r"seminar\.yaml:1"):
        stage.rehearse(seminar=tmp_path)


def test_a_port_that_is_taken_is_said_with_another_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotRehearse, match=f"{port}.*try --port"):
            stage.rehearse(seminar=SEMINAR, port=port)
        with pytest.raises(CannotRehearse, match=f"{port}.*try --port"):
            stage.server_only(port=port)


async def test_the_database_goes_when_the_rehearsal_ends() -> None:
    async with sessions(phones=False) as (scene, _):
        assert scene.bot is not None
        file = scene.bot.db.path  # type: ignore[attr-defined]
        assert file.exists()
    assert not file.exists()


async def test_the_stand_in_alone_has_phones_and_says_where_a_bot_connects(monkeypatch: pytest.MonkeyPatch) -> None:
    said: asyncio.Queue[str] = asyncio.Queue()
    monkeypatch.setattr(stage, "_say", said.put_nowait)
    alone = asyncio.create_task(stage.alone(0))
    async with asyncio.timeout(10):
        printed = await said.get()
    server = printed.split("server is at ")[1].split()[0]
    phones = printed.split("phones are at ")[1].split()[0]
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{server}/bot{stage.TOKEN}/getMe") as answer:
            assert (await answer.json())["ok"] is True
        async with session.get(f"{phones}/words/en") as answer:
            assert (await answer.json())["url"] == server
        async with session.post(f"{phones}/do", json={"do": "next-day"}) as answer:
            assert (await answer.json()) == {"moved": True}
    alone.cancel()
    await asyncio.gather(alone, return_exceptions=True)


@pytest.mark.parametrize(("display", "opened"), [("", []), (":0", ["http://localhost:1"])])
def test_a_browser_opens_only_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, display: str, opened: list[str]
) -> None:
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", found.append)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    stage.open_browser("http://localhost:1")
    assert found == opened
