"""The attempt log, a file beside the database: it tells which rows that a kill left `sending` may have been sent.

A claim marks many rows at once, and a kill would leave all of them unclear, although the requests of most had not
started. Each attempt is recorded right before its request starts: a write to the page cache (2 µs), which outlives the
process, but not the machine. After a restart of the machine nothing is known, and every row in flight is unclear.
"""

import os
import struct
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.store import private

_ENTRY: Final = struct.Struct("<qq")
_SUFFIX: Final = ".begun"  # released versions wrote this file; under another name an update would not find it
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_COMPACT_AFTER: Final = 10_000  # records after which the next idle moment truncates the file


class AttemptLog:
    """The log of one database. `read` what the last process wrote, then `start` a new one."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}{_SUFFIX}")
        self._file = -1
        self._recorded = 0

    def read(self) -> frozenset[tuple[int, int]] | None:
        """The rows (id, attempt) whose requests had started; None when that cannot be known."""
        try:
            content = self._path.read_bytes()
            boot = _boot()
        except OSError:
            return None
        if not content.startswith(boot):
            return None
        entries = content[len(boot) :]
        whole = len(entries) - len(entries) % _ENTRY.size
        return frozenset(_ENTRY.iter_unpack(entries[:whole]))

    def start(self) -> None:
        """Empty the file. Where it cannot be written nothing is recorded, and nothing will be known."""
        self.close()
        self._recorded = 0
        try:
            private.make_file(self._path)
            self._file = os.open(self._path, os.O_WRONLY | os.O_TRUNC | os.O_APPEND)
            os.write(self._file, _boot())
        except OSError:
            self._give_up()

    def record(self, row_id: int, attempt: int) -> None:
        """The request of this row starts now. `attempt` counts from 1."""
        if self._file < 0:
            return
        try:
            os.write(self._file, _ENTRY.pack(row_id, attempt))
            self._recorded += 1
        except OSError:
            self._give_up()

    def compact(self) -> None:
        """Call when nothing is in flight and every result is committed: the records are not needed any more."""
        if self._recorded > _COMPACT_AFTER:
            self.start()

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _give_up(self) -> None:
        self.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _boot() -> bytes:
    return _BOOT.read_bytes().strip() + b"\n"
