"""The fixture of the tests of starts and ends."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.lifecycle.process import LifecycleHarness


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[LifecycleHarness]:
    """A stand-in Telegram that listens, and an empty folder for the bot."""
    harness = LifecycleHarness(tmp_path)
    await harness.server.start()
    yield harness
    await harness.close()
