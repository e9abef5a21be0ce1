"""The same message to many chats: Hamroh's durable broadcast beside bots' own loops that keep nothing."""

from dataclasses import replace
from typing import Any, Final

from tests.benchmarks.parts.rounds import Contender, interleaved
from tests.benchmarks.processes import Client, server
from tests.benchmarks.sizes import Sizes

HAMROH: Final = "Hamroh, outbox included"
BARE: Final = "bare aiohttp + orjson, 30 at once"
PTB: Final = "python-telegram-bot, one by one"
PTB_30: Final = "python-telegram-bot, 30 at once"
AIOGRAM: Final = "aiogram 3, 30 at once"
TELEBOT: Final = "pyTelegramBotAPI, 30 at once"
_FAR: Final = {"latency": 0.05}


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """The server's ceiling, and everyone without latency and with 50 ms."""
    with server() as url:
        ceiling = client("bare.ceiling", url=url, count=sizes.ceiling, at_once=30)
    few = replace(sizes, broadcast=sizes.far, bare=sizes.far, telebot=sizes.far, aiogram=sizes.far, ptb=sizes.far // 10)
    return {
        "ceiling_per_second": sizes.ceiling / ceiling["wall"],
        "near": interleaved(client, _contenders(sizes, {}), sizes.rounds, HAMROH),
        "far": interleaved(client, _contenders(few, _FAR), sizes.rounds, HAMROH),
    }


def _contenders(sizes: Sizes, behind: dict[str, Any]) -> dict[str, Contender]:
    def of(name: str, count: int, at_once: int = 30) -> Contender:
        return Contender(name, {"count": count, "at_once": at_once, "uvloop": True}, behind)

    return {
        HAMROH: Contender("hamroh_send", {"count": sizes.broadcast, "uvloop": True}, behind),
        BARE: of("bare", sizes.bare),
        PTB: of("ptb", sizes.ptb, 1),
        PTB_30: of("ptb", sizes.ptb),
        AIOGRAM: of("aiogram3", sizes.aiogram),
        TELEBOT: of("telebot", sizes.telebot),
    }
