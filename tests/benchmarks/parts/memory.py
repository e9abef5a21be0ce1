"""What a broadcast, and a backlog of updates, add to the memory of the bot."""

from typing import Any

from tests.benchmarks.processes import Client, server
from tests.benchmarks.sizes import Sizes


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """The broadcast at 1,000/s with 50 ms to the server; the backlog without."""
    with server(latency=0.05) as url:
        broadcast = client("hamroh_memory", url=url, rate=1_000.0, count=sizes.memory, uvloop=True)
    with server() as url:
        backlog = client("hamroh_backlog", url=url, count=sizes.backlog, people=max(1, sizes.backlog // 5), uvloop=True)
    return {**broadcast, "backlog": backlog}
