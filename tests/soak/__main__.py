"""`make soak`: kills, floods and faults against the real process, checked from outside, with a report at the end."""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson
from rich.console import Console

from tests.soak import flood, inbound, outbound, properties
from tests.soak.outbound import Plan
from tests.soak.process_run import ROOT

PARTS: Final = ("outbound", "faults", "inbound", "flood", "properties")
_TEACHERS: Final = 1_000
console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Run the parts, two at a time, print the results, and write the report; 1 when anything is broken."""
    options = _options()
    console.print(f"seed {options.seed}", markup=False)
    if len(options.part) == 1:
        result = _run(options.part[0], options.kills, options.seed, options.folder)
        (options.report or options.folder / "report.json").write_bytes(orjson.dumps(result))
        return 0
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda part: _apart(part, options), options.part))
    parts = dict(zip(options.part, reports, strict=True))
    whole = {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "command": f"make soak KILLS={options.kills} SEED={options.seed}",
        "machine": f"{os.cpu_count()} cores, Python {sys.version.split()[0]}",
        "parts": parts,
    }
    if options.report:
        options.report.write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    held = [_show(part, report, options.folder) for part, report in parts.items()]
    console.print(f"seed {options.seed}: {'everything held' if all(held) else 'BROKEN'}", markup=False)
    return 0 if all(held) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument(
        "--kills", type=int, default=50, help="so many at crash points and so many at random (1000: all of it)"
    )
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this (may be repeated)")
    parser.add_argument("--folder", type=Path, help="where databases, journals and logs are left")
    parser.add_argument("--report", type=Path, metavar="FILE.json")
    options = parser.parse_args()
    options.part = options.part or list(PARTS)
    options.folder = (options.folder or Path(tempfile.mkdtemp(prefix="hamroh-soak-"))).resolve()
    options.folder.mkdir(parents=True, exist_ok=True)
    return options


def _run(part: str, kills: int, seed: int, folder: Path) -> dict[str, Any]:
    """One part. KILLS=1000 is all of it: 2,000 kills, 100,000 sends, 20,000 updates, 10,000 examples."""
    if part == "properties":
        return properties.run(examples=max(100, kills * 10), seed=seed)
    if part == "inbound":
        return asyncio.run(
            inbound.run(folder, kills=max(10, kills // 5), updates=max(1000, kills * 20), seed=seed, tell=_tell)
        )
    if part == "flood":
        seconds = max(30.0, min(600.0, kills * 1.0))
        noise = flood.Plan(seconds, kills=max(2, kills // 25), backlog=max(1_000, min(10_000, kills * 10)), seed=seed)
        return asyncio.run(flood.run(folder, noise, _tell))
    events = 0 if part == "outbound" else max(1, kills // 10)
    plan = Plan(kills if part == "outbound" else 0, _TEACHERS, seed, events=events)
    return asyncio.run(outbound.run(folder, plan, _tell))


def _apart(part: str, options: argparse.Namespace) -> dict[str, Any]:
    """One part in a process of its own."""
    folder = options.folder / part
    folder.mkdir(exist_ok=True)
    report = folder / "report.json"
    numbers = ["--kills", str(options.kills), "--seed", str(options.seed)]
    command = [sys.executable, "-m", "tests.soak", "--part", part, *numbers, "--folder", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            console.print(f"{part:>9}: {line.rstrip()}", markup=False)
    if process.returncode or not report.exists():
        return {"held": False, "output": "".join(lines[-40:])}
    result: dict[str, Any] = orjson.loads(report.read_bytes())
    return result


def _tell(line: str) -> None:
    console.print(line, markup=False)


def _show(part: str, report: dict[str, Any], folder: Path) -> bool:
    console.print(f"\n{part}", style="bold")
    for name, result in report.get("results", {}).items():
        sign = "✓" if result["held"] else "✗"
        more = "" if result["held"] else f" ({result['broken']}): " + "; ".join(map(str, result["examples"]))
        console.print(f"  {sign} {name}{more}", markup=False)
    figures = {name: value for name, value in report.items() if name not in {"results", "output"}}
    console.print(f"  {orjson.dumps(figures).decode()}", markup=False)
    if not report.get("held"):
        console.print(f"  left in {folder / part}: database, journal, log\n{report.get('output', '')}", markup=False)
    return bool(report.get("held"))


if __name__ == "__main__":
    sys.exit(main())
