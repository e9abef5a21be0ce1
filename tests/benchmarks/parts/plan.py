"""Planning a day for few, many, and a whole country."""

from typing import Any

from tests.benchmarks.processes import Client
from tests.benchmarks.sizes import Sizes


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """Each in a process of its own."""
    return {"sizes": [client("hamroh_plan", people=people, uvloop=True) for people in sizes.people]}
