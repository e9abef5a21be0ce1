"""The page on loopback: its files, its changes as server-sent events, and its commands as POSTs."""

import asyncio
import mimetypes
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import orjson
from aiohttp import web

from rehearsal.commands import Commands
from rehearsal.page.feed import Feed
from rehearsal.page.labels import page_labels
from rehearsal.session import RehearsalSession
from rehearsal.simulation import Stalled
from rehearsal.telegram.entities import utf16
from rehearsal.telegram.errors import RefusedError, describe_error
from rehearsal.telegram.local import Handler, only_local
from rehearsal.telegram.model import Json, Message
from rehearsal.telegram.texts import MAX_CAPTION

STATIC = Path(__file__).parent / "static"
FILES = frozenset(path.name for path in STATIC.iterdir() if path.is_file())
_BATCH_WINDOW_SECONDS = 0.05  # in which changes are collected before a page is sent them
_HEARTBEAT_SECONDS = 0.5  # the panel is refreshed this often even when nothing happens
_MAX_UPLOAD_BYTES = 50 * 1024 * 1024  # more than the 20 MB that a bot can fetch, so that it can be seen to refuse them
_MAX_FILE_NAME_BYTES = 255
_ID = re.compile(r"-?[0-9]{1,18}")
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def page_app(session: RehearsalSession, commands: Commands) -> web.Application:
    """The page as an aiohttp application."""
    page = _Page(session, commands)
    app = web.Application(
        middlewares=[_with_headers, only_local(_forbidden, links=True)], client_max_size=_MAX_UPLOAD_BYTES
    )
    app.add_routes(
        [
            web.get("/", page.index),
            web.get("/static/{name}", page.static),
            web.get("/languages", page.languages),
            web.get("/labels/{language}", page.labels),
            web.get("/feed", page.feed),
            web.get("/file/{chat}/{message}", page.file),
            web.post("/do", page.do),
            web.post("/upload/{phone}", page.upload),
        ]
    )
    app.on_shutdown.append(page.end)
    return app


@web.middleware
async def _with_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Tell the browser, with every answer, what the page may do."""
    try:
        response = await handler(request)
    except web.HTTPException as refusal:
        refusal.headers.update(_HEADERS)
        raise
    if not response.prepared:
        response.headers.update(_HEADERS)
    return response


def _forbidden(reason: str) -> web.StreamResponse:
    return web.Response(text=reason, status=403)


class _Page:
    def __init__(self, session: RehearsalSession, commands: Commands) -> None:
        self._session = session
        self._commands = commands
        self._closing = asyncio.Event()

    async def index(self, _: web.Request) -> web.StreamResponse:
        return _file_response(STATIC / "index.html")

    async def static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in FILES:
            raise web.HTTPNotFound
        return _file_response(STATIC / name)

    async def languages(self, _: web.Request) -> web.StreamResponse:
        return _json(self._session.offered_languages())

    async def labels(self, request: web.Request) -> web.StreamResponse:
        language = request.match_info["language"]
        if language not in self._session.languages:
            raise web.HTTPNotFound
        labels = page_labels(self._session.locales[language], self._session.seminar)
        return _json({"labels": labels, **self._session.seminar_info(language)})

    async def feed(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        feed = Feed(self._session)
        self._session.phone_listeners.append(feed.mark_changed)
        try:
            with suppress(ConnectionResetError):  # the page was closed
                while not self._closing.is_set():
                    await self._session.refresh()
                    events = feed.take_changes()
                    # A comment when nothing is new: writing is how it is noticed that nobody reads any more.
                    await response.write(b"data: " + orjson.dumps(events) + b"\n\n" if events else b": here\n\n")
                    await self._next_change()
        finally:
            self._session.phone_listeners.remove(feed.mark_changed)
        return response

    async def file(self, request: web.Request) -> web.StreamResponse:
        message = self._message(request.match_info["chat"], request.match_info["message"])
        if not message.files:
            raise web.HTTPNotFound
        file = message.files[0]
        mime = "image/jpeg" if file.kind == "photo" and file.mime not in _SHOWN_INLINE else file.mime
        response = web.Response(body=file.content, content_type=mime)
        if mime not in _SHOWN_INLINE:
            response.content_type = "application/octet-stream"
            response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        return response

    async def do(self, request: web.Request) -> web.StreamResponse:
        try:
            result = await self._commands.run(orjson.loads(await request.read()))
        except (KeyError, TypeError, ValueError, LookupError, RefusedError, Stalled) as error:
            return _json({"error": describe_error(error)}, status=400)
        return _json(result)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        phone = self._session.phones.get(_number(request.match_info["phone"]))
        if phone is None or phone.account.blocked:
            raise web.HTTPNotFound
        name = Path(request.query.get("name", "file")).name or "file"
        if len(name.encode("utf-8", "replace")) > _MAX_FILE_NAME_BYTES:
            raise web.HTTPBadRequest(text=f"A file's name has at most {_MAX_FILE_NAME_BYTES} bytes.")
        caption = request.query.get("caption", "")
        if utf16(caption) > MAX_CAPTION:
            raise web.HTTPBadRequest(text=f"Words under a file have at most {MAX_CAPTION} letters.")
        try:
            content = await request.read()
        except web.HTTPRequestEntityTooLarge:
            raise web.HTTPBadRequest(text=f"A file has at most {_MAX_UPLOAD_BYTES // 2**20} MB.") from None
        if not content:
            raise web.HTTPBadRequest(text="This file is empty.")
        try:
            await phone.sends_file(name, content, caption)
        except LookupError as error:
            raise web.HTTPBadRequest(text=describe_error(error)) from None
        return _json({})

    async def end(self, _: web.Application) -> None:
        self._closing.set()
        self._session.world.changed.notify()

    def _message(self, chat_id: str, message_id: str) -> Message:
        number = _number(chat_id)
        shown = (chat for phone in self._session.phones.values() for chat in (phone.account, *phone.groups))
        chat = next((chat for chat in shown if chat.id == number), None)
        message = chat.messages.get(_number(message_id)) if chat else None
        if message is None:
            raise web.HTTPNotFound
        return message

    async def _next_change(self) -> None:
        try:
            async with asyncio.timeout(_HEARTBEAT_SECONDS):
                await self._session.world.changed.wait()
        except TimeoutError:
            return
        await asyncio.sleep(_BATCH_WINDOW_SECONDS)


def _file_response(path: Path) -> web.Response:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8" if "text" in kind else None)


def _json(content: Json, *, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(content), content_type="application/json", status=status)


def _number(text: str) -> int:
    return int(text) if _ID.fullmatch(text) else 0
