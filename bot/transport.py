"""python-telegram-bot's requests over one aiohttp session that stays connected, with orjson both ways.

The token is a part of every URL, so no exception of aiohttp leaves this module: what went wrong is told by the
class and a short text of our own.
"""

import json
import os
from datetime import timedelta
from typing import Any, Final

import aiohttp
import orjson
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

# PTB asks to be told that the waits of a 429 are wanted as timedelta; until then it warns about each of them.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_KEEP_ALIVE = 300.0  # seconds; a new TLS handshake costs 9 ms of CPU and two round trips
_LARGEST_ANSWER = 32 * 1024 * 1024  # bytes; the Bot API hands out files of at most 20 MB
_JSON: Final = {"Content-Type": "application/json"}
_NO_CONNECTION = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.InvalidURL,
)


class NotSent(NetworkError):  # noqa: N818 - says what happened to the request
    """The request never reached Telegram: refused, no such host, no free connection. Safe to send again."""


class Unclear(TimedOut):
    """The request may have been carried out: its answer was lost. Sending again may make a copy."""

    def __init__(self, what: str) -> None:
        super().__init__(what)


class Encoded(RequestData):  # type: ignore[misc]  # marked final for readers of PTB, it is the one way to hand over bytes
    """A request whose JSON body was encoded before: `body` is sent as it is."""

    __slots__ = ("body",)

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.body = body

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters, for a request class that wants them apart."""
        decoded: dict[str, Any] = orjson.loads(self.body)
        return decoded

    @property
    def json_payload(self) -> bytes:
        """The body."""
        return self.body


def request_data(params: dict[str, object]) -> RequestData:
    """The parameters of a method as PTB's requests take them; files and PTB's own types are welcome."""
    return RequestData([RequestParameter.from_input(key, value) for key, value in params.items() if value is not None])


def seconds_of(error: RetryAfter) -> float:
    """The wait that a 429 asks for. PTB is on its way from a number to a timedelta."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class AiohttpRequest(BaseRequest):
    """A `BaseRequest` whose session lives from `initialize` to `shutdown`.

    `connections` is how many requests run at once, more wait for their turn. Time-outs are seconds and can be
    given with every request: `read` between two pieces of the answer, `connect` to have a connection.
    Raises NotSent, Unclear, BadRequest for parameters that are not JSON, and what PTB makes of the answer.
    """

    def __init__(self, *, connections: int = 256, read: float = 30.0, connect: float = 10.0) -> None:
        self._connections = connections
        self._read = read
        self._connect = connect
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds between two pieces of an answer."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; does nothing when it is open."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_KEEP_ALIVE),
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0917 - the signature is PTB's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; return the status and the whole body of the answer."""
        if self._session is None:
            raise RuntimeError("initialize() first")
        read = self._or_default(read_timeout, self._read)
        timeout = aiohttp.ClientTimeout(
            total=None, connect=self._or_default(connect_timeout, self._connect), sock_read=read
        )
        data, headers = _body(request_data)
        failure: TelegramError
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await _limited(response)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            failure = _explained(error)
        # Raised outside the except block, so that no traceback carries the URL as the context of this error.
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dictionary; raises TelegramError for anything else.

        Half an emoji cut by a client (a lone surrogate) would make one update spoil its whole batch: such answers
        are read by the patient parser of the standard library.
        """
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            answer = _patiently(payload)
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    @staticmethod
    def _or_default(value: ODVInput[float], default: float) -> float | None:
        return default if isinstance(value, DefaultValue) else value


def _patiently(payload: bytes) -> object:
    try:
        return json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    if data is None:
        return None, None
    if isinstance(data, Encoded):
        return data.body, _JSON
    if data.contains_files:
        return _form(data), None
    try:
        return orjson.dumps(data.parameters), _JSON
    except TypeError as error:
        raise BadRequest(f"these parameters are not JSON: {error}") from None


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


async def _limited(response: aiohttp.ClientResponse) -> bytes:
    length = response.content_length
    if length is not None and length <= _LARGEST_ANSWER:
        return await response.read()
    pieces = bytearray()
    async for piece in response.content.iter_any():
        pieces += piece
        if len(pieces) > _LARGEST_ANSWER:
            raise aiohttp.ClientPayloadError("the answer is too large")
    return bytes(pieces)


def _explained(error: Exception) -> TelegramError:
    """The error without what it might quote, the URL above all."""
    name = type(error).__name__
    if isinstance(error, _NO_CONNECTION):
        return NotSent(f"Not sent: {name}")
    if isinstance(error.__cause__, aiohttp.ClientConnectionResetError):
        # A kept connection that the server had closed: what was not wholly written cannot have been carried out.
        return NotSent(f"Not sent: {name}")
    return Unclear(f"Unclear: {name}")
