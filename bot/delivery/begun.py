"""Which requests have begun, in a file beside the database: what a kill left `sending` may never have been sent.

A claim marks many rows at once, and a kill would leave all of them unclear, although the requests of most had not
begun. Each request is noted right before it starts: a write to the page cache (2 µs), which outlives the process, not
the machine. After a restart of the machine nothing is known, and every row that was under way is unclear.
"""

import os
import struct
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.store import private

_ENTRY: Final = struct.Struct("<qq")
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_MANY: Final = 10_000  # notes after which a quiet moment is used to begin anew


class Begun:
    """The notes. `read` what the last process wrote, then `begin` anew."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.begun")
        self._file = -1
        self._noted = 0

    def read(self) -> frozenset[tuple[int, int]] | None:
        """The rows (id, attempt) whose requests had begun; None when that cannot be known."""
        try:
            found = self._path.read_bytes()
            boot = _boot()
        except OSError:
            return None
        if not found.startswith(boot):
            return None
        entries = found[len(boot) :]
        whole = len(entries) - len(entries) % _ENTRY.size
        return frozenset(_ENTRY.iter_unpack(entries[:whole]))

    def begin(self) -> None:
        """Forget what was; without a file nothing is noted, and nothing will be known."""
        self.close()
        self._noted = 0
        try:
            private.make_file(self._path)
            self._file = os.open(self._path, os.O_WRONLY | os.O_TRUNC | os.O_APPEND)
            os.write(self._file, _boot())
        except OSError:
            self._give_up()

    def note(self, row_id: int, attempt: int) -> None:
        """The request of this row begins now."""
        if self._file < 0:
            return
        try:
            os.write(self._file, _ENTRY.pack(row_id, attempt))
            self._noted += 1
        except OSError:
            self._give_up()

    def rest(self) -> None:
        """No request is under way and every end is marked: what was noted is not needed any more."""
        if self._noted > _MANY:
            self.begin()

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
