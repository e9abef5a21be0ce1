"""/stats over a whole country."""

from typing import Any

from tests.benchmarks.processes import Client
from tests.benchmarks.sizes import Sizes


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """With two check-ins a day for seven days."""
    return client("hamroh_stats", people=sizes.people[-1], reads=sizes.reads, rounds=sizes.rounds, uvloop=True)
