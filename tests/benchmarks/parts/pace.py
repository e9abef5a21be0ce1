"""In Telegram's pace: a paid broadcast at 1,000/s, a usual one at 28/s, and what people notice who press buttons."""

from typing import Any, Final

from bot.buttons.checkin import CheckinHere
from tests.benchmarks.measure import Spread
from tests.benchmarks.message import TODAY
from tests.benchmarks.processes import Client, server
from tests.benchmarks.sizes import Sizes

_TAPS_A_SECOND: Final = 10
_RATE: Final = 28.0  # the setting's default
_PAID: Final = 1_000.0


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """Sustained rates, CPU share, 429s in a strict window, and the latencies of presses."""
    paid = [_once(client, _PAID, sizes.paced) for _ in range(sizes.paced_rounds)]
    usual = sizes.at_30 / _RATE
    return {
        "paid": {
            "per_second": Spread.of([one["per_second"] for one in paid]).json(),
            "share": Spread.of([one["cpu"] / one["wall"] for one in paid]).json(),
            "count": sizes.paced,
        },
        "idle": _once(client, _RATE, 0, sizes.seconds, flood=30),
        "usual": _once(client, _RATE, sizes.at_30, usual, flood=30),
        "busy": _once(client, _PAID, int(_PAID * sizes.seconds) if sizes.seconds > 1 else sizes.paced, sizes.seconds),
    }


def _once(client: Client, rate: float, count: int, seconds: float = 0.0, flood: int = 0) -> dict[str, Any]:
    with server(latency=0.05, flood=flood, data=CheckinHere(TODAY).pack()) as url:
        taps = max(1, int(seconds * _TAPS_A_SECOND)) if seconds else 0
        return client("hamroh_pace", url=url, rate=rate, count=count, taps=taps, seconds=seconds, uvloop=True)
