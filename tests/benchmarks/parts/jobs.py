"""The process that makes pictures and files: its memory, its first picture, and presses that are answered meanwhile."""

from typing import Any

from bot.buttons.checkin import CheckinHere
from tests.benchmarks.message import TODAY
from tests.benchmarks.processes import Client, server
from tests.benchmarks.sizes import Sizes


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """For a whole country, at Telegram's usual pace, with 50 ms to the server."""
    with server(latency=0.05, flood=30, data=CheckinHere(TODAY).pack()) as url:
        return client("hamroh_jobs", url=url, people=sizes.people[-1], seconds=sizes.publish_seconds, uvloop=True)
