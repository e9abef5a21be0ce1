"""A bot that only calls methods."""

import struct
import zlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import BotApi, World


class Caller:
    def __init__(self, world: World) -> None:
        self.world = world
        self._api = BotApi(world)

    async def __call__(
        self, method: str, files: Mapping[str, tuple[str, bytes]] | None = None, /, **params: object
    ) -> Any:
        status, answer = await self._api.call(method, params, files or {})
        assert status == 200, answer
        return answer["result"]

    async def refused(
        self, method: str, files: Mapping[str, tuple[str, bytes]] | None = None, /, **params: object
    ) -> str:
        """The status and description of a call that must be refused."""
        status, answer = await self._api.call(method, params, files or {})
        assert answer["ok"] is False, answer
        assert answer["error_code"] == status
        return f"{status} {answer['description']}"

    async def updates(self, **params: object) -> list[dict[str, Any]]:
        result = await self("getUpdates", **params)
        assert isinstance(result, list)
        return result


def later(clock: RehearsalClock, seconds: float) -> None:
    clock.jump_to(clock.now() + timedelta(seconds=seconds))


def keyboard(*labels: str) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}


def png(width: int = 4, height: int = 3) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
