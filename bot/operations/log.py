"""The log: one line an event, on standard error, and never the token."""

import logging
import sys

from bot.settings import Settings


class Redacting(logging.Formatter):
    """Formats lines, tracebacks included, with the secret replaced."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """The line without the secret."""
        line = super().format(record)
        return line.replace(self._secret, "<token>") if self._secret else line


def keep_secret(settings: Settings) -> None:
    """Log at the level of the settings to standard error, without the token."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(settings.token.get_secret_value()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    logging.getLogger("aiosqlite").setLevel(logging.INFO)  # at DEBUG it writes two lines a statement
