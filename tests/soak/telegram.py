"""The stand-in Telegram of a soak: it keeps a journal on the disk, and can kill the bot before it answers."""

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

import orjson

from bot.clock import SystemClock
from rehearsal.telegram import BotApi, World
from rehearsal.telegram.api import Answer
from rehearsal.telegram.calls import NO_FILES, Files
from rehearsal.telegram.errors import ConnectionLostError
from rehearsal.telegram.journal import AcceptedCall
from tests.soak.journal import Accepted, Journal, Left, Pause, Unclear

TOKEN: Final = "1:soak"
GOODBYE: Final = "erased"
_TAG = re.compile(r"\[soak (\d+)\]")
_AGENDA = re.compile(r"^Day (\d+) of \d+", re.MULTILINE)
_PAYLOAD = re.compile(r"^(here2|mood2|lesson1|seen2|counthere1):([^:]+)")
_REMINDER = "Please look: the programme has changed"
_NAMES = {"lesson1": "lesson", "counthere1": "count"}
_ARRIVED: ContextVar[float] = ContextVar("arrived", default=0.0)


def identify(params: Mapping[str, Any]) -> str:
    """What a message is, told by its content, since the Bot API carries no key; "" for everything else."""
    text = str(params.get("text", ""))
    if tag := _TAG.search(text[:40]):
        return f"broadcast:{tag[1]}" if "⬆️" not in text else ""
    for payload in _payloads(params.get("reply_markup")):
        if match := _PAYLOAD.match(payload):
            if match[1] == "seen2":
                return f"{'unseen' if _REMINDER in text else 'change'}:{match[2]}"
            return _by_button(match[1], match[2], silent=bool(params.get("disable_notification")))
    agenda = _AGENDA.search(text[:200])
    return f"agenda:{agenda[1]}" if agenda else ""


def _by_button(code: str, about: str, *, silent: bool) -> str:
    if code in _NAMES:
        return f"{_NAMES[code]}:{about}"
    return f"{'nudge' if silent else 'ask'}:{about}:{'morning' if code == 'here2' else 'evening'}"


def _payloads(markup: object) -> list[str]:
    if isinstance(markup, str):
        markup = orjson.loads(markup)
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return [str(button.get("callback_data", "")) for row in rows for button in row]


class SoakTelegram(BotApi):
    """A Bot API in real time whose calls are written down as they come and as they end.

    `arm(n, kill)` calls `kill` when the n-th new message from now on has been accepted, before its answer.
    """

    def __init__(self, journal: Path, *, seed: int) -> None:
        super().__init__(World(SystemClock(), token=TOKEN, flood=None, seed=seed))
        self.journal = Journal(journal)
        self.failure_counts: Counter[str] = Counter()
        self.polled = 0
        self.goodbye = ""
        self.message_listeners: list[Callable[[AcceptedCall, str], None]] = []
        self._armed: tuple[int, Callable[[], None]] | None = None
        self.world.on_accept.append(self._accepted)

    def arm(self, nth: int, kill: Callable[[], None]) -> None:
        """Call `kill` at the n-th accepted message."""
        self._armed = nth, kill

    def disarm(self) -> None:
        """Call nothing any more."""
        self._armed = None

    async def call(self, method: str, params: Mapping[str, object], files: Files = NO_FILES) -> Answer:
        """One call, written down."""
        if method == "getUpdates":
            self.polled += 1
            return await super().call(method, params, files)
        _ARRIVED.set(time.time())
        try:
            status, answer = await super().call(method, params, files)
        except ConnectionLostError as lost:
            if lost.accepted:
                self._unclear(method, params)
            raise
        if status == 502:
            self._unclear(method, params)
        elif status == 429:
            self._paused(method, params, answer)
        return status, answer

    def _accepted(self, entry: AcceptedCall) -> None:
        if entry.chat_id is None or entry.message_id is None:
            return
        what = identify(entry.params) if entry.method == "sendMessage" else ""
        arrived = _ARRIVED.get() or time.time()
        now = time.time()
        self.journal.write(Accepted(entry.seq, arrived, now, entry.method, entry.chat_id, entry.message_id, what))
        if self.goodbye and self.goodbye in str(entry.params.get("text", "")):
            self.journal.write(Left(now, entry.chat_id))
        for listener in self.message_listeners:
            listener(entry, what)
        if self._armed is not None and entry.method.startswith("send"):
            left, kill = self._armed
            self._armed = (left - 1, kill) if left > 1 else None
            if left <= 1:
                kill()

    def _unclear(self, method: str, params: Mapping[str, Any]) -> None:
        self.failure_counts["unclear answers"] += 1
        self.journal.write(Unclear(time.time(), _chat(params), identify(params), method))

    def _paused(self, method: str, params: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        self.failure_counts["429"] += 1
        now, seconds = time.time(), answer["parameters"]["retry_after"]
        self.journal.write(Pause(now, now + seconds, _chat(params), method))


def _chat(params: Mapping[str, Any]) -> int:
    number = params.get("chat_id", 0)
    return int(number) if isinstance(number, (int, str)) else 0
