"""HTTP/1.1, as little of it as Bot API clients use: a request with a Content-Length at a time."""

import asyncio
import re
from typing import Final, Protocol, cast

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_HEAD: Final = b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


class Answerer(Protocol):
    """What a connection asks. It answers through `Connection.answer`, at once or later."""

    def request(self, connection: "Connection", method: bytes, body: bytes) -> None:
        """One request; `method` is the last part of its path."""
        ...

    def lost(self, connection: "Connection") -> None:
        """The client went away."""
        ...


class Connection(asyncio.Protocol):
    """One client's connection. Requests are not pipelined by any client here."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is not derived from it

    def connection_lost(self, _: Exception | None) -> None:
        self._transport = None
        self._answerer.lost(self)

    def data_received(self, data: bytes) -> None:
        buffer = self._buffer + data if self._buffer else data
        while (end := buffer.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(buffer, 0, end + 2)
            if length is None and _CHUNKED.search(buffer, 0, end + 2):
                raise ValueError("a chunked body: this server does not read those")
            size = end + 4 + (int(length[1]) if length else 0)
            if len(buffer) < size:
                break
            path = buffer[: buffer.index(b"\r\n")].split(b" ", 2)[1]
            body = buffer[end + 4 : size]
            buffer = buffer[size:]
            self._answerer.request(self, path.split(b"?", 1)[0].rsplit(b"/", 1)[1], body)
        self._buffer = buffer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()

    def answer(self, body: bytes, status: int = 200) -> None:
        """Send the answer to the request that is open."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(_HEAD % (status, len(body), body))
