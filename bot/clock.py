"""The one source of time, so that a rehearsal can jump through two weeks and a test can stand still.

Nothing else in the project asks the operating system what time it is.
"""

import asyncio
import re
import time
from datetime import UTC, date, datetime
from typing import Final, Protocol

_DATE: Final = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}")  # dates before and after it must exist, too


class Clock(Protocol):
    """What a part that needs the time receives."""

    def now(self) -> datetime:
        """The moment, aware, in UTC. May jump (a corrected server clock, a rehearsal's "next day")."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards; only differences mean something. For rates and time-outs."""
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


def read_date(text: str) -> date | None:
    """A date of this millennium written YYYY-MM-DD, None for anything else."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
