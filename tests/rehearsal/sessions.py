"""A rehearsal for the tests: the real bot over real HTTP, and its page on a free port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rehearsal.clock import RehearsalClock
from rehearsal.scene import Scene
from rehearsal.stage import opening, page, production, read_seminar
from tests import loaded

SEMINAR = Path(__file__).parent.parent.parent / "seminars" / "sejong-2025"


@asynccontextmanager
async def sessions(
    *, phones: bool = True, speed: float = 1.0, folder: Path = SEMINAR
) -> AsyncIterator[tuple[Scene, str]]:
    """A scene and its page's address, with the first phones on it unless told otherwise."""
    with loaded.once():
        seminar = read_seminar(folder, None)
        clock = RehearsalClock(opening(seminar), speed=speed)
        async with production(seminar, folder, clock, seed=7) as (world, bot):
            scene = Scene(clock, world, bot=bot, seminar=seminar, seed=7, url="")
            async with page(scene, 0) as address:
                if phones:
                    await scene.open_system()
                yield scene, address
