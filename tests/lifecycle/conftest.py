"""Where the life cycle tests happen."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.lifecycle.process import Shore


@pytest.fixture
async def shore(tmp_path: Path) -> AsyncIterator[Shore]:
    """A stand-in Telegram that listens, and an empty folder for the bot."""
    made = Shore(tmp_path)
    await made.server.start()
    yield made
    await made.close()
