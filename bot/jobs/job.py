"""What a job is, what it may use, and how it fails."""

import sqlite3
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

from bot.store.snapshot import snapshot

P = ParamSpec("P")
T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)


class JobFiles:
    """What a job may use: the bot's database, which it only reads."""

    def __init__(self, database: Path) -> None:
        self._database = database

    def read(self, function: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function makes of a connection and these arguments; all that it reads is of one moment."""
        with snapshot(self._database) as connection:
            return function(connection, *args, **kwargs)


class Job(Protocol[R_co]):
    """Work for the jobs' process: a frozen dataclass that can be pickled, as can what it gives.

    Heavy libraries are imported by `perform`, so that whoever makes a job does not load them.
    """

    def perform(self, files: JobFiles) -> R_co:
        """Do the work, in the jobs' process, and give what came of it."""
        ...


class JobFailure(StrEnum):
    """Why there is no result."""

    BUSY = "busy"  # too many wait already
    TOO_SLOW = "too_slow"
    TOO_BIG = "too_big"  # it needed more memory than it may have
    STOPPED = "stopped"  # by the machine, an operator, or the end of the bot
    BROKEN = "broken"  # a mistake in the program; the log has it


class JobFailedError(Exception):
    """A job gave no result; `reason` says why."""

    def __init__(self, reason: JobFailure) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Answer(Generic[T]):
    """What the process says of a job: its result, or why there is none with a line for the log."""

    __slots__ = ("failure", "log", "result")

    def __init__(self, result: T | None = None, failure: JobFailure | None = None, log: str = "") -> None:
        self.result = result
        self.failure = failure
        self.log = log
