"""What the planner makes: events, each for many people. A feature's planner is a pure function."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.programme.model import Seminar
from bot.store.fanout import Event

__all__ = ["Event", "FeaturePlanner"]

# Gives the events around an aware moment, at least those that are due and not expired then; more does no harm.
FeaturePlanner = Callable[[Seminar, datetime], Iterable[Event]]
