"""The stand-in Telegram and the real bot at work on it over real HTTP: what every rehearsal starts from."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import App
from bot.programme.loading import load
from bot.programme.model import Seminar
from bot.programme.problems import SeminarError
from bot.settings import Settings
from bot.startup import CannotStart
from rehearsal.bot_under_test import BotUnderTest
from rehearsal.clock import RehearsalClock
from rehearsal.request_counter import RequestCounter
from rehearsal.telegram import BotApi, TelegramServer, World

TOKEN = "1000000001:rehearsal-needs-no-secret"  # noqa: S105 - it opens nothing but this machine's stand-in
_RATE = 27.0  # messages a second; waits are skipped here, so there is no slack that jitter could use up
_START_TIME = time(20, 0)  # on the evening before day 1, when people have just landed


class CannotRehearse(Exception):  # noqa: N818 - it is how a command ends, in one sentence
    """The rehearsal cannot start; the message is for the person at the terminal."""


def read_seminar(folder: Path, starts_on: date | None) -> Seminar:
    """The seminar in a folder. Raises CannotRehearse with every problem of its files."""
    try:
        return load(folder, starts_on=starts_on)
    except SeminarError as error:
        problems = "\n  ".join(str(problem) for problem in error.problems)
        raise CannotRehearse(f"the seminar in {folder} cannot be read:\n  {problems}") from error


def start_of(seminar: Seminar) -> datetime:
    """When a rehearsal starts: on the evening before day 1, where the seminar is."""
    return datetime.combine(seminar.first - timedelta(days=1), _START_TIME, seminar.zone)


@asynccontextmanager
async def open_harness(
    seminar: Seminar, folder: Path, clock: RehearsalClock, *, seed: int
) -> AsyncIterator[tuple[World, BotUnderTest]]:
    """Run the stand-in server and the real bot, with a database file that is deleted at the end.

    Raises CannotRehearse.
    """
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
                requests = RequestCounter()
                async with App.open(settings, clock, request=requests) as app:
                    yield world, BotUnderTest(app, requests)
            except CannotStart as error:
                raise CannotRehearse(str(error)) from error
