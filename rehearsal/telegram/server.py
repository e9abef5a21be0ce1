"""The Bot API over HTTP on one port."""

import asyncio
import contextlib
import functools
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from bot.clock import Clock, SystemClock
from bot.reasons import reason
from rehearsal.telegram.api import BotApi
from rehearsal.telegram.control import add_control
from rehearsal.telegram.errors import ConnectionLostError, RefusedError, forbidden
from rehearsal.telegram.flood import FloodLimits
from rehearsal.telegram.journal import Journal
from rehearsal.telegram.local import only_local
from rehearsal.telegram.request_body import read_request
from rehearsal.telegram.webhook import deliver
from rehearsal.telegram.world import DEFAULT_FLOOD, World

MAX_BODY = 60 * 1024 * 1024  # bytes
UNAUTHORIZED = RefusedError(401, "Unauthorized")


class TelegramServer:
    """`BotApi` on a port of loopback: `/bot<token>/<method>`, `/file/bot<token>/<path>` and `/control/...`.

    Programs of this machine are answered, scripts of web sites are not: see `local`.
    Port 0 takes a free one; `url` says which. `app` can be given more routes before `start()`.
    """

    def __init__(self, api: BotApi, host: str = "127.0.0.1", port: int = 0) -> None:
        self.api = api
        self.world = api.world
        self.host = host
        self.port = port
        self.app = web.Application(client_max_size=MAX_BODY, middlewares=[only_local(_forbidden)])
        self.app.router.add_route("*", "/bot{token}/{method}", self._method)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        add_control(self.app, api.world)
        self._runner: web.AppRunner | None = None
        self._webhook: asyncio.Task[None] | None = None
        self._polls: set[asyncio.Task[Any]] = set()

    @property
    def url(self) -> str:
        """The address, without a slash at the end; the Bot API's base URL is `<url>/bot`."""
        return f"http://{self.host}:{self.port}"

    async def start(self) -> None:
        """Listen. Raises OSError with a sentence that names the address when it cannot."""
        runner = web.AppRunner(self.app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, self.host, self.port)
        try:
            await site.start()
        except OSError as error:
            await runner.cleanup()
            raise OSError(error.errno, f"cannot listen on {self.host}:{self.port}: {reason(error)}") from error
        self.port = runner.addresses[0][1]
        self._runner = runner
        self._webhook = asyncio.create_task(deliver(self.api))

    async def stop(self) -> None:
        """Stop listening; waiting polls are dropped."""
        if self._webhook is not None:
            self._webhook.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._webhook
            self._webhook = None
        for poll in self._polls:
            poll.cancel()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "TelegramServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _method(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _json(UNAUTHORIZED.status, UNAUTHORIZED.envelope())
        try:
            params, files = await read_request(request)
            with self._tracking_poll(request.match_info["method"]):
                status, answer = await self.api.call(request.match_info["method"], params, files)
        except RefusedError as refusal:
            return _json(refusal.status, refusal.envelope())
        except ConnectionLostError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)
        return _json(status, answer)

    @contextlib.contextmanager
    def _tracking_poll(self, method: str) -> Iterator[None]:
        """Remember a poll while it waits: a bot may hold its connection for longer than this server stands."""
        task = asyncio.current_task()
        if method.lower() != "getupdates" or task is None:
            yield
            return
        self._polls.add(task)
        try:
            yield
        finally:
            self._polls.discard(task)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _json(UNAUTHORIZED.status, UNAUTHORIZED.envelope())
        file = self.world.files.by_path(request.match_info["path"])
        if file is None:
            return _json(404, RefusedError(404, "Not Found").envelope())
        return web.Response(body=file.content, content_type="application/octet-stream")


async def serve(
    host: str,
    port: int,
    token: str,
    journal: Path | None = None,
    *,
    clock: Clock | None = None,
    flood: FloodLimits | None = DEFAULT_FLOOD,
    fsync: bool = False,
    seed: int = 0,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Run the stand-in alone until it is cancelled; accepted calls go to `journal` as lines of JSON.

    `announce` is told the address once it listens: by default a line on standard output, for which a parent
    process can wait. Raises OSError when the port is taken.
    """
    world = World(clock or SystemClock(), token=token, flood=flood, seed=seed)
    async with _journalled(world, journal, fsync=fsync), TelegramServer(BotApi(world), host, port) as server:
        (announce or functools.partial(print, flush=True))(server.url)
        await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def _journalled(world: World, path: Path | None, *, fsync: bool) -> AsyncIterator[None]:
    if path is None:
        yield
        return
    journal = Journal(path, fsync=fsync)
    world.on_accept.append(journal)
    try:
        yield
    finally:
        journal.close()


def _forbidden(reason: str) -> web.StreamResponse:
    refusal = forbidden(reason)
    return _json(refusal.status, refusal.envelope())


def _json(status: int, answer: object) -> web.Response:
    try:
        body = orjson.dumps(answer)
    except TypeError:  # a lone surrogate, which only an escape can carry
        body = json.dumps(answer).encode()
    return web.Response(status=status, body=body, content_type="application/json")
