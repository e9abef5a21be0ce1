"""Fixtures that many tests share."""

import logging
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.operations.log import Redacting
from tests import databases, loaded, slow_first

if TYPE_CHECKING:
    from tests.kit import System


# Under `make test` no command that a test runs in this process takes the terminal to itself.
os.environ.pop("MAKELEVEL", None)
# Before the modules of tests are imported: many of them read the catalogues.
loaded.keep_catalogues()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let no worker begin with the longest tests when the others are at their end."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = slow_first.ordered(items, lambda item: item.location[0], workers)


@pytest.fixture(scope="session", autouse=True)
def quick_databases() -> Iterator[None]:
    """New databases are copies and are not flushed, in all tests that do not ask for `production_databases`."""
    with databases.quick():
        yield


@pytest.fixture
def production_databases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Databases are made and flushed as in production."""
    databases.as_in_production(monkeypatch)


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """The log that a command sets up ends with its test: its handler would word the errors of later tests."""
    root = logging.getLogger()
    level = root.level
    yield
    root.handlers[:] = [one for one in root.handlers if not isinstance(one.formatter, Redacting)]
    root.setLevel(level)


@pytest.fixture
async def system(tmp_path: Path) -> "AsyncIterator[System]":
    """The whole bot beside the stand-in Telegram, at six in the morning of the first day."""
    from tests.kit import open_system

    async with open_system(tmp_path) as opened:
        yield opened
