"""An error in words that can be kept and shown: what it is and where, without what people wrote or are called.

The text of an error often quotes the value that it failed over, so only the texts of those that quote none are told.
"""

import re
import sqlite3
import traceback
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from telegram.error import TelegramError

_TELLING: Final = (TelegramError, sqlite3.Error, OSError)
_QUOTED: Final = re.compile(r'"[^"]*"|“[^”]*”')  # Telegram quotes the mark-up that it cannot read
_OURS: Final = ("bot", "handlers")
_LONGEST: Final = 300


def described(error: BaseException) -> str:
    """The error in one line: `ValueError in handlers/help.py:93`, `BadRequest: Chat not found`."""
    name = type(error).__name__
    if isinstance(error, _TELLING):
        text = " ".join(without_quotes(str(error)).split())
        return f"{name}: {text}"[:_LONGEST] if text else name
    place = _place(error)
    return f"{name} in {place}" if place else name


def without_quotes(text: str) -> str:
    """What Telegram or SQLite said, without what it quotes of a message."""
    return _QUOTED.sub("…", text)


def trace(error: BaseException) -> str:
    """The traceback with everything that led to the error, the first cause first."""
    parts = ["".join(traceback.format_tb(one.__traceback__)) + described(one) for one in _chain(error)]
    return "\n\nand then\n\n".join(reversed(parts))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _place(error: BaseException) -> str:
    """The innermost line of this project that the error came through, "" where there is none."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        parts = PurePath(frame.filename).parts
        ours = [at for at, part in enumerate(parts) if part in _OURS and "site-packages" not in parts]
        if ours:
            return f"{'/'.join(parts[ours[-1] :])}:{frame.lineno}"
    return ""
