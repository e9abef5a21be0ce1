"""What every command line of Hamroh shares: failures as one sentence, arguments that are judged, the settings."""

import argparse
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final, NoReturn

from bot import output
from bot.reasons import reason, shortened
from bot.redaction import redacted

if TYPE_CHECKING:  # each command imports what it needs: half of a start is imports
    from bot.settings import Settings

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT: Final = re.compile(r"[0-9]{1,6}")
_SEED: Final = re.compile(r"-?[0-9]{1,18}")  # what a report in JSON can hold
_LAST_PORT: Final = 65_534  # the stand-in's page is one further
_SHOWN: Final = 80  # characters of what somebody typed


class Failure(Exception):  # noqa: N818 - it is how a command ends, not a bug
    """A command cannot go on; the message is for the person at the terminal."""


def run(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    """Run the command that the arguments name and return the exit code: 0 done, 1 failed, 2 misused, 130 interrupted.

    A command is a function of the parsed arguments under `run`; it returns its exit code.
    """
    output.prepare()
    options = parser.parse_args(arguments)
    try:
        code = int(options.run(options))
        output.flush()
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - whatever it is, a person at a terminal reads one sentence
        output.complain(_sentence(error))
        return 1
    return code


def _sentence(error: Exception) -> str:
    """What to tell of a failure, in words that name the way out where there is one."""
    import sqlite3

    match error:
        case Failure():
            return str(error)
        case ModuleNotFoundError():
            return f"{error.name or error} is not installed here; start it with make, or with .venv/bin/python"
        case BrokenPipeError():
            return "the output was not read to its end"
        case sqlite3.Error():
            return f"the database cannot be used: {error}"
        case OSError():
            where = f"{shortened(error.filename)}: " if error.filename else ""
            return f"{where}{reason(error)}"
        case _:
            from bot.errors import described

            return f"{described(error)}: this is a mistake in Hamroh itself; please tell those who look after it"


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the command line, but repeats no token that was pasted there."""

    def error(self, message: str) -> NoReturn:
        """End the process with exit code 2."""
        super().error(redacted(message))


def day(text: str) -> date:
    """A day like 2025-08-04. Raises ArgumentTypeError, as all arguments here do."""
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{_shown(text)} is not a day; write it like 2025-08-04") from None


def first_day(options: argparse.Namespace) -> date | None:
    """The first day that was asked for. Raises Failure for one that no seminar can have."""
    from bot.clock import read_date

    asked: date | None = options.starts_on
    if asked is not None and read_date(asked.isoformat()) is None:
        raise Failure(f"no seminar starts on {asked}; write a day from 2000-01-01 on, like 2025-08-04")
    return asked


def count(text: str) -> int:
    """A number from 1 to 999999."""
    if not _COUNT.fullmatch(text) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{_shown(text)} is not a count; write a number from 1 to 999999")
    return int(text)


def seed(text: str) -> int:
    """A whole number of at most 18 digits."""
    if not _SEED.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{_shown(text)} is not a seed; write a whole number like 7")
    return int(text)


def port(text: str) -> int:
    """A port; 0 for any that is free."""
    if not _COUNT.fullmatch(text) or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{_shown(text)} is not a port; write a number from 0 to {_LAST_PORT}")
    return int(text)


def _shown(text: str) -> str:
    return repr(text[:_SHOWN])


def settings() -> "Settings":
    """The settings of this process. Raises Failure with one line a wrong variable."""
    from bot.environment import SettingsError, read

    try:
        return read()
    except SettingsError as error:
        several = len(error.problems) > 1
        raise Failure("\n  ".join(["the settings cannot be read:"] * several + [*error.problems])) from None


def leave(main: Callable[[], int]) -> NoReturn:
    """Run a program to its end and leave the process with its exit code."""
    try:
        code = main()
    except SystemExit as ended:  # a word of the command line was wrong, or asked for help
        code = ended.code if isinstance(ended.code, int) else 0
    # Threads of the HTTP library may be at work in Python still. While it is taken down under them, they abort the
    # process.
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):  # there is none, or nobody reads it
            stream.flush()
    os._exit(code)
