"""A stand-in Bot API server that is much faster than its clients: bytes in, prepared bytes out.

    python -m tests.benchmarks.server '{"latency": 0.05, "flood": 30}'

It prints its port and runs until its standard input ends. It judges nothing (the rehearsal's stand-in does that): it
answers in constant time, with an optional latency, counts in a strict window, and remembers when things happened.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import orjson
import uvloop

from tests.benchmarks.http_connection import Connection
from tests.benchmarks.telegram import Telegram


@dataclass(frozen=True)
class Options:
    """`latency`: seconds before an answer. `flood`: messages in any one second, more get a 429 (0: any number).

    `taps` presses of a button that carries `data`, by `people`
    people in turn, wait from the start.
    """

    core: int | None = None
    latency: float = 0.0
    flood: int = 0
    taps: int = 0
    people: int = 1
    data: str = ""


@asynccontextmanager
async def listening(options: Options) -> AsyncIterator[int]:
    """Serve on a free port of loopback; gives the port."""
    loop = asyncio.get_running_loop()
    telegram = Telegram(latency=options.latency, flood=options.flood, data=options.data)
    telegram.feed.taps(options.taps, options.people)
    connections: list[Connection] = []

    def connection() -> Connection:
        connections.append(Connection(telegram))
        return connections[-1]

    server = await loop.create_server(connection, "127.0.0.1", 0, backlog=2048)
    yield server.sockets[0].getsockname()[1]
    server.close()
    for one in connections:
        one.close()
    await asyncio.sleep(0)  # they are closed in the loop's next turn


async def serve(options: Options) -> None:
    """Listen until standard input ends."""
    loop = asyncio.get_running_loop()
    async with listening(options) as port:
        print(port, flush=True)  # noqa: T201 - the parent reads it
        ended = asyncio.Event()
        loop.add_reader(sys.stdin.fileno(), lambda: None if os.read(0, 1024) else ended.set())
        await ended.wait()
        loop.remove_reader(sys.stdin.fileno())


def main() -> None:
    options = Options(**orjson.loads(sys.argv[1] if len(sys.argv) > 1 else "{}"))
    if options.core is not None:
        os.sched_setaffinity(0, {options.core})
    uvloop.run(serve(options))


if __name__ == "__main__":
    main()
