"""`python -m tests.benchmarks.clients NAME '{"url": ...}'`: imports nothing but the client that is asked for."""

import asyncio
import importlib
import logging
import sys
from collections.abc import Callable

import orjson


def main() -> None:
    logging.disable(logging.INFO)
    module, _, function = sys.argv[1].partition(".")
    options = orjson.loads(sys.argv[2])
    factory: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
    if options.pop("uvloop", False):
        import uvloop

        factory = uvloop.new_event_loop
    run = getattr(importlib.import_module(f"tests.benchmarks.clients.{module}"), function or "run")
    with asyncio.Runner(loop_factory=factory) as runner:
        print(orjson.dumps(runner.run(run(**options))).decode())  # noqa: T201 - the parent reads it


if __name__ == "__main__":
    main()
