"""/stats over a whole country."""

from typing import Any

from tests.benchmarks.processes import Client
from tests.benchmarks.sizes import Sizes


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """With two check-ins a day for seven days; and each figure once over a fortnight."""
    people = sizes.people[-1]
    measured = client("hamroh_stats", people=people, reads=sizes.reads, rounds=sizes.rounds, uvloop=True)
    return {**measured, "figures": client("hamroh_figures", people=people, uvloop=True)}
