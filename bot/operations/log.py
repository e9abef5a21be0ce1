"""The log: one line an event, on standard error; never a token, and nothing that people wrote or are called."""

import logging
import sys
from types import TracebackType
from typing import Final

from bot.errors import trace
from bot.redaction import redacted
from bot.settings import Settings

# At DEBUG these write statements, and every request with its text.
_CHATTY: Final = ("aiosqlite", "telegram")
_CONTROL: Final = {code: f"\\x{code:02x}" for code in (*range(32), 127, *range(128, 160), 0x2028, 0x2029)}

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Redacting(logging.Formatter):
    """Formats lines, tracebacks included, with the secret replaced. A line stays one, whatever is in it."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """The line without the secret, and without what looks like another."""
        line = super().format(record)
        return redacted(line.replace(self._secret, "<token>") if self._secret else line)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """One line: nobody forges another one by what they send."""
        return super().formatMessage(record).translate(_CONTROL)

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - logging's own name
        """The traceback, without the texts of errors that may quote people."""
        return trace(ei[1]) if ei[1] is not None else ""


def keep_secret(settings: Settings) -> None:
    """Log at the level of the settings to standard error, without the token."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(settings.token.get_secret_value()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.INFO)
