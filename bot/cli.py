"""The command line: run, rehearse, check, invite. Every failure is one sentence on standard error and exit code 1."""

import argparse
import gc
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.access import Role

if TYPE_CHECKING:  # each command imports what it needs: half of a start is imports
    from bot.settings import Settings


class Failure(Exception):  # noqa: N818 - it is how a command ends, not a bug
    """A command cannot go on; the message is for the person at the terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Failure as failure:
        print(f"hamroh: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Hamroh, a companion for the people of a seminar."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="be the bot, with the token in .env")
    run.set_defaults(run=_run)

    rehearse = commands.add_parser("rehearse", help="watch a seminar happen, with no token and no network")
    rehearse.add_argument("--port", type=int, default=8765, help="where the page is (default: %(default)s)")
    rehearse.add_argument("--starts-on", type=_day, metavar="YYYY-MM-DD", help="another first day")
    rehearse.add_argument("--seminar", type=Path, help="another seminar's folder")
    rehearse.add_argument("--server-only", action="store_true", help="only the stand-in Bot API server")
    rehearse.add_argument("--headless", action="store_true", help="no page: play the seminar and print a report")
    rehearse.add_argument("--teachers", type=_count, default=30, help="how many teachers (default: %(default)s)")
    rehearse.add_argument("--days", type=_count, help="how many days (default: all of the seminar)")
    rehearse.add_argument("--seed", type=int, default=7, help="the crowd's seed (default: %(default)s)")
    rehearse.add_argument("--report", type=Path, metavar="FILE.json", help="write the report as JSON too")
    rehearse.set_defaults(run=_rehearse)

    check = commands.add_parser("check", help="read a seminar's folder and say what it holds or what is wrong")
    check.add_argument("path", type=Path, metavar="PATH")
    check.add_argument("--starts-on", type=_day, metavar="YYYY-MM-DD", help="another first day")
    check.set_defaults(run=_check)

    invite = commands.add_parser("invite", help="make an invitation link, list those that work, or call one back")
    what = invite.add_mutually_exclusive_group(required=True)
    roles = [Role.TEACHER.value, Role.ORGANIZER.value, Role.COORDINATOR.value, Role.OWNER.value]
    what.add_argument("role", nargs="?", choices=roles, help="make a link for this role")
    what.add_argument("--list", action="store_true", help="list the links that work, and the owners")
    what.add_argument("--revoke", type=_count, metavar="NUMBER", help="call the link with this number back")
    invite.set_defaults(run=_invite)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it like 2025-08-04") from error


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a count; write a number from 1")
    return int(text)


def settings() -> "Settings":
    """The settings of this process. Raises Failure with one line a wrong variable."""
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        lines = [f"HAMROH_{str(e['loc'][0]).upper()}: {e['msg']} (it says {e['input']!r})" for e in error.errors()]
        raise Failure("the settings cannot be read:\n  " + "\n  ".join(lines)) from error


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
    starts_on = options.starts_on or chosen.starts_on
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
    from bot.programme import SeminarError, load, summary
    from bot.programme.folder_warnings import folder_warnings
    from bot.programme.warnings import warnings

    try:
        seminar = load(options.path, starts_on=options.starts_on)
        unmeant = [*warnings(seminar), *folder_warnings(options.path, options.starts_on)]
        print("\n".join([summary(seminar), *(f"\n{line}" for line in unmeant)]))
    except SeminarError as error:
        print("\n".join(str(problem) for problem in error.problems), file=sys.stderr)
        return 1
    return 0


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
            print(how, file=sys.stderr)  # the link alone can be copied, or handed to another program
    except app.CannotStart as error:
        raise Failure(str(error)) from error
    return 0
