"""The rehearsal's command line: `python -m rehearsal`. Every failure is one sentence and exit code 1."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bot.command_line import Failure, Parser, count, day, first_day, port, run, seed, settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a rehearsal and return the exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    return run(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m rehearsal",
        description="Watch a seminar happen, with no token and no network: Hamroh's rehearsal.",
    )
    parser.add_argument("--port", type=port, default=8765, help="where the page is (default: %(default)s)")
    parser.add_argument("--starts-on", type=day, metavar="YYYY-MM-DD", help="another first day")
    parser.add_argument("--seminar", type=Path, help="another seminar's folder")
    parser.add_argument("--server-only", action="store_true", help="only the stand-in Bot API server")
    parser.add_argument("--headless", action="store_true", help="no page: simulate the seminar and print a report")
    parser.add_argument("--teachers", type=count, default=30, help="how many teachers (default: %(default)s)")
    parser.add_argument("--days", type=count, help="how many days (default: all of the seminar)")
    parser.add_argument("--seed", type=seed, default=7, help="the seed of random decisions (default: %(default)s)")
    parser.add_argument("--report", type=Path, metavar="FILE.json", help="write the report as JSON too")
    parser.set_defaults(run=_rehearse)
    return parser


def _rehearse(options: argparse.Namespace) -> int:
    from rehearsal import headless, runner
    from rehearsal.harness import CannotRehearse

    chosen = settings()
    folder = options.seminar or chosen.seminar
    starts_on = first_day(options) or chosen.starts_on
    try:
        if options.server_only:
            return runner.server_only(port=options.port)
        if options.headless:
            return headless.run(
                seminar=folder,
                starts_on=starts_on,
                teachers=options.teachers,
                days=options.days,
                seed=options.seed,
                report=options.report,
            )
        return runner.rehearse(seminar=folder, starts_on=starts_on, port=options.port, seed=options.seed)
    except CannotRehearse as error:
        raise Failure(str(error)) from error
