"""Runs a rehearsal with its page: the composition root, the only place where its parts are wired together."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.programme.model import Seminar
from bot.reasons import reason
from rehearsal.clock import RehearsalClock
from rehearsal.commands import Commands
from rehearsal.harness import TOKEN, CannotRehearse, open_harness, read_seminar, start_of
from rehearsal.page.server import page_app
from rehearsal.session import RehearsalSession
from rehearsal.shutdown import run_until_stopped
from rehearsal.telegram import BotApi, TelegramServer, World

HOST = "127.0.0.1"


def rehearse(*, seminar: Path, starts_on: date | None = None, port: int = 8765, seed: int = 7) -> int:
    """Show the page until Ctrl+C or SIGTERM, and return 0. Raises CannotRehearse."""
    return _until_stopped(_rehearse(read_seminar(seminar, starts_on), seminar, port, seed))


def server_only(*, port: int = 8765) -> int:
    """Run the stand-in Bot API server alone, its page one port further, until Ctrl+C or SIGTERM, and return 0.

    Raises CannotRehearse.
    """
    return _until_stopped(run_server(port))


def _until_stopped(main: Coroutine[Any, Any, int]) -> int:
    """Being stopped is how it ends, not a failure."""
    try:
        return run_until_stopped(main)
    except KeyboardInterrupt:
        _print("The rehearsal has ended.")
        return 0


@asynccontextmanager
async def serve_page(session: RehearsalSession, port: int) -> AsyncIterator[str]:
    """Serve the page of a session on loopback, let its simulated users act, and yield its address.

    Port 0 takes a free one. Raises CannotRehearse.
    """
    runner = web.AppRunner(page_app(session, Commands(session)), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    users = asyncio.create_task(session.users.run())
    try:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except (OSError, OverflowError) as error:
            why = reason(error) if isinstance(error, OSError) else "there is no such port"
            raise CannotRehearse(f"port {port} cannot be used: {why}; {_suggestion(port)}") from error
        yield f"http://localhost:{runner.addresses[0][1]}"
    finally:
        users.cancel()
        with suppress(asyncio.CancelledError):
            await users
        await runner.cleanup()


async def _rehearse(seminar: Seminar, folder: Path, port: int, seed: int) -> int:
    clock = RehearsalClock(start_of(seminar))
    async with open_harness(seminar, folder, clock, seed=seed) as (world, bot):
        session = RehearsalSession(clock, world, bot=bot, seminar=seminar, seed=seed, url="")
        async with serve_page(session, port) as address:
            await session.add_first_phones()
            _print(f"The rehearsal is at {address}\nStop it with Ctrl+C. Nothing leaves this machine.")
            open_browser(address)
            await bot.failed()
    return 0


async def run_server(port: int) -> int:
    """Run the stand-in and its phones until cancelled; port 0 takes free ones. Raises CannotRehearse."""
    clock = RehearsalClock(datetime.now(UTC))
    world = World(clock, token=TOKEN)
    try:
        async with TelegramServer(BotApi(world), HOST, port) as server:
            session = RehearsalSession(clock, world, bot=None, seminar=None, seed=0, url=server.url)
            async with serve_page(session, server.port + 1 if port else 0) as address:
                await session.add_first_phones()
                _print(
                    f"The stand-in Bot API server is at {server.url} with the token {TOKEN}\n"
                    f"The phones are at {address}\nStop it with Ctrl+C. Nothing leaves this machine."
                )
                await asyncio.Event().wait()
    except OSError as error:
        raise CannotRehearse(f"{error.strerror or error}; {_suggestion(port)}") from error
    return 0


def _suggestion(port: int) -> str:
    another = port + 10 if 0 < port < 65_000 else 8765
    return f"try --port {another} (make rehearse PORT={another})"


def open_browser(address: str) -> None:
    """Open the page where there is a screen; a machine without one is no failure."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the command line
