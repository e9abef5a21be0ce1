"""A rehearsal for the tests: the real bot over real HTTP, and its page on a free port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rehearsal.clock import RehearsalClock
from rehearsal.harness import open_harness, read_seminar, start_of
from rehearsal.runner import serve_page
from rehearsal.session import RehearsalSession
from tests import loaded

SEMINAR = Path(__file__).parent.parent.parent / "seminars" / "sejong-2025"


@asynccontextmanager
async def open_session(
    *, phones: bool = True, speed: float = 1.0, folder: Path = SEMINAR
) -> AsyncIterator[tuple[RehearsalSession, str]]:
    """A session and its page's address, with the first phones on it unless `phones` is False."""
    with loaded.once():
        seminar = read_seminar(folder, None)
        clock = RehearsalClock(start_of(seminar), speed=speed)
        async with open_harness(seminar, folder, clock, seed=7) as (world, bot):
            session = RehearsalSession(clock, world, bot=bot, seminar=seminar, seed=7, url="")
            async with serve_page(session, 0) as address:
                if phones:
                    await session.add_first_phones()
                yield session, address
