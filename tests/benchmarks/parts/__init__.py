"""The parts of `make bench`. Each measures one thing and returns plain JSON; `tests.benchmarks.goals` judges it."""

from collections.abc import Callable
from typing import Any, Final

from tests.benchmarks.parts import export, flood, jobs, memory, pace, plan, publish, receive, send, start, stats
from tests.benchmarks.processes import Client
from tests.benchmarks.sizes import Sizes

PARTS: Final[dict[str, Callable[[Sizes, Client], dict[str, Any]]]] = {
    "send": send.run,
    "pace": pace.run,
    "receive": receive.run,
    "memory": memory.run,
    "stats": stats.run,
    "export": export.run,
    "jobs": jobs.run,
    "plan": plan.run,
    "publish": publish.run,
    "flood": flood.run,
    "start": start.run,
}
