"""Files that hold what people told the bot: for the bot's own account alone, whatever the umask says."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

FILE: Final = 0o600
FOLDER: Final = 0o700
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def real_file(path: Path) -> Path:
    """Where the file really is, whatever links lead there. Raises OSError for what can be no file."""
    try:
        real = path.resolve()
    except RuntimeError:  # before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None
    if real.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if real.exists() and not real.is_file():
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    return real


def make_folder(path: Path) -> None:
    """Make the folder, closed to others; one that is there stays as it is. Raises OSError."""
    if not path.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(mode=FOLDER)


def make_file(path: Path) -> None:
    """Make an empty file, closed to others, or close one that is there. Raises OSError.

    A file that is there is not opened: to close it again would drop the locks that SQLite holds in this process.
    """
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE))
    except FileExistsError:
        close_file(path)


def close_file(path: Path) -> None:
    """Take the rights to a file away from everybody but its owner; one that is not there, or not ours, stays so."""
    with suppress(FileNotFoundError, PermissionError):
        if is_open_to_others(path):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)


def is_open_to_others(path: Path) -> bool:
    """Whether other accounts of this machine may read or change it. Raises OSError."""
    return bool(path.stat().st_mode & _OTHERS)
