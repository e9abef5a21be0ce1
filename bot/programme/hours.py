"""The hours of one day, one of them changed."""

from dataclasses import replace
from datetime import time

from bot.programme.model import Hours


def with_hour(hours: Hours, what: str, at: time) -> Hours:
    """The hours with another one for `agenda`, `morning`, `lesson` or `evening`. Raises ValueError for others."""
    match what:
        case "agenda":
            return replace(hours, agenda=at)
        case "morning":
            return replace(hours, morning=at)
        case "lesson":
            return replace(hours, lesson=at)
        case "evening":
            return replace(hours, evening=at)
    raise ValueError(f"no hour of a day: {what!r}")
