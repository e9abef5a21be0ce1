"""Words about a day that are changed afterwards."""

from telegram import Message

from bot.access import Action
from bot.context import Context
from bot.programme.checkin import Slot, window_on
from bot.routing import on_edit
from bot.services import checkin as checkin_service
from bot.store import checkin_part as checkin_part_store
from bot.text import clean_words
from bot.views import checkin as checkin_view


async def edited(context: Context, message: Message) -> bool:
    """Save what they say now, and tell who has read them. Where they were passed on too, that is another's matter."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    words, number = clean_words(message.text or ""), message.message_id
    part = await context.read(checkin_part_store.get, me.id, number)
    window = window_on(context.seminar, part.on, Slot.EVENING) if part else None
    if part is None or window is None or not words or words == part.words:
        return False
    edited_at = int((message.edit_date or message.date).timestamp())
    checkin = await context.write(
        checkin_service.correct_words, me, window, number, words, edited_at=edited_at, owners=owners, now=now
    )
    context.runtime.wake()
    if checkin is not None:
        zone, changeable = context.seminar.zone, now < window.closes
        await context.reply(checkin_view.answered(context.locale, window, checkin, zone, changeable=changeable))
    return False


ROUTES = (on_edit(edited, Action.CHECK_IN),)
