"""What a broadcast adds to the memory of the bot."""

from tests.benchmarks.clients.hamroh import send_broadcast, system
from tests.benchmarks.measure import Ticker, rss


async def run(*, url: str, rate: float, count: int) -> dict[str, float]:
    """Memory before a broadcast to `count` people, and the most while it runs, in MB."""
    async with system(url, rate=rate, recipients=count) as app:
        before = rss()
        async with Ticker() as ticker:
            await send_broadcast(app, count)
        return {"before": before, "most": ticker.most_memory, "added": ticker.most_memory - before, "count": count}
