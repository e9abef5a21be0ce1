"""The one source of time, so that a rehearsal can jump through two weeks and a test can stand still.

Nothing else in the project asks the operating system what time it is.
"""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What a part that needs the time receives."""

    def now(self) -> datetime:
        """The moment, aware, in UTC. May jump (a corrected server clock, a rehearsal's "next day")."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards; only differences mean something. For pace and time-outs."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` of this clock have passed, or early when the clock jumps over them."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have passed."""
        await asyncio.sleep(seconds)


def to_text(moment: datetime) -> str:
    """The moment as the database holds it: UTC, ISO-8601, milliseconds, `Z`; texts sort as the moments do.

    Raises ValueError for a naive datetime: a time without a zone has no place in the database.
    """
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime: {moment!r}")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """The aware UTC moment that `to_text` wrote."""
    return datetime.fromisoformat(text)
