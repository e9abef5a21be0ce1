"""What one person who floods the bot costs the others: a call for help beside 10,000 messages of a stranger."""

from typing import Any

from bot.buttons.help import AskHelp
from bot.store.help import HelpKind
from tests.benchmarks.processes import Client, server
from tests.benchmarks.sizes import Sizes

_LATENCY = 0.05  # seconds to the server


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """At Telegram's usual pace. `beside` the messages, which the bot has; `behind` them, near the server and far away.

    Telegram gives a hundred updates a request, one request after another: behind 10,000 the last comes with the 101st.
    """
    return {
        "beside": _once(sizes, client, latency=_LATENCY, behind=False),
        "behind": _once(sizes, client, latency=0.0, behind=True),
        "far": _once(sizes, client, latency=_LATENCY, behind=True),
        "latency": _LATENCY,
    }


def _once(sizes: Sizes, client: Client, *, latency: float, behind: bool) -> dict[str, Any]:
    with server(latency=latency, flood=30, data=AskHelp(HelpKind.LOST).pack()) as url:
        return client("hamroh_flood", url=url, count=sizes.flood, calls=sizes.calls, behind=behind, uvloop=True)
