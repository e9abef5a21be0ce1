"""The command `run`: to be the bot until a signal."""

import asyncio
import gc
import logging
import signal
from contextlib import suppress
from pathlib import Path
from typing import Final

import uvloop

from bot.app import App
from bot.clock import SystemClock
from bot.errors import described
from bot.operations.log import keep_secret
from bot.operations.terminal import heard_alone
from bot.programme import readiness
from bot.settings import Settings
from bot.startup import CannotStart, warn_of_clear_text
from bot.store import person
from bot.store.private import is_open_to_others

_LOG = logging.getLogger(__name__)
_ENV: Final = Path(".env")
_WARM_UP_SECONDS: Final = 1.0  # until a start has made what it makes, also when Telegram is out of reach for days


def run(settings: Settings) -> int:
    """Be the bot until SIGTERM or SIGINT; return the exit code. Raises CannotStart."""
    keep_secret(settings)
    _check_env()
    warn_of_clear_text(settings)
    try:
        with heard_alone(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_serve(settings))
    except CannotStart:
        raise
    except Exception as error:
        _LOG.critical("Hamroh cannot go on: %s", described(error), exc_info=True)
        raise


def _check_env() -> None:
    """Say so when others can read the token."""
    with suppress(OSError):
        if is_open_to_others(_ENV):
            _LOG.warning(
                "Other accounts of this machine can read %s, and the token in it: run chmod 600 %s", _ENV, _ENV
            )


async def _serve(settings: Settings) -> int:
    loop = asyncio.get_running_loop()
    work = asyncio.ensure_future(_work(settings))
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        _LOG.info("Hamroh has stopped.")
    return 0


async def _work(settings: Settings) -> None:
    asyncio.get_running_loop().call_later(_WARM_UP_SECONDS, keep_what_is_there)
    async with App.open(settings, SystemClock()) as app:
        _LOG.info("Hamroh is @%s and serves %s.", app.application.bot.username, app.runtime.seminar.key)
        await say_what_is_missing(app)
        await app.failed()


async def say_what_is_missing(app: App) -> None:
    """A seminar that is over, a sample's phone numbers, and a bot that nobody organizes are told, and no failure."""
    runtime = app.runtime
    seminar, owners = runtime.seminar, runtime.settings.owners
    for line in readiness.warnings(seminar, seminar.today(runtime.clock.now())):
        _LOG.warning("%s", line)
    if not owners and not await runtime.db.read(person.staff, owners=owners):
        _LOG.warning("Nobody organizes it yet: `.venv/bin/python -m bot invite owner` prints the link for the first.")


def keep_what_is_there() -> None:
    """Collect garbage from now on, but never scan again what the start has made."""
    gc.collect()
    gc.freeze()
    gc.enable()
