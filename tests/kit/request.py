"""The bot's requests, handed to the stand-in Telegram without HTTP."""

import json
from collections.abc import Mapping
from typing import Any

import orjson
from telegram.request import BaseRequest, RequestData

from bot.answers import accepted, refusal
from rehearsal.telegram import BotApi, World
from rehearsal.telegram.errors import RefusedError


def judged(status: int, answer: object) -> tuple[int, bytes]:
    """An answer of the world as the bot's own transport passes it on."""
    try:
        body = orjson.dumps(answer)
    except TypeError:  # half an emoji, a number beyond 64 bits
        body = json.dumps(answer).encode()
    if not 200 <= status <= 299:
        raise refusal(status, body)
    return status, body


class Direct(BaseRequest):
    """python-telegram-bot's requests, handed to the world as they are."""

    parse_json_payload = staticmethod(accepted)

    def __init__(self, world: World) -> None:
        self._api = BotApi(world)
        self._files = world.files

    @property
    def read_timeout(self) -> float | None:
        return 30.0

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the signature is PTB's
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        if "/file/bot" in url:
            return self._file(url)
        name = url.rsplit("/", 1)[1]
        params: Mapping[str, object] = request_data.parameters if request_data else {}
        files: dict[str, tuple[str, bytes]] = {}
        if request_data is not None and request_data.contains_files:
            for key, (filename, content, _mime) in request_data.multipart_data.items():
                files[key] = (filename, content if isinstance(content, bytes) else content.read())
        return judged(*await self._api.call(name, params, files))

    def _file(self, url: str) -> tuple[int, bytes]:
        path = url.partition("/file/bot")[2].partition("/")[2]
        file = self._files.by_path(path)
        if file is None:
            return judged(404, RefusedError(404, "Not Found").envelope())
        return 200, file.content
