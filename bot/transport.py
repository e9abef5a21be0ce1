"""python-telegram-bot's requests over pyreqwest, whose connections stay open, with orjson both ways.

The token is a part of every URL, so no exception of pyreqwest leaves this module: what went wrong is told by the
class and a short text of our own.
"""

import asyncio
from datetime import timedelta
from typing import Any, Final

import orjson
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import BuilderError, DetailedPyreqwestError, PoolTimeoutError, PyreqwestError
from pyreqwest.multipart import FormBuilder, PartBuilder
from pyreqwest.request import RequestBuilder
from pyreqwest.response import Response
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import BadRequest, TelegramError
from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.answers import NotSent, Unclear, accepted, refusal, seconds_of

__all__ = ["Encoded", "NotSent", "ReqwestRequest", "Unclear", "request_data", "seconds_of"]

_KEEP_ALIVE: Final = timedelta(minutes=5)  # a new TLS handshake costs CPU and two round trips
_UPLOADED_A_SECOND: Final = 200_000  # bytes of a file, on a slow line: so much longer its request may take
_LARGEST_ANSWER = 32 * 1024 * 1024  # bytes; the Bot API gives files of at most 20 MB
# What hyper, the HTTP library inside of pyreqwest, says when there was no connection to write the request to. Its
# class would not do: pyreqwest calls a connection that was lost before the answer a ConnectError too.
_NO_CONNECTION: Final = "client error (Connect)"


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


class ReqwestRequest(BaseRequest):
    """A `BaseRequest` whose connections live from `initialize` to `shutdown`.

    `connections` is how many requests run at once, more wait for their turn. Time-outs are seconds: `read` from the
    beginning of a request to the end of its answer (another one can be given with a request; files that it carries
    take their time besides), `connect` to have a connection, be it a new one or a free one. Redirects and the proxies
    of the environment are not followed.
    Raises NotSent, Unclear, BadRequest for parameters that are not JSON, and what `bot.answers` makes of a refusal.
    """

    def __init__(self, *, connections: int = 256, read: float = 30.0, connect: float = 10.0) -> None:
        self._connections = connections
        self._read = read
        self._connect = timedelta(seconds=connect)
        self._client: Client | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds until an answer has come."""
        return self._read

    async def initialize(self) -> None:
        """Be ready for requests; does nothing when it is."""
        if self._client is None:
            self._client = (
                ClientBuilder()
                .max_connections(self._connections)
                .pool_timeout(self._connect)
                .connect_timeout(self._connect)
                .pool_idle_timeout(_KEEP_ALIVE)
                .follow_redirects(False)
                .no_proxy()
                .gzip(False)
                .brotli(False)
                .zstd(False)
                .deflate(False)
                .build()
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.close()

    async def do_request(  # noqa: PLR0917 - the signature is PTB's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's
    ) -> tuple[int, bytes]:
        """Send one request; return the status (a 2xx) and the whole body of the answer."""
        if self._client is None:
            raise RuntimeError("initialize() first")
        read = self._read if isinstance(read_timeout, DefaultValue) else read_timeout
        failure: TelegramError
        cancellation = _CancellationCheck()
        try:
            request = _filled(self._client.request(method, url), request_data)
            if read is not None:
                request = request.timeout(timedelta(seconds=read + _upload_seconds(request_data)))
            async with request.build_streamed() as response:
                cancellation.raise_if_lost()
                answer = response.status, await _limited(response)
            cancellation.raise_if_lost()
            if 200 <= answer[0] <= 299:
                return answer
            failure = refusal(*answer)
        except (PyreqwestError, OSError, ValueError) as error:
            failure = _classified(error)
        cancellation.raise_if_lost()
        # Raised outside the except block, so that no traceback carries the URL as the context of this error.
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dictionary with a `result`; raises Unclear for anything else."""
        return accepted(payload)


class _CancellationCheck:
    """Whether the running task was told to stop since this was made.

    An await of pyreqwest loses a cancellation that comes in the very moment of its result: it just returns. A poller
    that was stopped then would poll on, and the process would not end.
    """

    def __init__(self) -> None:
        self._task = asyncio.current_task()
        self._before = self._task.cancelling() if self._task else 0

    def raise_if_lost(self) -> None:
        """Raise the CancelledError that was lost, if one was."""
        if self._task is not None and self._task.cancelling() > self._before:
            raise asyncio.CancelledError


def _upload_seconds(data: RequestData | None) -> float:
    """How much longer a request may take for the files that it carries."""
    if data is None or not data.contains_files:
        return 0.0
    sizes = [len(content) for _, content, _ in data.multipart_data.values() if isinstance(content, bytes)]
    return sum(sizes) / _UPLOADED_A_SECOND


def _filled(request: RequestBuilder, data: RequestData | None) -> RequestBuilder:
    if data is None:
        return request
    if data.contains_files:
        return request.multipart(_form(data))
    return request.header("Content-Type", "application/json").body_bytes(_body(data))


def _body(data: RequestData) -> bytes:
    if isinstance(data, Encoded):
        return data.body
    try:
        return orjson.dumps(data.parameters)
    except TypeError as error:
        raise BadRequest(f"these parameters are not JSON: {error}") from None


def _form(data: RequestData) -> FormBuilder:
    form = FormBuilder().percent_encode_noop()
    for name, value in data.json_parameters.items():
        form = form.text(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        whole = content if isinstance(content, bytes) else content.read()
        form = form.part(name, PartBuilder.from_bytes(whole).file_name(filename).mime(mime))
    return form


async def _limited(response: Response) -> bytes:
    reader, whole = response.body_reader, bytearray()
    while (piece := await reader.read_chunk()) is not None:
        whole += piece
        if len(whole) > _LARGEST_ANSWER:
            raise ValueError("the answer is too large")
    return bytes(whole)


def _classified(error: Exception) -> TelegramError:
    """The error without what it might quote, the URL above all. What is not surely unsent is unclear."""
    name = type(error).__name__
    if isinstance(error, (PoolTimeoutError, BuilderError)):
        return NotSent(f"Not sent: {name}")
    causes = error.details["causes"] or [] if isinstance(error, DetailedPyreqwestError) else []
    if any(cause["message"] == _NO_CONNECTION for cause in causes):
        return NotSent(f"Not sent: {name}")
    return Unclear(f"Unclear: {name}")
