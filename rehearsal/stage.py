"""Putting a rehearsal on: the stand-in Telegram, the real bot over real HTTP, its clock, and the page."""

import asyncio
import os
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bot.programme.loading import load
from bot.programme.model import Seminar
from bot.programme.problems import SeminarError
from bot.reasons import reason
from bot.settings import Settings
from rehearsal.clock import RehearsalClock
from rehearsal.ending import run_quickly
from rehearsal.hamroh import Hamroh
from rehearsal.page.server import page_app
from rehearsal.scene import Scene
from rehearsal.telegram import BotApi, TelegramServer, World
from rehearsal.traffic import Traffic

HOST = "127.0.0.1"
TOKEN = "1000000001:rehearsal-needs-no-secret"  # noqa: S105 - it opens nothing but this machine's stand-in
_RATE = 27.0  # messages a second; waits are skipped here, so there is no slack that jitter could use up
_EVE = time(20, 0)  # the evening before day 1, when people have just landed


class CannotRehearse(Exception):  # noqa: N818 - it is how a command ends, in one sentence
    """The rehearsal cannot be put on; the message is for the person at the terminal."""


def rehearse(*, seminar: Path, starts_on: date | None = None, port: int = 8765, seed: int = 7) -> int:
    """Show the page until Ctrl+C or SIGTERM, and return 0. Raises CannotRehearse."""
    return _until_ended(_rehearse(read_seminar(seminar, starts_on), seminar, port, seed))


def server_only(*, port: int = 8765) -> int:
    """Run the stand-in Bot API server alone, its page one port further, until Ctrl+C or SIGTERM, and return 0.

    Raises CannotRehearse.
    """
    return _until_ended(alone(port))


def _until_ended(main: Coroutine[Any, Any, int]) -> int:
    """To be ended is how it ends, not a failure."""
    try:
        return run_quickly(main)
    except KeyboardInterrupt:
        _say("The rehearsal has ended.")
        return 0


def read_seminar(folder: Path, starts_on: date | None) -> Seminar:
    """The seminar in a folder. Raises CannotRehearse with every problem of its files."""
    try:
        return load(folder, starts_on=starts_on)
    except SeminarError as error:
        problems = "\n  ".join(str(problem) for problem in error.problems)
        raise CannotRehearse(f"the seminar in {folder} cannot be read:\n  {problems}") from error


def opening(seminar: Seminar) -> datetime:
    """When a rehearsal begins: the evening before day 1, where the seminar is."""
    return datetime.combine(seminar.first - timedelta(days=1), _EVE, seminar.zone)


@asynccontextmanager
async def production(
    seminar: Seminar, folder: Path, clock: RehearsalClock, *, seed: int
) -> AsyncIterator[tuple[World, Hamroh]]:
    """The stand-in server and the real bot at work on it, with a database file that lives as long as they do.

    Raises CannotRehearse.
    """
    from bot.app import App, CannotStart

    world = World(clock, token=TOKEN, seed=seed)
    with tempfile.TemporaryDirectory(prefix="hamroh-rehearsal-", ignore_cleanup_errors=True) as data:
        async with TelegramServer(BotApi(world)) as server:
            settings = Settings(
                token=SecretStr(TOKEN),
                owners=frozenset(),
                seminar=folder,
                starts_on=seminar.starts_on,
                database=Path(data) / "rehearsal.db",
                api_url=server.url,
                rate=_RATE,
                allow_paid_broadcast=False,
            )
            try:
                traffic = Traffic()
                async with App.open(settings, clock, request=traffic) as app:
                    yield world, Hamroh(app, traffic)
            except CannotStart as error:
                raise CannotRehearse(str(error)) from error


@asynccontextmanager
async def page(scene: Scene, port: int) -> AsyncIterator[str]:
    """The page of a scene on loopback; gives its address. Port 0 takes a free one. Raises CannotRehearse."""
    runner = web.AppRunner(page_app(scene), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    playing = asyncio.create_task(scene.crowd.play())
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except (OSError, OverflowError) as error:
            why = reason(error) if isinstance(error, OSError) else "there is no such port"
            raise CannotRehearse(f"port {port} cannot be used: {why}; {_try(port)}") from error
        yield f"http://localhost:{runner.addresses[0][1]}"
    finally:
        playing.cancel()
        with suppress(asyncio.CancelledError):
            await playing
        await runner.cleanup()


async def _rehearse(seminar: Seminar, folder: Path, port: int, seed: int) -> int:
    clock = RehearsalClock(opening(seminar))
    async with production(seminar, folder, clock, seed=seed) as (world, bot):
        scene = Scene(clock, world, bot=bot, seminar=seminar, seed=seed, url="")
        async with page(scene, port) as address:
            await scene.open_system()
            _say(f"The rehearsal is at {address}\nStop it with Ctrl+C. Nothing leaves this machine.")
            open_browser(address)
            await bot.failed()
    return 0


async def alone(port: int) -> int:
    """The stand-in and its phones, until cancelled; port 0 takes free ones. Raises CannotRehearse."""
    clock = RehearsalClock(datetime.now(UTC))
    world = World(clock, token=TOKEN)
    try:
        async with TelegramServer(BotApi(world), HOST, port) as server:
            scene = Scene(clock, world, bot=None, seminar=None, seed=0, url=server.url)
            async with page(scene, server.port + 1 if port else 0) as address:
                await scene.open_system()
                _say(
                    f"The stand-in Bot API server is at {server.url} with the token {TOKEN}\n"
                    f"The phones are at {address}\nStop it with Ctrl+C. Nothing leaves this machine."
                )
                await asyncio.Event().wait()
    except OSError as error:
        raise CannotRehearse(f"{error.strerror or error}; {_try(port)}") from error
    return 0


def _try(port: int) -> str:
    another = port + 10 if 0 < port < 65_000 else 8765
    return f"try --port {another} (make rehearse PORT={another})"


def open_browser(address: str) -> None:
    """Open the page where there is a screen; a machine without one is no failure."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the command line
