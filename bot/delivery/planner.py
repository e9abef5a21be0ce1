"""Which occurrences are due: a pure function, so that a missed tick, a clock change or a second run change nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.programme.model import Seminar
from bot.store.fanout import Occurrence

# Gives the occurrences around an aware moment, at least those that are due and not expired then; more does no harm.
FeaturePlanner = Callable[[Seminar, datetime], Iterable[Occurrence]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The occurrences to schedule now, and the moment of the next one, if the planners know it already.

    `known` are all that the planners gave: one that is scheduled may have another moment since.
    """

    due: tuple[Occurrence, ...]
    next_at: datetime | None
    known: tuple[Occurrence, ...] = ()


def plan(seminar: Seminar, now: datetime, planners: Sequence[FeaturePlanner]) -> Plan:
    """What `due` makes of all that the planners give."""
    return due(around(seminar, now, planners), now)


def around(seminar: Seminar, now: datetime, planners: Sequence[FeaturePlanner]) -> list[Occurrence]:
    """The occurrences around a moment, each key once."""
    return _unique(one for planner in planners for one in planner(seminar, now))


def due(occurrences: Sequence[Occurrence], now: datetime) -> Plan:
    """The occurrences that are due and not expired at `now`, the most urgent first.

    An occurrence is not scheduled before its moment, so that a programme that changes in the meantime changes it too.
    """
    open_now = [one for one in occurrences if one.due_at <= now < one.expires_at]
    open_now.sort(key=lambda one: (one.priority, one.due_at, one.key))
    coming = [one.due_at for one in occurrences if one.due_at > now]
    return Plan(tuple(open_now), min(coming, default=None), tuple(occurrences))


def _unique(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    return list({one.key: one for one in occurrences}.values())
