"""Delivery of updates to a webhook, one at a time and in order, as Telegram does to a bot that asks for it.

Only this machine is delivered to: a rehearsal sends nothing anywhere else, whatever address it is given.
"""

import asyncio
import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from rehearsal.telegram.updates import Update

if TYPE_CHECKING:
    from rehearsal.telegram.world import World

PAUSE = 0.2  # real seconds before an update that was not taken comes again
TIMEOUT = aiohttp.ClientTimeout(total=30)


def on_this_machine(url: str) -> bool:
    """Whether an address leads to this machine, whatever stands before an @ in it."""
    try:
        return urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}
    except ValueError:
        return False


async def deliver(world: "World") -> None:
    """Post every update while a webhook is set; runs until it is cancelled."""
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        while True:
            url = str(world.updates.webhook.get("url", ""))
            update = world.updates.oldest() if url and on_this_machine(url) else None
            if update is None:
                await world.changed.wait()
                continue
            number = update["update_id"]
            assert isinstance(number, int)
            if await _post(world, session, url, update):
                world.updates.confirm(number + 1)
            else:
                await asyncio.sleep(PAUSE)


async def _post(world: "World", session: aiohttp.ClientSession, url: str, update: Update) -> bool:
    headers = {"Content-Type": "application/json"}
    if secret := world.updates.webhook.get("secret"):
        headers["X-Telegram-Bot-Api-Secret-Token"] = str(secret)
    try:
        async with session.post(url, data=json.dumps(update), headers=headers, allow_redirects=False) as answer:
            taken = 200 <= answer.status < 300  # another address is not followed
            reply = await answer.json(content_type=None) if taken and answer.content_length else None
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False
    if isinstance(reply, dict) and isinstance(reply.get("method"), str):
        await world.call(reply.pop("method"), reply)
    return taken
