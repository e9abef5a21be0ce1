"""From the start of the process to the first poll, beside the import that every bot pays; and memory when idle.

Measured twice: in this environment, and as where only a bot is installed. Here the tools of the developers bring the
package click, and where there is click httpx loads a command line of its own, for everybody who imports it.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.measure import Spread, rss
from tests.benchmarks.message import TOKEN
from tests.benchmarks.processes import ROOT, Client, counters, server
from tests.benchmarks.sizes import Sizes

_TIMEOUT_SECONDS: Final = 30.0
_HERE: Final = ""
_ALONE: Final = """
import sys
sys.modules["httpx._main"] = None
"""
_BARE_BOT: Final = """
import sys
from telegram.ext import ApplicationBuilder, CommandHandler
async def start(update, context): await update.message.reply_text("Hello")
application = ApplicationBuilder().token(sys.argv[1]).base_url(sys.argv[2] + "/bot").build()
application.add_handler(CommandHandler("start", start))
application.run_polling()
"""
_HAMROH: Final = """
import runpy
import sys
sys.argv[1:] = ["run"]
runpy.run_module("bot", run_name="__main__")
"""


def run(sizes: Sizes, client: Client) -> dict[str, Any]:
    """Seconds, the interpreter's own start taken away; and MB after two idle seconds."""
    del client  # what starts here are whole bots
    for code in (_BARE_BOT, _HAMROH):
        _polling(code, 0.0, 0.0)  # whose modules are compiled and kept now
    nothing = min(_timed("pass") for _ in range(sizes.starts))
    return {**_measured(_HERE, nothing, sizes), "alone": _measured(_ALONE, nothing, sizes)}


def _measured(where: str, nothing: float, sizes: Sizes) -> dict[str, Any]:
    imports, bots, hamrohs = [], [], []
    for _ in range(sizes.starts):
        imports.append(_timed(where + "import telegram.ext") - nothing)
        bots.append(_polling(where + _BARE_BOT, nothing, sizes.idle))
        hamrohs.append(_polling(where + _HAMROH, nothing, sizes.idle))
    return {
        "import": Spread.of(imports).json(),
        "bare": _both(bots),
        "hamroh": _both(hamrohs),
        "ratio": Spread.of([bot[0] / one for bot, one in zip(hamrohs, imports, strict=True)]).json(),
        "memory_ratio": Spread.of([bot[1] / bare[1] for bot, bare in zip(hamrohs, bots, strict=True)]).json(),
    }


def _both(pairs: list[tuple[float, float]]) -> dict[str, Any]:
    ready, memory = zip(*pairs, strict=True)
    return {"ready": Spread.of(ready).json(), "memory": Spread.of(memory).json()}


def _timed(code: str) -> float:
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=_environment(), check=True)
    return time.monotonic() - started


def _environment() -> dict[str, str]:
    ours = ("HAMROH_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _polling(code: str, nothing: float, idle: float) -> tuple[float, float]:
    """Seconds until the first poll, and MB a little later."""
    with tempfile.TemporaryDirectory() as folder, server() as url:
        command = [sys.executable, "-c", code, TOKEN, url]
        environment = {
            **_environment(),
            "HAMROH_TOKEN": TOKEN,
            "HAMROH_API_URL": url,
            "HAMROH_DATABASE": str(Path(folder) / "hamroh.db"),
            "HAMROH_LOG_LEVEL": "ERROR",
            "HAMROH_STARTS_ON": datetime.now(UTC).date().isoformat(),
        }
        started = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
            try:
                first = _first_poll(url)
                time.sleep(idle)
                return first - started - nothing, rss(process.pid)
            finally:
                process.terminate()


def _first_poll(url: str) -> float:
    deadline = time.monotonic() + _TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if first := counters(url)["first_poll"]:
            return float(first)
        time.sleep(0.1)
    raise TimeoutError("the bot does not poll")
