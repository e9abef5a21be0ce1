"""A message that its writer changes afterwards, and a place that moves: whoever has got them gets that too."""

import sqlite3
from collections.abc import Mapping

from telegram import Message
from telegram.error import TelegramError

from bot.access import Action
from bot.context import Context
from bot.inbound import incoming_message, pin
from bot.messages import correction as delivery
from bot.messages.correction import Changed
from bot.messages.help import ALERT
from bot.messages.relay_copy import COPY, PIN
from bot.messages.relayed import WORDS, WRITTEN
from bot.quoted import parts
from bot.routing import on_edit
from bot.screen import Screen
from bot.store import correction as store
from bot.store import help as helps
from bot.store.correction import Copy
from bot.store.help import HelpMessage
from bot.views import correction as page
from bot.views import help as view

_PIN_WAIT_SECONDS = 5  # that a pin may be on its way while its place moves


async def changed(context: Context, message: Message) -> bool:
    """Words, pictures and files that were kept: what they say now takes the place of what they said."""
    what = incoming_message(message)
    if what is None or message.location is not None:
        return False
    me, now = context.member, context.now()
    edited_at = int((message.edit_date or message.date).timestamp())
    found = await context.write(delivery.change, what, edited_at, author=me.id, now=now)
    if found is None:
        return False
    context.runtime.wake()
    for copy in found.copies:
        await _rewrite(context, found, copy)
    if found.told:
        await context.reply(page.correction_passed(context.words))
    return True


async def moved(context: Context, message: Message) -> bool:
    """A place that somebody shares while they move: the pins follow, until it stops."""
    place, now = message.location, context.now()
    if place is None:
        return False
    moving = pin(message)

    def move(connection: sqlite3.Connection) -> HelpMessage | None:
        kept = helps.written(connection, message.chat_id, message.message_id)
        if kept is None or kept.pin is None or kept.author_id != context.member.id:
            return None
        store.move(connection, kept, (place.latitude, place.longitude), moving.until if moving else now)
        return kept

    kept = await context.write(move)
    if kept is None:
        return False
    shared = kept
    for _try in range(_PIN_WAIT_SECONDS):
        if not await context.read(store.is_leaving, shared):
            break
        await context.runtime.clock.sleep(1.0)
    pins = await context.read(store.copies, shared, None)
    where = {"latitude": place.latitude, "longitude": place.longitude}
    for copy in pins:
        if copy.kind == PIN.name:
            await _edit(context, copy, "editMessageLiveLocation", where)
            if moving is None:
                await _edit(context, copy, "stopMessageLiveLocation", {})
    return True


async def _rewrite(context: Context, found: Changed, copy: Copy) -> None:
    """Show what the message says now in one of the messages that show it."""
    words, message = context.runtime.words[copy.language], found.message
    screen: Screen | None = None
    if copy.kind == ALERT.name and found.call is not None:
        screen = view.alert(words, found.call, context.seminar, message, context.now())
    elif copy.kind in {WORDS.name, WRITTEN.name} and copy.part < len(parts(message)):
        shown = view.from_person if copy.kind == WORDS.name else view.from_staff
        screen = shown(words, context.seminar, message, copy.part, context.now())
    if screen is not None:
        await context.change(copy.chat_id, copy.message_id, screen)
    elif copy.kind == COPY.name and message.words:
        caption = {"caption": str(page.caption(message)), "parse_mode": "HTML"}
        await _edit(context, copy, "editMessageCaption", caption)


async def _edit(context: Context, copy: Copy, method: str, params: Mapping[str, object]) -> None:
    """Change a message of another chat; one that cannot be changed stays as it was."""
    target = {"chat_id": copy.chat_id, "message_id": copy.message_id}
    try:
        await context.runtime.sender.call(method, {**target, **params})
    except TelegramError:
        return


ROUTES = (on_edit(moved, Action.ASK), on_edit(changed, Action.ASK))
