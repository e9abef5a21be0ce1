"""What the fast stand-in knows: prepared answers, updates to hand out, a flood limit, and when what happened."""

import asyncio
import re
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Final

import orjson

from tests.benchmarks import updates
from tests.benchmarks.http_connection import Connection
from tests.benchmarks.message import ANSWER, TEXT, markup

_CHAT: Final = re.compile(rb"chat_id\W+?(-?\d+)")
_OFFSET: Final = re.compile(rb"offset\W+?(-?\d+)")
_LIMIT: Final = re.compile(rb"limit\W+?(\d+)")
_TIMEOUT: Final = re.compile(rb"(?<![a-z_])timeout\W+?(\d+)")
_SHORT: Final = 1_200  # bytes; a request that is longer carries TEXT
_BOT: Final = {"id": 123456789, "is_bot": True, "first_name": "Hamroh", "username": "hamroh_bench_bot"}
_ME: Final = orjson.dumps(
    {
        "ok": True,
        "result": {
            **_BOT,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        },
    }
)
_TRUE: Final = b'{"ok":true,"result":true}'
_FLOOD: Final = (
    b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}'
)
_MESSAGE: Final = (
    b'{"ok":true,"result":{"message_id":%d,"from":' + orjson.dumps(_BOT) + b',"chat":{"id":%b,"first_name":"\xd0\xa1",'
    b'"type":"private"},"date":1754265600,%b}'
)
_LONG_TAIL: Final = orjson.dumps({"text": TEXT, "reply_markup": markup()})[1:]
_SHORT_TAIL: Final = orjson.dumps({"text": ANSWER})[1:]
_GATE_OPENS: Final = 5.0  # seconds after which the gate gives up
_WORDS: Final = "Салом! " * 100
_SENDS: Final = frozenset({b"sendmessage", b"copymessage", b"sendvenue"})


class Feed:
    """Updates in the order of their ids, from 1."""

    def __init__(self, data: str) -> None:
        self._data = data
        self._updates: list[bytes] = []
        self._first = 1  # the id of _updates[0]
        self.waiting: Connection | None = None

    @property
    def next_id(self) -> int:
        return self._first + len(self._updates)

    def taps(self, count: int, people: int) -> None:
        """So many presses of a button, by so many people in turn."""
        for index in range(count):
            self.tap(updates.person(index % people))

    def tap(self, account: int) -> None:
        """One press of a button."""
        self._updates.append(updates.tap(self.next_id, account, self._data))

    def today(self, account: int) -> None:
        """One /today."""
        self._updates.append(updates.today(self.next_id, account))

    def words(self, account: int, count: int) -> None:
        """So many messages by one account."""
        for _ in range(count):
            self._updates.append(updates.words(self.next_id, account, _WORDS))

    def __len__(self) -> int:
        return len(self._updates)

    def take(self, offset: int, limit: int) -> bytes | None:
        """The answer to getUpdates, or None when there is nothing yet."""
        if offset > self._first:
            del self._updates[: offset - self._first]
            self._first = offset
        if not self._updates:
            return None
        return b'{"ok":true,"result":[' + b",".join(self._updates[:limit]) + b"]}"


