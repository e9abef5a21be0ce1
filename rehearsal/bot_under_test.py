"""The real bot behind the bot port: when it acts next, whether it is idle, what its database holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.access import Role
from bot.app import App
from bot.delivery.planner import FeaturePlanner
from bot.messages.registry import MESSAGE_TYPES
from bot.priority import Priority
from bot.programme.model import Seminar
from bot.store import invite as invite_store
from bot.store.database import Database
from bot.store.fanout import Occurrence
from rehearsal import queries
from rehearsal.request_counter import RequestCounter
from rehearsal.telegram.model import Json

_MAX_ALERTS = 5
_ALERTS = sorted(one.name for one in MESSAGE_TYPES.values() if one.priority <= Priority.ALERT)


class BotUnderTest:
    """The real bot. Implements `BotPort`."""

    def __init__(self, app: App, requests: RequestCounter) -> None:
        self.requests: RequestCounter | None = requests
        self._app = app
        self._db = app.runtime.db
        self._planners = app.planners

    @property
    def db(self) -> Database:
        """The bot's database, for the recorder."""
        return self._db

    async def failed(self) -> None:
        """Return never, unless a part of the bot fails: then raise what it raised."""
        await self._app.failed()

    async def plan_again(self) -> int:
        """Plan once more and return how many rows that made; it should be none."""
        await self._app.wait_idle()
        before = await self._db.read(queries.count_rows)
        self._app.wake()
        await self._app.wait_idle()
        return await self._db.read(queries.count_rows) - before

    @property
    def seminar(self) -> Seminar:
        """The seminar as it is now."""
        return self._app.runtime.seminar

    async def next_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` for which an occurrence is planned or a row waits."""
        planned = [at for at, _ in self.upcoming(now)]
        waiting = await self._db.read(queries.next_at, now=now)
        return min([*planned, *([waiting] if waiting else [])], default=None)

    async def run_due(self) -> None:
        """Return once no update is unhandled and nothing that is due is unsent."""
        await self._app.wait_idle()

    def upcoming(self, now: datetime) -> list[tuple[datetime, str]]:
        """The next planned occurrences of two days, or of the first day that has any: moment and kind."""
        for ahead in range(max(2, (self.seminar.last - self.seminar.today(now)).days + 2)):
            occurrences = occurrences_after(self.seminar, now, now + timedelta(days=ahead), self._planners)
            if occurrences:
                return sorted({(one.due_at, one.kind) for one in occurrences})
        return []

    async def create_invitation(self, role: Role) -> str:
        """A new code that lets someone join."""
        runtime = self._app.runtime
        create = partial(invite_store.create, role=role, days=runtime.settings.invite_days, now=runtime.clock.now())
        return await self._db.write(create)

    async def status(self) -> Json:
        """Counts of its queues, and its newest alerts."""
        counted = await self._db.read(queries.counters)
        raised = await self._db.read(queries.alerts, kinds=_ALERTS, limit=_MAX_ALERTS)
        alerts = [{"kind": kind, "at": round(at.timestamp() * 1000), "copies": copies} for kind, at, copies in raised]
        return {**counted, "alerts": alerts}

    async def members(self) -> dict[int, tuple[str, str]]:
        """Role and language of its members by Telegram id."""
        return await self._db.read(queries.members)


def occurrences_after(
    seminar: Seminar, now: datetime, planned_at: datetime, planners: Sequence[FeaturePlanner]
) -> list[Occurrence]:
    """The occurrences after `now` that the planners know at `planned_at`; they plan a day or two ahead."""
    occurrences = (one for planner in planners for one in planner(seminar, planned_at))
    return [one for one in occurrences if one.due_at > now]
