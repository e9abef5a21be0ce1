"""One running bot a database: two would send everything twice. Whatever name it goes by, it is the same file."""

import errno
import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.store import private

# A byte of the database file that only Hamroh locks: SQLite's own locks are at 1 GB, and no database is that large.
_FLAG: Final = 1 << 60
_HELD: Final = frozenset({errno.EAGAIN, errno.EACCES})


class AlreadyRunningError(Exception):
    """Another process serves this database; the message is one sentence for a person."""


@contextmanager
def only_instance(database: Path) -> Iterator[None]:
    """Hold the database while the block runs. The kernel lets go of it however the process ends.

    `<database>.lock` beside the file that symbolic links lead to says who holds it; a lock on the file itself also
    stops whoever comes by a hard link. Raises AlreadyRunningError, OSError when a file cannot be made.
    """
    real = private.real_file(database)
    path = real.with_name(f"{real.name}.lock")
    private.make_folder(path.parent)
    private.make_file(path)
    # The file stays: to remove it would let a third process lock a new file while a second holds the old one.
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise AlreadyRunningError(
                f"another Hamroh (process {holder}) already serves {database}; stop it first"
            ) from None
        with _flagged(real, database):
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            yield


@contextmanager
def _flagged(real: Path, database: Path) -> Iterator[None]:
    """Hold a byte of the file. It is closed after SQLite has closed it: to close it drops SQLite's locks, too."""
    private.make_file(real)
    descriptor = os.open(real, os.O_RDWR | os.O_CLOEXEC)
    try:
        try:
            _flag(descriptor)
        except OSError as error:
            if error.errno in _HELD:
                raise AlreadyRunningError(
                    f"another Hamroh already serves {database} by another name of the file; stop it first"
                ) from None
        yield
    finally:
        os.close(descriptor)


def _flag(descriptor: int) -> None:
    """Lock the byte for this open file. Raises OSError when it is held, or where the file system has no such locks.

    Not `flock` of the whole file: some systems let that stop SQLite.
    """
    set_lock: int | None = getattr(fcntl, "F_OFD_SETLK", None)  # Linux, and newer BSDs
    if set_lock is not None:
        # struct flock: type, whence, start, length, process
        fcntl.fcntl(descriptor, set_lock, struct.pack("hhqqi0q", fcntl.F_WRLCK, os.SEEK_SET, _FLAG, 1, 0))
