"""What a browser does with the page, in a few lines: a visitor keeps the state that the feed sends."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp
import orjson

from rehearsal.session import RehearsalSession

Json = dict[str, Any]


class Visitor:
    def __init__(self, http: aiohttp.ClientSession, address: str, session: RehearsalSession) -> None:
        self.http = http
        self.address = address
        self.session = session
        self.phones: dict[int, Json] = {}
        self.bubbles: dict[int, dict[int, Json]] = {}
        self.state: Json = {}
        self.toasts: list[tuple[str, bool]] = []
        self.told: list[Json] = []
        self.changed = asyncio.Event()

    async def listen(self) -> None:
        async with self.http.get(f"{self.address}/feed") as feed:
            async for line in feed.content:
                if line.startswith(b"data: "):
                    for event in orjson.loads(line[6:]):
                        self.hear(event)
                    self.changed.set()

    def hear(self, event: Json) -> None:
        phone = event.get("phone")
        if isinstance(phone, int):
            self.told += [event] if "bubbles" in event else []
            self.phones[phone] = {**self.phones.get(phone, {}), **event.get("head", {})}
            known = self.bubbles.setdefault(phone, {})
            if event.get("opened"):
                known.clear()
            known.update({one["id"]: one for one in event.get("bubbles", [])})
            for gone in event.get("gone", []):
                known.pop(gone)
            self.toasts += [(text, alert) for text, alert in event.get("toasts", [])]
        elif "closed" in event:
            self.phones.pop(event["closed"])
        else:
            self.state.update(event)

    async def sees(self, what: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not what():
                self.changed.clear()
                await self.changed.wait()

    async def does(self, **command: object) -> Json:
        async with self.http.post(f"{self.address}/do", json=command) as answer:
            return dict(await answer.json())

    def of(self, role: str) -> int:
        return next(number for number, phone in self.phones.items() if phone["role"] == role)

    def newest(self, phone: int) -> Json:
        bubbles: list[Json] = list(self.bubbles[phone].values())
        return max(bubbles, key=lambda one: int(one["id"]), default={})

    def media(self, phone: int) -> list[Json]:
        return [one["media"] for one in self.bubbles[phone].values() if one.get("media")]

    def shows_media(self, phone: int, kind: str) -> bool:
        return kind in [one["kind"] for one in self.media(phone)]

    def now(self) -> datetime:
        assert self.session.seminar is not None
        return self.session.clock.now().astimezone(self.session.seminar.zone)

    async def members(self) -> dict[int, tuple[str, str]]:
        assert self.session.bot is not None
        return await self.session.bot.members()

    async def outbox(self) -> dict[str, int]:
        assert self.session.bot is not None
        outbox: Any = (await self.session.bot.status())["outbox"]
        return dict(outbox)

    def texts(self, phone: int) -> str:
        return "\n".join(str(one.get("text", "")) for one in self.bubbles[phone].values())
