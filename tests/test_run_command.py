"""Being the bot until a signal."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from bot import run_command
from bot.clock import SystemClock
from bot.startup import CannotStart
from rehearsal.telegram import BotApi, TelegramServer, World
from rehearsal.telegram.api import Answer
from rehearsal.telegram.calls import NO_FILES, Files
from tests.kit import TOKEN, System, settings


class TerminatingTelegram(BotApi):
    """A Telegram that ends the bot as soon as it is asked for updates."""

    has_terminated = False

    async def call(self, method: str, params: Mapping[str, object], files: Files = NO_FILES) -> Answer:
        if method == "getUpdates" and not self.has_terminated:
            self.has_terminated = True
            os.kill(os.getpid(), signal.SIGTERM)
        return await super().call(method, params, files)


class RevokingTelegram(BotApi):
    """A Telegram whose owner revokes the token while the bot polls."""

    async def call(self, method: str, params: Mapping[str, object], files: Files = NO_FILES) -> Answer:
        if method == "getUpdates":
            self.world.token = "2:other"
        return await super().call(method, params, files)


@contextmanager
def elsewhere(api: BotApi) -> Iterator[str]:
    """The stand-in on a loop of its own, in a thread: the bot has this one. Gives its address."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    server = TelegramServer(api)
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
        yield server.url
        asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


@pytest.fixture
def restored() -> Iterator[None]:
    """The log and the signal are the tests' again."""
    root = logging.getLogger()
    handlers, level, chatty = root.handlers[:], root.level, logging.getLogger("aiosqlite").level
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a bot that does not listen fails its test alone
    yield
    signal.signal(signal.SIGTERM, before)
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("aiosqlite").setLevel(chatty)


@pytest.mark.usefixtures("restored")
def test_it_serves_until_it_is_told_to_end(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    world = World(SystemClock(), token=TOKEN)
    with elsewhere(TerminatingTelegram(world)) as url:
        assert run_command.run(settings(tmp_path, api_url=url)) == 0
    said = capfd.readouterr().err
    assert f"Hamroh is @{world.profile.user['username']} and serves sejong-2025." in said
    assert "Hamroh has stopped." in said
    assert TOKEN not in said
    assert world.violations == []


async def test_it_says_what_is_missing_before_people_come(system: System, caplog: pytest.LogCaptureFixture) -> None:
    system.app.runtime.settings = system.app.runtime.settings.model_copy(update={"owners": frozenset()})
    await run_command.say_what_is_missing(system.app)
    said = caplog.text
    assert "+82 10 0000 0001 of the contact `duty` is a sample's" in said
    assert "Nobody organizes it yet: `.venv/bin/python -m bot invite owner` prints the link" in said
    assert "ended on" not in said
    caplog.clear()
    await system.organizer("Minji")
    system.passes("2025-08-18 00:00")
    await run_command.say_what_is_missing(system.app)
    assert "the seminar sejong-2025 ended on 17 August 2025; give it a first day" in caplog.text
    assert "Nobody organizes it yet" not in caplog.text


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize(("rights", "warned"), [(0o644, True), (0o640, True), (0o600, False)])
def test_a_token_that_others_can_read_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, rights: int, warned: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").touch()
    (tmp_path / ".env").chmod(rights)
    with pytest.raises(CannotStart):
        run_command.run(settings(tmp_path, seminar=tmp_path / "nowhere"))
    assert ("run chmod 600 .env" in capfd.readouterr().err) is warned


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize(
    ("address", "warned"),
    [
        ("https://api.telegram.org", False),
        ("http://127.0.0.1:8081", False),
        ("http://[::1]:8081", False),
        ("http://localhost:8081", False),
        ("http://192.168.1.5:8081", True),
        ("http://100.101.102.103:8081", True),
        ("http://[fd00::5]:8081", True),
        ("http://telegram-bot-api:8081", True),
        ("http://bots.office.lan", True),
    ],
)
def test_a_token_that_travels_in_clear_is_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], address: str, warned: bool
) -> None:
    with pytest.raises(CannotStart):
        run_command.run(settings(tmp_path, api_url=address, seminar=tmp_path / "nowhere"))
    said = capfd.readouterr().err
    assert ("without encryption" in said) is warned
    assert TOKEN not in said


@pytest.mark.usefixtures("restored")
def test_a_token_that_telegram_does_not_know_ends_it(tmp_path: Path) -> None:
    with (
        elsewhere(BotApi(World(SystemClock(), token="2:other"))) as url,
        pytest.raises(CannotStart, match="does not know this token"),
    ):
        run_command.run(settings(tmp_path, api_url=url))


@pytest.mark.usefixtures("restored")
def test_a_token_that_is_revoked_ends_it(tmp_path: Path) -> None:
    api = RevokingTelegram(World(SystemClock(), token=TOKEN))
    with elsewhere(api) as url, pytest.raises(CannotStart, match="token"):
        run_command.run(settings(tmp_path, api_url=url))


def test_what_a_start_makes_is_not_looked_through_again() -> None:
    gc.disable()
    try:
        run_command.keep_what_is_there()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
        gc.enable()
