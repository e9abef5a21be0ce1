"""What the command line prints: whatever the terminal can show, without secrets, and to the end."""

import io
import os
import sys
from contextlib import suppress

from bot.redaction import redacted


def prepare() -> None:
    """Let no sign stop the output: what the terminal cannot show comes as its number, like \\u04b3."""
    _keep_places()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _keep_places() -> None:
    """Nothing that is opened later takes the place of a stream that was closed: a socket would get what is printed."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free: this one


def note(text: str) -> None:
    """Write on standard error. Where nobody can read it, nobody does."""
    if sys.stderr is None:  # print would take the standard output then
        return
    with suppress(OSError):
        print(redacted(text), file=sys.stderr, flush=True)


def complain(sentence: str) -> None:
    """Say why a command failed."""
    note(f"hamroh: {sentence}")


def flush() -> None:
    """Hand over what was printed. Raises OSError when nobody takes it; a stream that is closed took nothing."""
    if sys.stdout is not None:
        sys.stdout.flush()
