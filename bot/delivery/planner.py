"""Which events are due: a pure function, so that a missed tick, a jump of the clock or a second run change nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.events import Event, FeaturePlanner
from bot.programme.model import Seminar


@dataclass(frozen=True, slots=True)
class Plan:
    """The events to schedule now, and the moment of the next one, if the planners know it already."""

    due: tuple[Event, ...]
    next_at: datetime | None


def plan(seminar: Seminar, now: datetime, planners: Sequence[FeaturePlanner]) -> Plan:
    """The events that are due and not expired at `now`, the most urgent first, each key once.

    An event is not scheduled before its moment, so that a programme that changes in the meantime changes it too.
    """
    events = _unique(event for planner in planners for event in planner(seminar, now))
    due = [event for event in events if event.due_at <= now < event.expires_at]
    due.sort(key=lambda event: (event.priority, event.due_at, event.key))
    coming = [event.due_at for event in events if event.due_at > now]
    return Plan(tuple(due), min(coming, default=None))


def _unique(events: Iterable[Event]) -> list[Event]:
    return list({event.key: event for event in events}.values())
