"""Both command lines as one: `python -m rehearsal ...` for what begins with `rehearsal`, else `python -m bot ...`."""

from collections.abc import Sequence

from bot import cli
from rehearsal import cli as rehearsal_cli


def main(arguments: Sequence[str]) -> int:
    """Run one command in this process and return its exit code."""
    program, *rest = arguments or [""]
    return rehearsal_cli.main(rest) if program == "rehearsal" else cli.main(arguments)
