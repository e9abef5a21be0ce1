"""`make fuzz N=1000000`: so many updates in two processes, a part of them over HTTP; 1 when there are findings."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

import orjson
from rich.console import Console

from bot.store.inbox import REJECTED
from tests.fuzz.fuzzer import Result, run

_OVER_HTTP: Final = 50  # one update in so many
console = Console(highlight=False, soft_wrap=True)


def main() -> int:
    """Feed, print the findings with the smallest update that does it, and say how many there were."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=int(time.time()) % 1_000_000)
    parser.add_argument("--report", type=Path, metavar="FILE.json")
    options = parser.parse_args()
    console.print(f"seed {options.seed}", markup=False)
    over_http = options.updates // _OVER_HTTP
    half = (options.updates - over_http + 1) // 2
    started = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        jobs = [
            pool.submit(_part, half, options.seed, False),
            pool.submit(_part, options.updates - over_http - half, options.seed + 1, False),
            pool.submit(_part, over_http, options.seed + 2, True),
        ]
        results = [job.result() for job in jobs]
    findings = sum(len(result.findings) for result in results)
    report = {
        "command": f"make fuzz N={options.updates} SEED={options.seed}",
        "updates": sum(result.updates for result in results),
        "over_http": results[-1].updates,
        "seconds": round(time.monotonic() - started, 1),
        "states": {state: sum(r.states[state] for r in results) for state in ("done", REJECTED, "failed")},
        "lost": sum(result.lost for result in results),
        "good_updates_answered": sum(result.answered for result in results),
        "findings": findings,
    }
    for result in results:
        _show(result)
    console.print(orjson.dumps(report).decode(), markup=False)
    if options.report:
        options.report.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return 1 if findings else 0


def _part(updates: int, seed: int, http: bool) -> Result:
    with tempfile.TemporaryDirectory(prefix="hamroh-fuzz-") as folder:
        return asyncio.run(run(Path(folder), updates=updates, seed=seed, http=http, tell=_tell))


def _tell(line: str) -> None:
    console.print(line, markup=False)


def _show(result: Result) -> None:
    for finding in result.findings.values():
        console.print(f"\nseed {result.seed}, {finding.times} times: {finding.what}\n{finding.where}", markup=False)
        console.print(json.dumps(finding.update)[:2_000], markup=False)


if __name__ == "__main__":
    sys.exit(main())
