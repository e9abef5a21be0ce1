"""A message that goes on with the one before it (an album, a text that a phone has cut) is taken for what that was."""

import json
from datetime import UTC, datetime

from telegram import Message

from bot import inbound
from bot.access import ChatKind
from bot.context import Context
from bot.store import multipart
from bot.store.conversation import Conversation


async def join(context: Context, message: Message) -> None:
    """Let `context` stand where the first part of the same thing stood, if the message is a later part of one.

    A first part is written down before it is handled; handled again after a crash, it finds what it was an answer to.
    """
    if context.chat_kind is not ChatKind.PRIVATE or context.person is None:
        return  # nothing is kept about strangers
    found = await context.read(multipart.of, context.chat_id)
    if found is not None and inbound.goes_on(message, found):
        grown = inbound.with_part(message, found)
        if grown != found:
            await context.write(multipart.keep, grown)
        context.joins(grown, _awaited(grown))
    elif found is not None and inbound.began(message, found):
        context.repeats(_awaited(found))
    elif inbound.may_go_on(message):
        awaits = context.awaits
        waits_for, data = (awaits.waits_for, dict(awaits.data)) if awaits else ("", {})
        started = inbound.new_multipart(message, waits_for, json.dumps(data, ensure_ascii=False))
        await context.write(multipart.keep, started)
    elif found is not None and found.album is None and found.units:
        whole = found._replace(units=0)  # something else has come since, so what may come yet is no part of it
        await context.write(multipart.keep, whole)


def _awaited(found: multipart.Multipart) -> Conversation | None:
    """What the thing answers; its later parts belong to it whenever they come."""
    sent_at = datetime.fromtimestamp(found.sent_at, UTC)
    return Conversation(found.waits_for, json.loads(found.data), sent_at, sent_at) if found.waits_for else None
