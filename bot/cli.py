"""The command line: run, check, invite. Every failure is one sentence on standard error and exit code 1."""

import argparse
import gc
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot import output
from bot.access import Role
from bot.command_line import Failure, Parser, count, day, first_day, run, settings
from bot.reasons import reason, shortened
from bot.redaction import redacted

if TYPE_CHECKING:  # each command imports what it needs: half of a start is imports
    from bot.programme import Seminar


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    return run(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m bot", description="Hamroh, a companion for the people of a seminar.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="be the bot, with the token in .env")
    run.set_defaults(run=_run)

    # No prefix is an option's here: whatever follows is handed on.
    rehearse = commands.add_parser(
        "rehearse", help="moved: make rehearse, or python -m rehearsal", prefix_chars="\0", add_help=False
    )
    rehearse.add_argument("arguments", nargs="*")
    rehearse.set_defaults(run=_rehearse)

    check = commands.add_parser("check", help="read a seminar's folder and say what it holds or what is wrong")
    check.add_argument("path", type=Path, metavar="PATH")
    check.add_argument("--starts-on", type=day, metavar="YYYY-MM-DD", help="another first day")
    check.add_argument("--translated", action="store_true", help="say that all languages say the same, as they are now")
    check.set_defaults(run=_check)

    invite = commands.add_parser("invite", help="make an invitation link, list those that work, or withdraw one")
    what = invite.add_mutually_exclusive_group(required=True)
    roles = [Role.TEACHER.value, Role.ORGANIZER.value, Role.COORDINATOR.value, Role.OWNER.value]
    what.add_argument("role", nargs="?", choices=roles, help="make a link for this role")
    what.add_argument("--list", action="store_true", help="list the links that work, and the owners")
    what.add_argument("--revoke", type=count, metavar="NUMBER", help="withdraw the link with this number")
    invite.set_defaults(run=_invite)
    return parser


def _run(_: argparse.Namespace) -> int:
    gc.disable()  # what a start makes stays: to scan it for garbage takes a tenth of the start
    try:
        return _serve()
    finally:
        gc.enable()


def _serve() -> int:
    from bot import run_command, startup

    chosen = settings()
    if not chosen.token.get_secret_value():
        raise Failure("there is no token: put HAMROH_TOKEN=... from @BotFather into .env, or try `make rehearse` first")
    try:
        return run_command.run(chosen)
    except startup.CannotStart as error:
        raise Failure(str(error)) from error


def _rehearse(options: argparse.Namespace) -> int:
    import shlex

    command = shlex.join(["python", "-m", "rehearsal", *options.arguments])
    raise Failure(f"the rehearsal is a program of its own now: make rehearse, or {redacted(command)}")


def _check(options: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from bot.programme import SeminarError, load, readiness, summary
    from bot.programme.folder_warnings import folder_warnings
    from bot.programme.warnings import warnings

    try:
        first = first_day(options) or _set_first_day(options.path)
        seminar = load(options.path, starts_on=first)
        if options.translated:
            return _remember(options.path)
        today = seminar.today(SystemClock().now())
        unready = readiness.warnings(seminar, today, options.path)
        unmeant = [*warnings(seminar), *folder_warnings(options.path, first), *unready]
        unmeant += _kept(seminar, options.path)
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


def _kept(seminar: "Seminar", folder: Path) -> list[str]:
    """Warnings of what the database holds: of answers that mean another thing now, and of a programme from the chat.

    None where the settings cannot be read.
    """
    from bot.operations import adoption, answered

    try:
        database = settings().database
    except Failure:
        return []
    return [*answered.check(database, seminar, folder), *adoption.check(database, seminar, folder)]


def _invite(options: argparse.Namespace) -> int:
    import asyncio

    from bot import invite_command, startup

    try:
        if options.list:
            print(asyncio.run(invite_command.invitations(settings())))
        elif options.revoke:
            print(asyncio.run(invite_command.revoke_invitation(settings(), options.revoke)))
        else:
            link, how = asyncio.run(invite_command.invitation(settings(), Role(options.role)))
            print(link)
            output.note(how)  # the link alone can be copied, or handed to another program
    except startup.CannotStart as error:
        raise Failure(str(error)) from error
    return 0
