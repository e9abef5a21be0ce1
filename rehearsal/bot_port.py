"""What a rehearsal needs of the bot."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.access import Role
from bot.programme import Seminar
from rehearsal.request_counter import RequestCounter
from rehearsal.telegram.model import Json


class BotPort(Protocol):
    """The bot under rehearsal, as the session and the simulation use it."""

    requests: RequestCounter | None

    @property
    def seminar(self) -> Seminar:
        """The seminar as it is now: what is published changes it."""
        ...

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which it will do something by itself."""
        ...

    async def run_due(self) -> None:
        """Return once it has done everything that is due."""
        ...

    def upcoming(self, now: datetime) -> Sequence[tuple[datetime, str]]:
        """The next planned events: moment and kind."""
        ...

    async def create_invitation(self, role: Role) -> str:
        """A new code that lets someone join."""
        ...

    async def status(self) -> Json:
        """Counts of its queues, and its newest alerts."""
        ...

    async def members(self) -> dict[int, tuple[str, str]]:
        """Role and language of its members by Telegram id."""
        ...
