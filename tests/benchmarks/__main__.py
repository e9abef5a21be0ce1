"""`make bench`: measure the parts, one after another, and write the figures into a file that grows.

python -m tests.benchmarks run [--part send,pace] [--full] [--json FILE]
python -m tests.benchmarks report [FILE] [--page docs/figures.md]
"""

import argparse
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from tests.benchmarks.machine import machine
from tests.benchmarks.parts import PARTS
from tests.benchmarks.processes import ROOT, client
from tests.benchmarks.report import table, write
from tests.benchmarks.sizes import FULL, USUAL

_FIGURES = ROOT / "docs" / "figures.json"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", help="measure")
    run.add_argument("--part", default="", help=f"some of {','.join(PARTS)} (default: all)")
    run.add_argument("--full", action="store_true", help="the whole broadcast of 10,000 at 30/s")
    run.add_argument("--json", type=Path, default=_FIGURES, help="where figures are kept (default: %(default)s)")
    run.set_defaults(run=_run)
    report = commands.add_parser("report", help="write docs/figures.md from the file")
    report.add_argument("json", type=Path, nargs="?", default=_FIGURES)
    report.add_argument("--page", type=Path, default=ROOT / "docs" / "figures.md")
    report.set_defaults(run=_report)
    options = parser.parse_args()
    options.run(options)


def _run(options: argparse.Namespace) -> None:
    figures: dict[str, Any] = {"parts": {}}
    if options.json.exists():
        figures = orjson.loads(options.json.read_bytes())
    for name in options.part.split(",") if options.part else PARTS:
        load, started = os.getloadavg()[0], time.monotonic()
        _say(f"{name} ... ", end="")
        measured = PARTS[name](FULL if options.full else USUAL, client)
        measured["taken"] = datetime.now(UTC).isoformat(timespec="minutes")
        measured["load"] = load
        measured["cpu"] = machine()["cpu"]
        figures["parts"][name] = measured
        figures["parts"] = {part: figures["parts"][part] for part in PARTS if part in figures["parts"]}
        if not options.part or "machine" not in figures:
            figures["machine"] = machine()
        options.json.write_bytes(orjson.dumps(figures, option=orjson.OPT_INDENT_2))
        _say(f"{time.monotonic() - started:.0f} s\n{table({name: measured})}\n")
    _say(f"All so far, in {options.json}:\n{table(figures['parts'])}")


def _report(options: argparse.Namespace) -> None:
    write(orjson.loads(options.json.read_bytes()), options.page)
    _say(f"written: {options.page}")


def _say(text: str, end: str = "\n") -> None:
    print(text, end=end, flush=True)  # noqa: T201 - a command line speaks through print


if __name__ == "__main__":
    main()
