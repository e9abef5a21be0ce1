"""Why the operating system refuses a file, in words for whoever named it."""

import errno
from pathlib import Path
from typing import Final

_WORDS: Final = {
    errno.ENOENT: "there is no such file or folder",
    errno.EACCES: "this account of the machine may not",
    errno.EPERM: "this account of the machine may not",
    errno.EROFS: "this disk can only be read",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its links lead in a circle",
    errno.ENOSPC: "the disk is full",
    errno.EADDRINUSE: "another program has it already",
    errno.EDQUOT: "this account's share of the disk is full",
}
_SHOWN: Final = 200  # characters of a path


def reason(error: OSError) -> str:
    """The cause alone, without the path, which may be long, and without a number."""
    if error.errno == errno.ENOENT and error.filename is None and error.strerror:
        return error.strerror  # no file was named: Python says what was looked for
    return _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__


def shortened(path: Path | str) -> str:
    """A path for a sentence: one that is too long for a file is too long for a person, too."""
    text = str(path)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
