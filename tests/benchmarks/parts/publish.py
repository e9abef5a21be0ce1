"""A change of the programme for few and for a whole country, and what people notice who press buttons meanwhile."""

from typing import Any

from bot.buttons.checkin import CheckinHere
from tests.benchmarks.message import TODAY
from tests.benchmarks.processes import Client, server
from tests.benchmarks.sizes import Sizes


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """For each number of people in a process of its own, at Telegram's usual pace."""
    return {"sizes": [_once(client, people, sizes.publish_seconds) for people in sizes.people]}


def _once(client: Client, people: int, seconds: float) -> dict[str, Any]:
    with server(latency=0.05, flood=30, data=CheckinHere(TODAY).pack()) as url:
        return client("hamroh_publish", url=url, people=people, seconds=seconds, uvloop=True)