class Telegram:
    """Answers requests. `latency` seconds, `flood` messages in any second."""

    def __init__(self, *, latency: float, flood: int, data: str) -> None:
        self.feed = Feed(data)
        self.accepted: list[float] = []
        self.refused = 0
        self.polls = 0
        self.first_poll = 0.0
        self.open = 0
        self.most_open = 0
        self.latencies: list[float] = []  # seconds from a tap to its answer
        self.answered = 0  # presses whose spinner was stopped
        self._waiters: list[tuple[int, Connection]] = []
        self._pressed: dict[int, float] = {}
        self._latency = latency
        self._gate = 0
        self._held: list[Callable[[], None]] = []
        self._window: deque[float] | None = deque(maxlen=flood) if flood else None
        self._loop = asyncio.get_running_loop()
        self._tapping: asyncio.Task[None] | None = None
        self._watched: dict[bytes, float] = {}
        self.reached: list[float] = []  # seconds from a tap to the message that a third person got of it

    def request(self, connection: Connection, method: bytes, body: bytes) -> None:
        name = method.lower()
        if name in _SENDS:
            self._send(connection, body)
        elif name == b"getupdates":
            self._poll(connection, body)
        elif name == b"getme":
            connection.answer(_ME)
        elif name == b"counters":
            connection.answer(self._counters())
        elif name == b"tap":
            self._tap(**orjson.loads(body))
            connection.answer(_TRUE)
        elif name == b"words":
            self.feed.words(**orjson.loads(body))
            self._push()
            connection.answer(_TRUE)
        elif name == b"call":
            self._call(**orjson.loads(body))
            connection.answer(_TRUE)
        elif name == b"answered":
            self._waiters.append((int(orjson.loads(body)["count"]), connection))
            self._tell()
        elif name == b"answercallbackquery":
            self.answered += 1
            self._touched(body)
            self._later(connection, _TRUE)
            self._tell()
        else:
            self._touched(body)
            self._later(connection, _TRUE)

    def lost(self, connection: Connection) -> None:
        if self.feed.waiting is connection:
            self.feed.waiting = None

    # --- messages ---------------------------------------------------------------------------------------------------

    def _send(self, connection: Connection, body: bytes) -> None:
        self._touched(body)
        now = monotonic()
        window = self._window
        if window is not None:
            if len(window) == window.maxlen and now - window[0] < 1.0:
                self.refused += 1
                self._later(connection, _FLOOD, 429)
                return
            window.append(now)
        self.accepted.append(now)
        match = _CHAT.search(body)
        chat = match[1] if match else b"0"
        if (pressed := self._watched.pop(chat, None)) is not None:
            self.reached.append(now - pressed)
        tail = _LONG_TAIL if len(body) > _SHORT else _SHORT_TAIL
        self._later(connection, _MESSAGE % (len(self.accepted), chat, tail))

    def _later(self, connection: Connection, body: bytes, status: int = 200) -> None:
        self.open += 1
        self.most_open = max(self.most_open, self.open)

        def answer() -> None:
            self.open -= 1
            connection.answer(body, status)

        if self._gate:
            self._held.append(answer)
            if len(self._held) >= self._gate:
                self._release()
        elif self._latency:
            self._loop.call_later(self._latency, answer)
        else:
            answer()

    def _release(self) -> None:
        held, self._held = self._held, []
        self._gate = 0
        for answer in held:
            self._loop.call_later(self._latency, answer)

    # --- updates ----------------------------------------------------------------------------------------------------

    def _poll(self, connection: Connection, body: bytes) -> None:
        self.polls += 1
        self.first_poll = self.first_poll or monotonic()
        updates = self.feed.take(_number(_OFFSET, body, 0), _number(_LIMIT, body, 100))
        if updates is not None:
            self._loop.call_later(self._latency, connection.answer, updates)
            return
        self.feed.waiting = connection
        self._loop.call_later(_number(_TIMEOUT, body, 0), self._nothing, connection, self.polls)

    def _nothing(self, connection: Connection, poll: int) -> None:
        if self.feed.waiting is connection and self.polls == poll:  # a later poll on the connection has its own time
            self.feed.waiting = None
            connection.answer(b'{"ok":true,"result":[]}')

    def _tap(self, *, every: float, count: int, people: int, today_each: int = 0, gate: int = 0) -> None:
        """Start a stream of taps: one each `every` seconds (0: all at once), each `today_each`th writes /today.

        `gate`: hold the answers until so many wait, or for 5 s.
        """
        self.latencies = []
        self.most_open = self.open
        self._gate = gate
        if gate:
            self._loop.call_later(_GATE_OPENS, self._release)
        self._tapping = asyncio.ensure_future(self._stream(every, count, people, today_each))

    def _call(self, *, index: int, watched: int) -> None:
        """Person number `index` presses a button: when does `watched` hear of it?"""
        self.feed.tap(updates.person(index))
        self._watched[b"%d" % watched] = monotonic()
        self._push()

    async def _stream(self, every: float, count: int, people: int, today_each: int) -> None:
        started = monotonic()
        for index in range(count):
            account = updates.person(index % people)
            self._pressed[account] = monotonic()
            if today_each and index % today_each == 0:
                self.feed.today(account)
            else:
                self.feed.tap(account)
            if every:
                self._push()
                await asyncio.sleep(max(0.0, started + (index + 1) * every - monotonic()))
        self._push()

    def _push(self) -> None:
        if self.feed.waiting is not None and (updates := self.feed.take(0, 100)) is not None:
            connection, self.feed.waiting = self.feed.waiting, None
            connection.answer(updates)

    def _tell(self) -> None:
        waiters, self._waiters = self._waiters, []
        for count, connection in waiters:
            if self.answered >= count:
                connection.answer(_TRUE)
            else:
                self._waiters.append((count, connection))

    def _touched(self, body: bytes) -> None:
        if not self._pressed:
            return
        match = _CHAT.search(body)
        pressed = self._pressed.pop(int(match[1]), None) if match else None
        if pressed is not None:
            self.latencies.append(monotonic() - pressed)

    # --- what happened ----------------------------------------------------------------------------------------------

    def _counters(self) -> bytes:
        return orjson.dumps(
            {
                "accepted": len(self.accepted),
                "refused": self.refused,
                "moments": self.accepted,
                "busiest": busiest(self.accepted),
                "answered": self.answered,
                "polls": self.polls,
                "first_poll": self.first_poll,
                "most_open": self.most_open,
                "unanswered": len(self._pressed),
                "latencies": self.latencies,
                "reached": self.reached,
                "waiting": len(self.feed),
            }
        )


def busiest(moments: list[float]) -> int:
    """The most moments (ascending) in any half-open second."""
    most = start = 0
    for end, moment in enumerate(moments):
        while moment - moments[start] >= 1.0:
            start += 1
        most = max(most, end - start + 1)
    return most


def _number(pattern: re.Pattern[bytes], body: bytes, default: int) -> int:
    match = pattern.search(body)
    return int(match[1]) if match else default
