"""Jobs that the process is tried with: it imports this module by itself."""

import os
import sqlite3
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bot.jobs.job import JobFiles


@dataclass(frozen=True)
class Doubled:
    number: int

    def perform(self, _files: JobFiles) -> int:
        sys.stdout.write("libraries print what they like")
        sys.stdout.flush()
        return self.number * 2


@dataclass(frozen=True)
class Inside:
    """What the process is: its number, its environment, its niceness, its open files, what it has imported."""

    def perform(self, _files: JobFiles) -> tuple[int, dict[str, str], int, list[str], bool]:
        opened = [
            str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink() and path.exists()
        ]
        return os.getpid(), dict(os.environ), os.nice(0), opened, "telegram" in sys.modules


@dataclass(frozen=True)
class Names:
    def perform(self, files: JobFiles) -> list[str]:
        return files.read(_names, "%")


@dataclass(frozen=True)
class NamesTwice:
    """Reads, lets somebody write, and reads again in the same snapshot."""

    said: Path

    def perform(self, files: JobFiles) -> tuple[list[str], list[str]]:
        return files.read(_names_twice, self.said)


@dataclass(frozen=True)
class Writes:
    def perform(self, files: JobFiles) -> None:
        files.read(_insert)


@dataclass(frozen=True)
class Sleeps:
    seconds: float
    started: Path | None = None

    def perform(self, _files: JobFiles) -> None:
        if self.started is not None:
            self.started.touch()
        time.sleep(self.seconds)


@dataclass(frozen=True)
class Exits:
    def perform(self, _files: JobFiles) -> None:
        os._exit(3)


@dataclass(frozen=True)
class TooMuch:
    def perform(self, _files: JobFiles) -> int:
        return len(bytearray(2 * 1024 * 1024 * 1024))


@dataclass(frozen=True)
class Fails:
    def perform(self, _files: JobFiles) -> None:
        raise ValueError("a secret of Ann")


@dataclass(frozen=True)
class Large:
    size: int

    def perform(self, _files: JobFiles) -> bytes:
        return b"x" * self.size


def _names(connection: sqlite3.Connection, like: str) -> list[str]:
    return [
        row["name"] for row in connection.execute("SELECT name FROM person WHERE name LIKE ? ORDER BY name", (like,))
    ]


def _names_twice(connection: sqlite3.Connection, said: Path) -> tuple[list[str], list[str]]:
    first = _names(connection, "%")
    said.touch()
    while said.exists():
        time.sleep(0.005)
    return first, _names(connection, "%")


def _insert(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO person VALUES ('Zarina')")
