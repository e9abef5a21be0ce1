"""/export of a whole country: the largest files that are made, and what is refused."""

from typing import Any

from tests.benchmarks.processes import Client
from tests.benchmarks.sizes import Sizes


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """With two check-ins a day for a fortnight, and as many days of messages."""
    return client("hamroh_export", people=sizes.people[-1], uvloop=True)
