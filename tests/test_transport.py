"""The way to Telegram: what surely did not arrive is told apart from what may have, and nothing tells the token."""

import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.delivery.send_errors import SendResult, classify
from bot.transport import Encoded, NotSent, ReqwestRequest, Unclear, request_data, seconds_of
from tests.clocks import eventually

TOKEN = "123456:SECRET-token-of-a-bot"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers every call as it is told to."""

    def __init__(self) -> None:
        self.answer: Answer = self.ok
        self.seen: list[tuple[str, bytes]] = []
        self.connections: set[int] = set()
        self.url = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.connections.add(id(request.transport))
        self.seen.append((request.content_type, await request.read()))
        return await self.answer(request)

    @staticmethod
    async def ok(_: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": {"message_id": 7}})


@asynccontextmanager
async def serving() -> AsyncIterator[Server]:
    played = Server()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", played.handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    played.url = f"http://127.0.0.1:{runner.addresses[0][1]}/bot{TOKEN}/sendMessage"
    yield played
    await runner.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as played:
        yield played


@asynccontextmanager
async def opened(**chosen: Any) -> AsyncIterator[ReqwestRequest]:
    made = ReqwestRequest(**chosen)
    await made.initialize()
    yield made
    await made.shutdown()


@pytest.fixture
async def request_() -> AsyncIterator[ReqwestRequest]:
    async with opened(read=0.3, connect=0.5) as made:
        yield made


def status(code: int, **answer: object) -> Answer:
    async def respond(_: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": False, "error_code": code, **answer}, status=code)

    return respond


async def hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def never(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


async def rubbish(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b"<html>")


async def failure(request_: ReqwestRequest, url: str) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await request_.post(url, Encoded(b"{}"))
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(caught.value)
    assert "SECRET" not in told
    assert "SECRET" not in repr(caught.value.__context__)
    return caught.value


async def test_json_goes_and_json_comes(server: Server, request_: ReqwestRequest) -> None:
    assert await request_.post(server.url, request_data({"chat_id": 1, "text": "Салом"})) == {"message_id": 7}
    assert await request_.post(server.url, Encoded(b'{"chat_id":1}')) == {"message_id": 7}
    assert server.seen == [
        ("application/json", '{"chat_id":1,"text":"Салом"}'.encode()),
        ("application/json", b'{"chat_id":1}'),
    ]


async def test_one_connection_is_kept(server: Server, request_: ReqwestRequest) -> None:
    for _ in range(5):
        await request_.post(server.url, Encoded(b"{}"))
    assert len(server.connections) == 1


async def test_files_go_as_forms(server: Server, request_: ReqwestRequest) -> None:
    await request_.post(
        server.url, request_data({"chat_id": 1, "document": InputFile(b"12 34", filename="аҳд.txt", attach=False)})
    )
    kind, body = server.seen[0]
    assert kind == "multipart/form-data"
    assert b"12 34" in body
    assert 'filename="аҳд.txt"'.encode() in body


async def test_a_large_file_may_take_longer_than_a_request(server: Server, request_: ReqwestRequest) -> None:
    async def slow(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.5)  # more than requests have here
        return await Server.ok(_)

    server.answer = slow
    file = InputFile(b"0" * 200_000, filename="data.xlsx")
    await request_.post(server.url, request_data({"chat_id": 1, "document": file}))
    assert isinstance(await failure(request_, server.url), Unclear)


async def test_an_address_where_nobody_listens_is_not_sent(request_: ReqwestRequest) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        error = await failure(request_, f"http://127.0.0.1:{port}/bot{TOKEN}/getMe")
    assert isinstance(error, NotSent)


async def test_a_name_that_does_not_exist_is_not_sent(request_: ReqwestRequest) -> None:
    error = await failure(request_, f"http://no-such-host.invalid/bot{TOKEN}/getMe")
    assert isinstance(error, NotSent)


async def test_no_free_connection_is_not_sent(server: Server) -> None:
    server.answer = never
    one = ReqwestRequest(connections=1, read=5.0, connect=0.1)
    await one.initialize()
    first = asyncio.ensure_future(one.post(server.url, Encoded(b"{}")))
    await eventually(lambda: server.seen)
    assert isinstance(await failure(one, server.url), NotSent)
    assert len(server.seen) == 1
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await one.shutdown()


@pytest.mark.parametrize("answer", [hang_up, never])
async def test_a_lost_answer_is_unclear(server: Server, request_: ReqwestRequest, answer: Answer) -> None:
    server.answer = answer
    error = await failure(request_, server.url)
    assert isinstance(error, Unclear)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (status(403, description="Forbidden: bot was blocked by the user"), SendResult.UNREACHABLE),
        (status(400, description="Bad Request: chat not found"), SendResult.UNREACHABLE),
        (status(400, description="Bad Request: message text is empty"), SendResult.REFUSED),
        (status(413, description="Request Entity Too Large"), SendResult.REFUSED),
        (status(404, description="Not Found"), SendResult.REFUSED),
        (status(401, description="Unauthorized"), SendResult.EVERYTHING),
        (status(409, description="Conflict: terminated by other getUpdates request"), SendResult.EVERYTHING),
        (status(429, description="Too Many Requests", parameters={"retry_after": 9}), SendResult.THROTTLED),
        (status(400, description="moved", parameters={"migrate_to_chat_id": -100}), SendResult.MIGRATED),
        (status(502, description="Bad Gateway"), SendResult.UNCLEAR),
        (status(500), SendResult.UNCLEAR),
        (rubbish, SendResult.UNCLEAR),
        (hang_up, SendResult.UNCLEAR),
    ],
)
async def test_every_answer_has_its_result(
    server: Server, request_: ReqwestRequest, answer: Answer, result: SendResult
) -> None:
    server.answer = answer
    assert classify(await failure(request_, server.url)).result is result


async def test_the_wait_of_a_429_is_in_seconds(server: Server, request_: ReqwestRequest) -> None:
    server.answer = status(429, description="x", parameters={"retry_after": 9})
    error = await failure(request_, server.url)
    assert isinstance(error, RetryAfter)
    assert seconds_of(error) == 9.0


async def test_half_an_emoji_spoils_no_answer(server: Server, request_: ReqwestRequest) -> None:
    async def halves(_: web.Request) -> web.StreamResponse:
        return web.Response(body=b'{"ok":true,"result":[{"text":"\\ud83d"},{"text":"whole"}]}')

    server.answer = halves
    answer = await request_.post(server.url, Encoded(b"{}"))
    assert isinstance(answer, list)
    assert answer[1] == {"text": "whole"}


async def test_an_answer_without_end_is_not_read_to_its_end(
    server: Server, request_: ReqwestRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.transport._LARGEST_ANSWER", 1_000)

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(100):
            await response.write(b" " * 100)
        return response

    server.answer = endless
    assert isinstance(await failure(request_, server.url), Unclear)


async def test_what_is_no_json_is_refused_here(request_: ReqwestRequest) -> None:
    with pytest.raises(BadRequest, match="not JSON"):
        await request_.post("http://127.0.0.1:9/x", request_data({"text": "\ud83d"}))


async def test_the_token_is_in_no_log(
    server: Server, request_: ReqwestRequest, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for answer in (Server.ok, hang_up, rubbish, status(403), status(401), status(502)):
        server.answer = answer
        try:
            await request_.post(server.url, Encoded(b"{}"))
        except TelegramError as error:
            logging.getLogger("test").exception("failed", exc_info=error)
    seen = [record for record in caplog.records if not record.name.startswith("aiohttp.access")]
    text = "".join(record.getMessage() + str(record.exc_text) for record in seen)
    assert "SECRET" not in text


def test_an_unknown_failure_is_unclear() -> None:
    assert classify(RuntimeError("?")).result is SendResult.UNCLEAR
    assert classify(InvalidToken("Unauthorized")).result is SendResult.EVERYTHING
    assert classify(Forbidden("bot was kicked")).result is SendResult.UNREACHABLE


async def test_a_request_that_is_called_off_in_the_moment_of_its_answer_ends_as_called_off(server: Server) -> None:
    called_off = 0
    async with opened() as request:
        for _ in range(60):
            task = asyncio.create_task(request.do_request(server.url, "POST", request_data({"chat_id": 1})))
            while not (task.done() or _has_its_answer(task)):  # noqa: ASYNC110 - nothing tells of that moment
                await asyncio.sleep(0)
            called_off += task.cancel()
            await asyncio.wait([task])
            assert task.cancelled() or not task.cancelling()
    assert called_off > 0


def _has_its_answer(task: asyncio.Task[Any]) -> bool:
    """Whether what the task waits for is there, and it goes on in the next step."""
    waits_for = task._fut_waiter  # type: ignore[attr-defined]
    return waits_for is not None and waits_for.done()
