"""What a broadcast adds to the memory of the bot."""

from typing import Any

from tests.benchmarks.children import Client, server
from tests.benchmarks.sizes import Sizes


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """At 1,000/s with 50 ms to the server."""
    with server(latency=0.05) as url:
        return client("hamroh_memory", url=url, rate=1_000.0, count=sizes.memory, uvloop=True)
