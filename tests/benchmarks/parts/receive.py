"""Presses of a check-in button: read the person, write the row, change the message, stop the spinner."""

from typing import Any, Final

from bot.buttons.checkin import CheckinHere
from tests.benchmarks.message import TODAY
from tests.benchmarks.parts.rounds import Contender, interleaved
from tests.benchmarks.processes import Client
from tests.benchmarks.sizes import Sizes

HAMROH: Final = "Hamroh, inbox included"
PTB: Final = "python-telegram-bot, default"
PTB_256: Final = "python-telegram-bot, concurrent_updates=256"
AIOGRAM: Final = "aiogram 3"
_PEOPLE: Final = 200


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """CPU a press without latency; speed with 50 ms; and how many people are served side by side."""
    near = _contenders(sizes.presses, sizes.presses // 4, {})
    far = _contenders(sizes.presses_far, max(5, sizes.presses_far // 20), {"latency": 0.05})
    return {
        "near": interleaved(client, near, sizes.rounds, HAMROH),
        "far": interleaved(client, far, 1, HAMROH),
        "side_by_side": {name: _side_by_side(client, one, sizes.side_by_side) for name, one in far.items()},
        "people": sizes.side_by_side,
    }


def _contenders(count: int, in_order: int, behind: dict[str, Any]) -> dict[str, Contender]:
    behind = {**behind, "data": CheckinHere(TODAY).pack()}

    def of(name: str, count: int, **options: Any) -> Contender:
        return Contender(name, {"count": count, "people": _PEOPLE, "uvloop": True, **options}, behind)

    return {
        HAMROH: of("hamroh_receive", count),
        PTB: of("ptb_receive", in_order),
        PTB_256: of("ptb_receive", in_order, at_once=256),
        AIOGRAM: of("aiogram3_receive", count),
    }


def _side_by_side(client: Client, contender: Contender, people: int) -> int:
    if "at_once" not in contender.options and contender.client == "ptb_receive":
        return 1  # in order: it would wait behind a closed gate for each of them
    options = {**contender.options, "count": people, "people": people, "gate": people}
    most: int = Contender(contender.client, options, contender.server).measure(client)["side_by_side"]
    return most
