"""Fixtures that many tests share."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.kit import House


# Under `make test` no command that a test runs in this process takes the terminal to itself.
os.environ.pop("MAKELEVEL", None)


@pytest.fixture
async def house(tmp_path: Path) -> "AsyncIterator[House]":
    """The whole bot beside the stand-in Telegram, at six in the morning of the first day."""
    from tests.kit import open_house

    async with open_house(tmp_path) as opened:
        yield opened
