"""A message that goes on with the one before it (an album, a text that a phone has cut) is taken for what that was."""

from datetime import UTC, datetime

from telegram import Message

from bot import inbound
from bot.access import ChatKind
from bot.context import Context
from bot.store import multipart as multipart_store
from bot.store.conversation import Conversation
from bot.store.multipart import Multipart


async def join(context: Context, message: Message) -> None:
    """Let `context` stand where the first part of the same thing stood, if the message is a later part of one.

    A first part is written down before it is handled; handled again after a crash, it finds what it was an answer to.
    """
    if context.chat_kind is ChatKind.GROUP or context.person is None:
        return  # nothing is kept about strangers
    multipart = await context.read(multipart_store.get, context.chat_id)
    if multipart is not None and inbound.continues(message, multipart):
        grown = inbound.with_part(message, multipart)
        if grown != multipart:
            await context.write(multipart_store.save, grown)
        context.joins(grown, _awaited(grown))
    elif multipart is not None and inbound.is_first_part(message, multipart):
        context.repeats(_awaited(multipart))
    elif inbound.may_go_on(message):
        awaits = context.awaits
        waits_for, data = (awaits.waits_for, awaits.data) if awaits else ("", "{}")
        started = inbound.new_multipart(message, waits_for, data)
        await context.write(multipart_store.save, started)
    elif multipart is not None and multipart.album is None and multipart.units:
        whole = multipart._replace(units=0)  # something else has come since, so what may come yet is no part of it
        await context.write(multipart_store.save, whole)


def _awaited(multipart: Multipart) -> Conversation | None:
    """What the thing answers; its later parts belong to it whenever they come."""
    sent_at = datetime.fromtimestamp(multipart.sent_at, UTC)
    return Conversation(multipart.waits_for, multipart.data, sent_at, sent_at) if multipart.waits_for else None
