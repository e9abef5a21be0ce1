"""Delivery of updates to a webhook, one at a time and in order, as Telegram does to a bot that asks for it.

Only this machine is delivered to: a rehearsal sends nothing anywhere else, whatever address it is given.
"""

import asyncio
import json

import aiohttp

from rehearsal.telegram.api import BotApi
from rehearsal.telegram.local import on_this_machine
from rehearsal.telegram.updates import Update

RETRY_SECONDS = 0.2  # real seconds before an update that was not taken comes again
TIMEOUT = aiohttp.ClientTimeout(total=30)


async def deliver(api: BotApi) -> None:
    """Post every update while a webhook is set; runs until it is cancelled."""
    world = api.world
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        while True:
            url = str(world.updates.webhook.get("url", ""))
            update = world.updates.oldest() if url and on_this_machine(url) else None
            if update is None:
                await world.changed.wait()
                continue
            number = update["update_id"]
            assert isinstance(number, int)
            if await _post(api, session, url, update):
                world.updates.confirm(number + 1)
            else:
                await asyncio.sleep(RETRY_SECONDS)


async def _post(api: BotApi, session: aiohttp.ClientSession, url: str, update: Update) -> bool:
    headers = {"Content-Type": "application/json"}
    if secret := api.world.updates.webhook.get("secret"):
        headers["X-Telegram-Bot-Api-Secret-Token"] = str(secret)
    try:
        async with session.post(url, data=json.dumps(update), headers=headers, allow_redirects=False) as answer:
            taken = 200 <= answer.status < 300  # another address is not followed
            reply = await answer.json(content_type=None) if taken and answer.content_length else None
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False
    if isinstance(reply, dict) and isinstance(reply.get("method"), str):
        await api.call(reply.pop("method"), reply)
    return taken
