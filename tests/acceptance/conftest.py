"""The acceptance tests' system speaks to the stand-in Telegram over real HTTP, in Telegram's own pace."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rehearsal.telegram import FloodLimits
from tests.kit import System, open_system


@pytest.fixture
async def http_system(tmp_path: Path) -> AsyncIterator[System]:
    """The whole bot over real HTTP, on the evening before the first day, with Telegram's flood control."""
    async with open_system(tmp_path, "2025-08-03 20:00", http=True, flood=FloodLimits(), rate=28.0) as opened:
        yield opened
    assert sum(opened.world.throttled.values()) == 0
