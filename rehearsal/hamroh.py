"""The bot as the rehearsal sees it: when it will speak next, whether it is at rest, what it holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bot.access import Role
from bot.delivery.events import Event, FeaturePlanner
from bot.delivery.message_types import Priority
from bot.messages.registry import MESSAGE_TYPES
from bot.programme.model import Seminar
from bot.store import invite
from bot.store.database import Database
from rehearsal import ledger
from rehearsal.telegram.model import Json
from rehearsal.traffic import Traffic

if TYPE_CHECKING:
    from bot.app import App

_ALERTS_SHOWN = 5
_ALERTS = sorted(one.name for one in MESSAGE_TYPES.values() if one.priority <= Priority.ALERT)


class Company(Protocol):
    """What a stage needs of the bot that plays on it."""

    traffic: Traffic | None

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which it will do something by itself."""
        ...

    async def act(self) -> None:
        """Return once it has done everything that is due."""
        ...

    def coming(self, now: datetime) -> Sequence[tuple[datetime, str]]:
        """The next planned events: moment and kind."""
        ...

    async def invitation(self, role: Role) -> str:
        """A real code that lets someone in."""
        ...

    async def panel(self) -> Json:
        """Counters of its queues, and its newest alerts."""
        ...

    async def people(self) -> dict[int, tuple[str, str]]:
        """Role and language of its members by Telegram id."""
        ...


class Hamroh:
    """The real bot."""

    def __init__(self, app: "App", traffic: Traffic) -> None:
        self.traffic: Traffic | None = traffic
        self._app = app
        self._db = app.runtime.db
        self._planners = app.planners

    @property
    def db(self) -> Database:
        """The bot's database, for who judges it."""
        return self._db

    async def failed(self) -> None:
        """Return never, unless a part of the bot fails: then raise what it raised."""
        await self._app.failed()

    async def plan_again(self) -> int:
        """Plan once more and return how many rows that made; it should be none."""
        await self._app.wait_idle()
        before = await self._db.read(ledger.rows_made)
        self._app.wake()
        await self._app.wait_idle()
        return await self._db.read(ledger.rows_made) - before

    @property
    def _seminar(self) -> Seminar:
        return self._app.runtime.seminar

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` for which an event is planned or a row waits."""
        planned = [at for at, _ in self.coming(now)]
        waiting = await self._db.read(ledger.next_at, now=now)
        return min([*planned, *([waiting] if waiting else [])], default=None)

    async def act(self) -> None:
        """Return once no update is unhandled and nothing that is due is unsent."""
        await self._app.wait_idle()

    def coming(self, now: datetime) -> list[tuple[datetime, str]]:
        """The next planned events of two days, or of the first day that has any: moment and kind."""
        for ahead in range(max(2, (self._seminar.last - self._seminar.today(now)).days + 2)):
            events = upcoming(self._seminar, now, now + timedelta(days=ahead), self._planners)
            if events:
                return sorted({(event.due_at, event.kind) for event in events})
        return []

    async def invitation(self, role: Role) -> str:
        """A real code that lets someone in."""
        runtime = self._app.runtime
        create = partial(invite.create, role=role, days=runtime.settings.invite_days, now=runtime.clock.now())
        return await self._db.write(create)

    async def panel(self) -> Json:
        """Counters of its queues, and its newest alerts."""
        counted = await self._db.read(ledger.counters)
        raised = await self._db.read(ledger.alerts, kinds=_ALERTS, most=_ALERTS_SHOWN)
        alerts = [{"kind": kind, "at": round(at.timestamp() * 1000), "copies": copies} for kind, at, copies in raised]
        return {**counted, "alerts": alerts}

    async def people(self) -> dict[int, tuple[str, str]]:
        """Role and language of its members by Telegram id."""
        return await self._db.read(ledger.people)


def upcoming(seminar: Seminar, now: datetime, seen_from: datetime, planners: Sequence[FeaturePlanner]) -> list[Event]:
    """The events after `now` that the planners know at `seen_from` (they look a day or two ahead)."""
    events = (event for planner in planners for event in planner(seminar, seen_from))
    return [event for event in events if event.due_at > now]
