"""A message that its writer changes afterwards, and a place that moves: whoever has got them gets that too."""

from collections.abc import Mapping

from telegram import Message
from telegram.error import TelegramError

from bot.access import Action
from bot.context import Context
from bot.inbound import incoming_message, pin
from bot.messages import alert_cards as alert_cards_messages
from bot.messages.help import ALERT
from bot.messages.relay import WORDS, WRITTEN
from bot.messages.relay_copy import ALBUM, COPY
from bot.quoted import caption, in_pieces
from bot.routing import on_edit
from bot.services import correction as correction_service
from bot.services.correction import Correction
from bot.store import correction as correction_store
from bot.store import live_card as live_card_store
from bot.store import relay_copy as relay_copy_store
from bot.store.correction import RelayedCopy, SentPin
from bot.views import correction as correction_view
from bot.views import relay as relay_view

_PIN_WAIT_SECONDS = 5  # that a pin may be on its way while its place moves


async def changed(context: Context, message: Message) -> bool:
    """Words, pictures and files that were kept: what they say now takes the place of what they said."""
    incoming = incoming_message(message)
    if incoming is None or message.location is not None:
        return False
    me, now = context.member, context.now()
    edited_at = int((message.edit_date or message.date).timestamp())
    change = await context.write(correction_service.correct, incoming, edited_at, author=me.id, now=now)
    if change is None:
        return False
    context.runtime.wake()
    for copy in change.copies:
        await _rewrite(context, change, copy)
    if change.told:
        await context.reply(correction_view.correction_passed(context.locale))
    return True


async def moved(context: Context, message: Message) -> bool:
    """A place that somebody shares while they move: the pins follow, until it stops."""
    place, now = message.location, context.now()
    if place is None:
        return False
    moving = pin(message)
    pins = await context.write(
        correction_service.move_pin,
        context.member.id,
        message.chat_id,
        message.message_id,
        position=(place.latitude, place.longitude),
        until=moving.until if moving else now,
    )
    if pins is None:
        return False
    for _try in range(_PIN_WAIT_SECONDS):
        if not await context.read(correction_store.is_in_flight, pins):
            break
        await context.runtime.clock.sleep(1.0)
    where = {"latitude": place.latitude, "longitude": place.longitude}
    for sent in await context.read(correction_store.sent_pins, pins):
        await _edit(context, sent, "editMessageLiveLocation", where)
        if moving is None:
            await _edit(context, sent, "stopMessageLiveLocation", {})
    return True


async def _rewrite(context: Context, change: Correction, copy: RelayedCopy) -> None:
    """Show what the message says now in one of the messages that show it."""
    locale, seminar, now = context.runtime.locales[copy.language], context.seminar, context.now()
    message = change.message
    if copy.kind == ALERT.name:
        if change.call is not None:
            await context.write(live_card_store.hurry, alert_cards_messages.CARDS.name, str(change.call.alert_id))
            context.runtime.wake()
        return
    relayed = await context.read(relay_copy_store.load, message.id, copy.chat_id, copy.person_id)
    if relayed is None:
        return
    if copy.kind in {WORDS.name, WRITTEN.name}:
        if copy.part < len(in_pieces(message)):
            shown = relay_view.from_person if copy.kind == WORDS.name else relay_view.from_staff
            await context.change(copy.chat_id, copy.message_id, shown(locale, seminar, relayed, copy.part, now))
        return
    has_header = any(one.kind in {WORDS.name, WRITTEN.name} and one.chat_id == copy.chat_id for one in change.copies)
    # Whose it is stands there too, unless a message above says that.
    if has_header or relayed.is_told or copy.kind not in {COPY.name, ALBUM.name}:
        params: dict[str, object] = {"caption": str(caption(message))}
    elif copy.kind == ALBUM.name and len(relayed.parts) > 1:
        params = {"caption": str(relay_view.album_caption(locale, seminar, relayed, now))}
    else:
        screen = relay_view.under(locale, seminar, relayed, now)
        params = {"caption": str(screen.text), "reply_markup": screen.markup()}
    await _edit(context, copy, "editMessageCaption", {**params, "parse_mode": "HTML"})


async def _edit(context: Context, copy: RelayedCopy | SentPin, method: str, params: Mapping[str, object]) -> None:
    """Change a message of another chat; one that cannot be changed stays as it was."""
    target = {"chat_id": copy.chat_id, "message_id": copy.message_id}
    try:
        await context.runtime.sender.call(method, {**target, **params})
    except TelegramError:
        return


ROUTES = (on_edit(moved, Action.ASK), on_edit(changed, Action.ASK))
