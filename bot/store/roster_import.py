"""Files that were read and not taken yet, what taking one would do, and whom its rows may be about."""

import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import from_text, to_text
from bot.documents.roster_table import FACTS, RosterFacts, RosterProblem
from bot.store import roster as roster_store
from bot.store.roster import RosterEntry

KEPT: Final = timedelta(hours=12)
_AT_ONCE: Final = 500
_SET = """
INSERT INTO roster_import (by_id, mark, rows, made_at) VALUES (?, ?, ?, ?)
ON CONFLICT (by_id) DO UPDATE SET mark = excluded.mark, rows = excluded.rows, made_at = excluded.made_at
"""
_GET = "SELECT rows FROM roster_import WHERE by_id = ? AND mark = ? AND made_at > ?"
_MADE = "SELECT made_at FROM roster_import WHERE by_id = ?"
_END = "DELETE FROM roster_import WHERE by_id = ?"
_PRUNE = "DELETE FROM roster_import WHERE made_at <= ?"
_COLUMNS: Final = frozenset({"id", "phone", "name_key"})


@dataclass(frozen=True, slots=True)
class RosterChange:
    """What a file changes of an entry: the columns, each with what the roster says and what the file says."""

    entry: RosterEntry
    facts: RosterFacts

    @property
    def columns(self) -> tuple[tuple[str, str, str], ...]:
        """The columns that differ, with the value before and after."""
        before = self.entry.facts
        both = [(name, getattr(before, name) or "", getattr(self.facts, name) or "") for name in FACTS]
        return tuple(one for one in both if one[1] != one[2])


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What taking a file would do. `erased` rows are of entries that are not there any more: they are left out.

    `gone` names some of the `gone_count` people who have not joined and are not in the file. `problems` are only those
    that the roster shows; the file has its own.
    """

    new: tuple[RosterFacts, ...]
    changed: tuple[RosterChange, ...]
    same: int
    erased: int
    gone: tuple[str, ...]
    gone_count: int
    problems: tuple[RosterProblem, ...] = ()

    @property
    def changes(self) -> int:
        """How many entries are added or changed."""
        return len(self.new) + len(self.changed)


@dataclass(frozen=True, slots=True)
class RosterTaken:
    """What became of a file: how many entries were added, changed and removed."""

    new: int
    changed: int
    removed: int


def keep(connection: sqlite3.Connection, by_id: int, mark: str, rows: bytes, now: datetime) -> None:
    """Keep what a file says until it is taken; an organizer has one."""
    connection.execute(_SET, (by_id, mark, zlib.compress(rows, 1), to_text(now)))


def kept(connection: sqlite3.Connection, by_id: int, mark: str, now: datetime) -> bytes | None:
    """What the file said, while it is known."""
    row = connection.execute(_GET, (by_id, mark, to_text(now - KEPT))).fetchone()
    return None if row is None else zlib.decompress(row["rows"])


def made_at(connection: sqlite3.Connection, by_id: int) -> datetime | None:
    """When the file of this organizer was shown, while there is one."""
    row = connection.execute(_MADE, (by_id,)).fetchone()
    return None if row is None else from_text(row["made_at"])


def end(connection: sqlite3.Connection, by_id: int) -> None:
    """The file was taken, or is not wanted."""
    connection.execute(_END, (by_id,))


def prune(connection: sqlite3.Connection, now: datetime) -> int:
    """Forget files that nobody has taken; return how many."""
    return connection.execute(_PRUNE, (to_text(now - KEPT),)).rowcount


def entries_with(connection: sqlite3.Connection, column: str, values: Iterable[int | str]) -> list[RosterEntry]:
    """The entries with one of these values in `id`, `phone` or `name_key`. Raises KeyError for another column."""
    if column not in _COLUMNS:
        raise KeyError(column)
    wanted = sorted(set(values), key=str)
    found: list[RosterEntry] = []
    for begin in range(0, len(wanted), _AT_ONCE):
        found += roster_store.with_any(connection, column, wanted[begin : begin + _AT_ONCE])
    return found
