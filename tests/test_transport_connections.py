"""Connections to Telegram: refused, silent, lost, closed while they were kept, and many of them."""

import asyncio
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web

from bot.transport import Encoded, NotSent, ReqwestRequest, Unclear
from tests.clocks import eventually
from tests.test_transport import TOKEN, Server, failure, never, opened, serving


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as played:
        yield played


@pytest.fixture
async def request_() -> AsyncIterator[ReqwestRequest]:
    async with opened(read=0.5, connect=0.5) as made:
        yield made


async def test_a_host_that_does_not_answer_is_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as silent, ExitStack() as waiting:
        for _ in range(3):  # whom nobody accepts
            other = waiting.enter_context(socket.socket())
            other.setblocking(False)
            other.connect_ex(silent.getsockname())
        async with opened(read=5.0, connect=0.2) as hasty:
            error = await failure(hasty, f"http://127.0.0.1:{silent.getsockname()[1]}/bot{TOKEN}/getMe")
    assert isinstance(error, NotSent)


async def test_a_server_that_cannot_prove_its_name_is_told_nothing(request_: ReqwestRequest, tmp_path: Path) -> None:
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("needs openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject]
    command += ["-keyout", str(key), "-out", str(certificate)]
    await asyncio.to_thread(partial(subprocess.run, command, check=True, capture_output=True))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read())
        writer.close()

    listening = await asyncio.start_server(listen, "127.0.0.1", 0, ssl=context)
    port = listening.sockets[0].getsockname()[1]
    assert isinstance(await failure(request_, f"https://localhost:{port}/bot{TOKEN}/getMe"), NotSent)
    assert not any(heard)
    listening.close()


async def test_a_proxy_of_the_environment_does_not_see_the_token(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with opened() as straight:
        assert await straight.post(server.url, Encoded(b"{}")) == {"message_id": 7}


async def test_a_redirect_is_not_followed(server: Server, request_: ReqwestRequest) -> None:
    async def elsewhere(_: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect("/elsewhere")

    server.answer = elsewhere
    await failure(request_, server.url)
    assert len(server.seen) == 1


async def test_a_connection_lost_while_writing_is_unclear(request_: ReqwestRequest) -> None:
    async def abort(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(20)
        writer.transport.abort()

    listening = await asyncio.start_server(abort, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    with pytest.raises(Unclear):
        await request_.post(f"http://127.0.0.1:{port}/bot{TOKEN}/sendMessage", Encoded(b" " * 5_000_000))
    listening.close()


async def test_what_meets_a_closing_connection_is_not_sent_twice(server: Server, request_: ReqwestRequest) -> None:
    async def last_words(request: web.Request) -> web.StreamResponse:
        answer = await Server.ok(request)
        assert request.transport is not None
        asyncio.get_running_loop().call_soon(request.transport.close)  # kept, as far as the client was told
        return answer

    server.answer = last_words
    accepted = 0
    for number in range(50):
        with suppress(Unclear):
            await request_.post(server.url, Encoded(b'{"chat_id":%d}' % number))
            accepted += 1
    bodies = [body for _, body in server.seen]
    assert 0 < accepted <= len(bodies) == len(set(bodies))


async def test_what_is_under_way_at_the_end_is_unclear(server: Server) -> None:
    server.answer = never
    async with opened() as ending:
        under_way = asyncio.ensure_future(ending.post(server.url, Encoded(b"{}")))
        await eventually(lambda: server.seen)
    with pytest.raises(Unclear):
        await under_way


async def test_many_go_side_by_side(server: Server) -> None:
    everybody = asyncio.Event()

    async def together(_: web.Request) -> web.StreamResponse:
        if len(server.seen) == 256:
            everybody.set()
        await everybody.wait()
        return await Server.ok(_)

    server.answer = together
    async with opened() as wide:
        await asyncio.gather(*(wide.post(server.url, Encoded(b"{}")) for _ in range(256)))
