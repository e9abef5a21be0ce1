"""The command line: run, rehearse, check, invite. Every failure is one sentence on standard error and exit code 1."""

import argparse
import gc
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from bot import output
from bot.access import Role
from bot.reasons import reason, shortened
from bot.redaction import redacted

if TYPE_CHECKING:  # each command imports what it needs: half of a start is imports
    from bot.programme import Seminar
    from bot.settings import Settings


_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT: Final = re.compile(r"[0-9]{1,6}")
_SEED: Final = re.compile(r"-?[0-9]{1,18}")  # what a report in JSON can hold
_LAST_PORT: Final = 65_534  # the stand-in's page is one further
_SHOWN: Final = 80  # letters of what somebody typed


class Failure(Exception):  # noqa: N818 - it is how a command ends, not a bug
    """A command cannot go on; the message is for the person at the terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    output.prepare()
    options = _parser().parse_args(arguments)
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
            return f"{error.name or error} is not installed here; start it with make, or with .venv/bin/python -m bot"
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


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the command line, but repeats no token that was pasted there."""

    def error(self, message: str) -> NoReturn:
        """End the process with exit code 2."""
        super().error(redacted(message))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m bot", description="Hamroh, a companion for the people of a seminar.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="be the bot, with the token in .env")
    run.set_defaults(run=_run)

    rehearse = commands.add_parser("rehearse", help="watch a seminar happen, with no token and no network")
    rehearse.add_argument("--port", type=_port, default=8765, help="where the page is (default: %(default)s)")
    rehearse.add_argument("--starts-on", type=_day, metavar="YYYY-MM-DD", help="another first day")
    rehearse.add_argument("--seminar", type=Path, help="another seminar's folder")
    rehearse.add_argument("--server-only", action="store_true", help="only the stand-in Bot API server")
    rehearse.add_argument("--headless", action="store_true", help="no page: play the seminar and print a report")
    rehearse.add_argument("--teachers", type=_count, default=30, help="how many teachers (default: %(default)s)")
    rehearse.add_argument("--days", type=_count, help="how many days (default: all of the seminar)")
    rehearse.add_argument("--seed", type=_seed, default=7, help="the crowd's seed (default: %(default)s)")
    rehearse.add_argument("--report", type=Path, metavar="FILE.json", help="write the report as JSON too")
    rehearse.set_defaults(run=_rehearse)

    check = commands.add_parser("check", help="read a seminar's folder and say what it holds or what is wrong")
    check.add_argument("path", type=Path, metavar="PATH")
    check.add_argument("--starts-on", type=_day, metavar="YYYY-MM-DD", help="another first day")
    check.add_argument("--translated", action="store_true", help="say that all languages say the same, as they are now")
    check.set_defaults(run=_check)

    invite = commands.add_parser("invite", help="make an invitation link, list those that work, or withdraw one")
    what = invite.add_mutually_exclusive_group(required=True)
    roles = [Role.TEACHER.value, Role.ORGANIZER.value, Role.COORDINATOR.value, Role.OWNER.value]
    what.add_argument("role", nargs="?", choices=roles, help="make a link for this role")
    what.add_argument("--list", action="store_true", help="list the links that work, and the owners")
    what.add_argument("--revoke", type=_count, metavar="NUMBER", help="withdraw the link with this number")
    invite.set_defaults(run=_invite)
    return parser


def _day(text: str) -> date:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{_shown(text)} is not a day; write it like 2025-08-04") from None


def _first_day(options: argparse.Namespace) -> date | None:
    """The first day that was asked for. Raises Failure for one that no seminar can have."""
    from bot.clock import read_date

    day: date | None = options.starts_on
    if day is not None and read_date(day.isoformat()) is None:
        raise Failure(f"no seminar starts on {day}; write a day from 2000-01-01 on, like 2025-08-04")
    return day


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{_shown(text)} is not a count; write a number from 1 to 999999")
    return int(text)


def _seed(text: str) -> int:
    if not _SEED.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{_shown(text)} is not a seed; write a whole number like 7")
    return int(text)


def _port(text: str) -> int:
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


def _run(_: argparse.Namespace) -> int:
    gc.disable()  # what a start makes stays: to look for garbage in it takes a tenth of the start
    try:
        return _serve()
    finally:
        gc.enable()


def _serve() -> int:
    from bot import app, service

    chosen = settings()
    if not chosen.token.get_secret_value():
        raise Failure("there is no token: put HAMROH_TOKEN=... from @BotFather into .env, or try `make rehearse` first")
    try:
        return service.run(chosen)
    except app.CannotStart as error:
        raise Failure(str(error)) from error


def _rehearse(options: argparse.Namespace) -> int:
    from bot.rehearsal import headless, stage

    chosen = settings()
    folder = options.seminar or chosen.seminar
    starts_on = _first_day(options) or chosen.starts_on
    try:
        if options.server_only:
            return stage.server_only(port=options.port)
        if options.headless:
            return headless.run(
                seminar=folder,
                starts_on=starts_on,
                teachers=options.teachers,
                days=options.days,
                seed=options.seed,
                report=options.report,
            )
        return stage.rehearse(seminar=folder, starts_on=starts_on, port=options.port, seed=options.seed)
    except stage.CannotRehearse as error:
        raise Failure(str(error)) from error


def _check(options: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from bot.programme import SeminarError, load, readiness, summary
    from bot.programme.folder_warnings import folder_warnings
    from bot.programme.warnings import warnings

    try:
        first = _first_day(options) or _set_first_day(options.path)
        seminar = load(options.path, starts_on=first)
        if options.translated:
            return _remember(options.path)
        today = seminar.today(SystemClock().now())
        unready = readiness.warnings(seminar, today, options.path)
        unmeant = [*warnings(seminar), *folder_warnings(options.path, first), *unready]
        unmeant += _changed_since_answered(seminar, options.path)
        print("\n".join([summary(seminar), *(f"\n{line}" for line in unmeant)]))
    except SeminarError as error:
        output.note("\n".join(str(problem) for problem in error.problems))
        return 1
    return 0


def _remember(folder: Path) -> int:
    """Take the translations of a folder for up to date."""
    from bot.programme.folder_warnings import remember_translations

    try:
        said = remember_translations(folder)
    except OSError as error:
        raise Failure(f"{shortened(folder)} cannot be written to: {reason(error)}") from error
    print(said)
    return 0


def _set_first_day(folder: Path) -> date | None:
    """The first day that the settings give the seminar in this folder: `run` would take it. None for other folders."""
    try:
        chosen = settings()
        return chosen.starts_on if folder.resolve() == chosen.seminar.resolve() else None
    except (Failure, OSError, ValueError, RuntimeError):
        return None


def _changed_since_answered(seminar: "Seminar", folder: Path) -> list[str]:
    """Warnings of what people chose and what is another thing now; none where the settings cannot be read."""
    from bot.operations import answered

    try:
        return answered.check(settings().database, seminar, folder)
    except Failure:
        return []


def _invite(options: argparse.Namespace) -> int:
    import asyncio

    from bot import app, service

    try:
        if options.list:
            print(asyncio.run(service.invitations(settings())))
        elif options.revoke:
            print(asyncio.run(service.revoke_invitation(settings(), options.revoke)))
        else:
            link, how = asyncio.run(service.invitation(settings(), Role(options.role)))
            print(link)
            output.note(how)  # the link alone can be copied, or handed to another program
    except app.CannotStart as error:
        raise Failure(str(error)) from error
    return 0
