"""A job that reads figures: however many people there are, the bot's own loop does not wait for them."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.jobs.job import JobFiles

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Reading(Generic[R]):
    """`function`, one of a module, with a connection and these arguments; all that it reads is of one moment."""

    function: Callable[..., R]
    arguments: tuple[Any, ...]
    named: Mapping[str, Any]

    def perform(self, files: JobFiles) -> R:
        """What the function gives."""
        return files.read(self._read)

    def _read(self, connection: sqlite3.Connection) -> R:
        return self.function(connection, *self.arguments, **self.named)
