"""The figures of pictures as a job: however many people there are, the bot's own loop does not wait for them."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from bot.jobs.job import JobFiles
from bot.people_filter import FigureFilter
from bot.programme.model import Seminar
from bot.store import picture_query

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class ReadFigures(Generic[F]):
    """Reads figures with `read`, of what a filter lets through and a person may see at that moment."""

    read: Callable[[sqlite3.Connection, Seminar, FigureFilter, datetime], F]
    seminar: Seminar
    now: datetime
    person_id: int
    filter_id: int

    def perform(self, files: JobFiles) -> tuple[FigureFilter, F] | None:
        """What they are of, and the figures, all of one moment; None for nobody."""
        return files.read(self._figures)

    def _figures(self, connection: sqlite3.Connection) -> tuple[FigureFilter, F] | None:
        chosen = picture_query.within(connection, self.person_id, self.filter_id)
        return (chosen, self.read(connection, self.seminar, chosen, self.now)) if chosen is not None else None
