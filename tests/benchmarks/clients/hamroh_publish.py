"""A version of the programme published to a whole country, with people who press buttons meanwhile."""

import asyncio
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import Any, Final

from bot.app import App
from bot.clock import to_text
from bot.messages.agenda import AGENDA
from bot.messages.agenda import occurrence as agenda_occurrence
from bot.messages.programme_change import NOTICE
from bot.programme.edits import Moved
from bot.programme.model import Seminar
from bot.services import programme_draft as programme_draft_service
from bot.services import programme_publish as programme_publish_service
from bot.services.programme import Published
from bot.store import person
from tests.benchmarks.clients.hamroh import RECIPIENTS, system
from tests.benchmarks.measure import Ticker, latencies
from tests.benchmarks.processes import counters, tap

_PEOPLE: Final = 1_000  # who press buttons in turn
_TAPS_A_SECOND: Final = 10
_ORGANIZER: Final = 1

# As if the dispatcher had sent this morning's agenda to each of them: what a publish has to change.
_DELIVERED: Final = """
INSERT INTO outbox (key, event, kind, chat_id, person_id, priority, due_at, next_at, expires_at, state, attempts,
                    message_id, created_at, done_at)
SELECT :event || ':person-' || id, :event, :kind, telegram_id, id, 2, :now, :now, :now, 'sent', 1, 1, :now, :now
  FROM person WHERE group_key = :group
"""
_NOTICES: Final = "SELECT count(*) FROM outbox WHERE kind = ?"


@dataclass(frozen=True, slots=True)
class _Publication:
    """Milliseconds of the transaction that publishes, and seconds until everybody's notice was in the outbox."""

    commit_ms: float
    fan_out: float
    notices: int


async def run(*, url: str, people: int, seconds: float) -> dict[str, Any]:
    """Presses for `seconds` beside nothing, then beside the publication of a session that moves for `people` people.

    The loop's longest block and the presses are those from the publication until the last notice is in the outbox.
    """
    async with system(url, rate=28.0, recipients=people, tappers=_PEOPLE) as app:
        seminar = app.runtime.seminar
        await app.runtime.db.write(_deliver_agendas, seminar=seminar, now=app.runtime.clock.now())
        await asyncio.sleep(1.1)
        idle = await _pressed(app, url, seconds)
        async with Ticker() as ticker:
            publishing = asyncio.create_task(_publish(app, people))
            busy = await _pressed(app, url, seconds, publishing)
            published = await publishing
    return {
        "people": people,
        "commit_ms": published.commit_ms,
        "fan_out": published.fan_out,
        "notices": published.notices,
        "block_ms": ticker.longest,
        "rss": ticker.most_memory,
        "idle": idle,
        "busy": busy,
    }


def _deliver_agendas(connection: sqlite3.Connection, seminar: Seminar, now: datetime) -> None:
    number = seminar.day_number_on(seminar.today(now))
    assert number is not None
    values = {"event": agenda_occurrence(seminar, number), "kind": AGENDA.name, "group": RECIPIENTS}
    connection.execute(_DELIVERED, {**values, "now": to_text(now)})


async def _pressed(app: App, url: str, seconds: float, until: asyncio.Task[_Publication] | None = None) -> Any:
    """Presses for so long, and on until the publication has ended; what their latencies were."""
    found: list[float] = []
    unanswered, rounds = 0, 0
    while rounds == 0 or (until is not None and not until.done()):
        count = max(1, int(seconds * _TAPS_A_SECOND))
        stream = partial(tap, url, every=1 / _TAPS_A_SECOND, count=count, people=_PEOPLE)
        await asyncio.to_thread(stream)
        await asyncio.sleep(seconds)
        await app.worker.wait_idle()
        after = await asyncio.to_thread(counters, url)
        found += after["latencies"]
        unanswered += after["unanswered"]
        rounds += 1
    return {**latencies(found), "unanswered": unanswered}


async def _publish(app: App, people: int) -> _Publication:
    """What the handler does: an edit of a draft, its publication, and what follows from it."""
    runtime, now = app.runtime, app.runtime.clock.now()
    me = await runtime.db.read(person.by_telegram_id, _ORGANIZER)
    assert me is not None
    folder = runtime.current.folder
    number = runtime.seminar.day_number_on(runtime.seminar.today(now))
    assert number is not None
    day = runtime.seminar.day(number)
    assert day is not None
    last = [session for session in day.sessions if session.is_for(RECIPIENTS)][-1]
    changes = await runtime.db.write(programme_draft_service.edit, folder, me, Moved(last.key, 5), now)
    started = perf_counter()
    outcome = await runtime.db.write(
        programme_publish_service.publish, folder, me, changes.mark, base=changes.base, now=now
    )
    commit_ms = (perf_counter() - started) * 1_000
    assert isinstance(outcome, Published)
    await runtime.follow_programme()
    runtime.wake()
    await runtime.db.read(programme_publish_service.reach, outcome, now)
    await app.fanout.wait_idle()
    made = await runtime.db.read(_notices)
    assert made >= people, f"{made} of {people} people have a notice"
    return _Publication(commit_ms, perf_counter() - started, made)


def _notices(connection: sqlite3.Connection) -> int:
    found: int = connection.execute(_NOTICES, (NOTICE.name,)).fetchone()[0]
    return found
