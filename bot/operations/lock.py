"""One running bot a database: two would send everything twice."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store import private


class AlreadyRunningError(Exception):
    """Another process serves this database; the message is one sentence for a person."""


@contextmanager
def only_instance(database: Path) -> Iterator[None]:
    """Hold `<database>.lock` while the block runs. The kernel lets go of it however the process ends.

    Raises AlreadyRunningError with the holder's process id, OSError when the file cannot be made.
    """
    path = database.with_name(f"{database.name}.lock")
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
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
