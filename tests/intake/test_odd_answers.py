"""Whatever comes back from Telegram's address, the process goes on, asks rarely, and goes on when it is over."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import orjson
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot import identity
from bot.clock import SystemClock
from bot.intake import poller as module
from bot.intake.poller import Poller, TokenRejectedError
from bot.store.database import Database
from bot.transport import ReqwestRequest

Shape = tuple[int, object]  # status, and the body as bytes or as something for JSON

ME = {"id": 5, "is_bot": True, "first_name": "Hamroh", "username": "hamroh_bot"}
# What comes instead of an answer to any method.
ANY: dict[str, Shape] = {
    "a page": (200, b"<html>login</html>"),
    "nothing": (200, b""),
    "no result": (200, {}),
    "ok without result": (200, {"ok": True}),
    "not ok": (200, {"ok": False, "error_code": 500, "description": "x"}),
    "a list": (200, [1, 2]),
    "null": (200, {"ok": True, "result": None}),
    "a number": (200, {"ok": True, "result": 5}),
    "text": (200, {"ok": True, "result": "x"}),
    "half a text": (200, b'{"ok":true,"result":["\xff\xfe"]}'),
    "deep": (200, b'{"ok":true,"result":' + b"[" * 5_000 + b"]" * 5_000 + b"}"),
    "a redirect": (302, b""),
    "a portal's 401": (401, b"<html>sign in</html>"),
    "a portal's 403": (403, b"<html>blocked</html>"),
    "a portal's 404": (404, b"<html>no such page</html>"),
    "another's JSON 401": (401, {"error": "unauthorized"}),
    "another's JSON 404": (404, {"ok": True}),
    "a proxy's 407": (407, b"proxy auth"),
    "parameters a list": (400, {"ok": False, "parameters": [1]}),
    "parameters a text": (400, {"ok": False, "parameters": "x"}),
    "description a number": (400, {"ok": False, "description": 5}),
    "moved": (400, {"ok": False, "parameters": {"migrate_to_chat_id": -5}}),
    "another poller": (409, {"ok": False, "description": "Conflict: terminated by other getUpdates request"}),
    "429": (429, {"ok": False, "description": "Too Many Requests"}),
    "429 0": (429, {"ok": False, "parameters": {"retry_after": 0}}),
    "429 1": (429, {"ok": False, "parameters": {"retry_after": 1}}),
    "429 -5": (429, {"ok": False, "parameters": {"retry_after": -5}}),
    "429 text": (429, {"ok": False, "parameters": {"retry_after": "soon"}}),
    "429 list": (429, {"ok": False, "parameters": {"retry_after": [1]}}),
    "429 1e400": (429, b'{"ok":false,"parameters":{"retry_after":1e400}}'),
    "429 10**15": (429, {"ok": False, "parameters": {"retry_after": 10**15}}),
    "500": (500, b"<html>"),
    "502": (502, {"ok": False, "error_code": 502, "description": "Bad Gateway"}),
    "600": (600, b"x"),
}
UPDATES: dict[str, Shape] = ANY | {
    "no wait": (200, {"ok": True, "result": []}),
    "an object": (200, {"ok": True, "result": {"update_id": 1}}),
    "no updates": (200, {"ok": True, "result": ["x", None, 3, {"message": {}}]}),
    "always the same": (200, {"ok": True, "result": [{"update_id": 4, "poll": {}}]}),
}
BOTS: dict[str, Shape] = {key: shape for key, shape in ANY.items() if key != "another poller"} | {
    "no name": (200, {"ok": True, "result": {"id": 5, "is_bot": True, "first_name": "x"}}),
    "no id": (200, {"ok": True, "result": {"username": "x"}}),
    "an id of text": (200, {"ok": True, "result": ME | {"id": "5"}}),
}


@dataclass
class OddServer:
    """Answers each call by the shape that its path names. One that is `over` is answered rightly once, then waits."""

    shapes: dict[str, Shape]
    right: object
    over: set[int] = field(default_factory=set)
    calls: Counter[int] = field(default_factory=Counter)
    right_answers: Counter[int] = field(default_factory=Counter)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        number = int(request.match_info["number"])
        self.calls[number] += 1
        if number in self.over:
            self.right_answers[number] += 1
            if self.right_answers[number] > 1:
                await asyncio.Event().wait()
            return web.json_response({"ok": True, "result": self.right})
        status, body = list(self.shapes.values())[number]
        return web.Response(status=status, body=body if isinstance(body, bytes) else orjson.dumps(body))


@asynccontextmanager
async def serving(shapes: dict[str, Shape], right: object) -> AsyncIterator[OddServer]:
    odd_server = OddServer(shapes, right)
    app = web.Application()
    app.router.add_route("*", "/{number}/{rest:.*}", odd_server.answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    odd_server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield odd_server
    await runner.cleanup()


class InstantSleep:
    """asyncio for the poller, whose pauses take no time. After three seconds of them the outage is over."""

    def __init__(self, odd_server: OddServer) -> None:
        self.odd_server = odd_server
        self.total: Counter[int] = Counter()
        self.calls: dict[int, int] = {}  # how many there were in those three seconds

    async def sleep(self, seconds: float) -> None:
        task = asyncio.current_task()
        assert task is not None
        number = int(task.get_name())
        self.total[number] += max(0.0, seconds)  # type: ignore[assignment]  # a Counter of seconds
        if self.total[number] >= 3.0 and number not in self.odd_server.over:
            self.calls[number] = self.odd_server.calls[number]
            self.odd_server.over.add(number)
        await asyncio.sleep(0)


async def test_no_answer_to_a_poll_ends_the_process_or_is_asked_for_in_haste(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def unheard(_somebody_else: bool) -> None:
        """Whether somebody else polls does not matter here."""

    db, request = await Database.open(tmp_path / "hamroh.db"), ReqwestRequest(connections=64)
    await request.initialize()
    async with serving(UPDATES, []) as odd_server:
        sleeps = InstantSleep(odd_server)
        monkeypatch.setattr(
            module,
            "asyncio",
            SimpleNamespace(sleep=sleeps.sleep, Event=asyncio.Event, get_running_loop=asyncio.get_running_loop),
        )
        pollers = [
            Poller(
                bot=Bot("5:x", base_url=f"{odd_server.url}/{number}/bot", request=request, get_updates_request=request),
                request=request,
                db=db,
                clock=SystemClock(),
                random=random.Random(number),
                arrived=lambda: None,
                on_conflict=unheard,
            )
            for number in range(len(UPDATES))
        ]
        tasks = [asyncio.create_task(poller.run(), name=str(number)) for number, poller in enumerate(pollers)]
        try:
            async with asyncio.timeout(30):
                while len(odd_server.over) < len(tasks) or not all(poller.connected for poller in pollers):
                    assert [name for name, task in zip(UPDATES, tasks, strict=True) if task.done()] == []
                    await asyncio.sleep(0.01)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    hasty = {name: sleeps.calls[number] for number, name in enumerate(UPDATES) if sleeps.calls[number] >= 10}
    assert hasty == {}
    assert [record for record in caplog.records if record.exc_info] == []
    await request.shutdown()
    await db.close()


async def test_no_answer_to_get_me_but_a_refusal_ends_a_start() -> None:
    async with serving(BOTS, ME) as odd_server:
        for number, name in enumerate(BOTS):
            request = ReqwestRequest()
            bot = Bot("5:x", base_url=f"{odd_server.url}/{number}/bot", request=request, get_updates_request=request)
            with pytest.raises(TelegramError) as caught:
                await identity.learn(bot)
            assert not isinstance(caught.value, InvalidToken), name
            odd_server.over.add(number)
            await identity.learn(bot)
            assert bot.username == "hamroh_bot", name
            await bot.shutdown()


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_is_refused_by_telegram_itself(tmp_path: Path, status: int) -> None:
    refused: Shape = (status, {"ok": False, "error_code": status, "description": "Unauthorized"})
    db, request = await Database.open(tmp_path / "hamroh.db"), ReqwestRequest(connections=1)
    await request.initialize()
    async with serving({"refused": refused}, []) as odd_server:
        poller = Poller(
            bot=Bot("5:x", base_url=f"{odd_server.url}/0/bot", request=request, get_updates_request=request),
            request=request,
            db=db,
            clock=SystemClock(),
            random=random.Random(0),
            arrived=lambda: None,
            on_conflict=lambda _: asyncio.sleep(0),
        )
        with pytest.raises(TokenRejectedError):
            await poller.run()
    await request.shutdown()
    await db.close()
