"""Words about a day that are changed afterwards."""

import sqlite3

from telegram import Message

from bot.access import Action
from bot.context import Context
from bot.messages import checkin_mood
from bot.programme.checkin import Slot, window_on
from bot.routing import on_edit
from bot.store import checkin, checkin_part, person
from bot.store.checkin import Checkin
from bot.text import clean_words
from bot.views import checkin as view


async def edited(context: Context, message: Message) -> bool:
    """Keep what they say now, and tell who has read them. Where they were passed on too, that is another's matter."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    words, number = clean_words(message.text or ""), message.message_id
    part = await context.read(checkin_part.of, me.id, number)
    found = window_on(context.seminar, part.on, Slot.EVENING) if part else None
    if part is None or found is None or not words or words == part.words:
        return False
    edited_at = int((message.edit_date or message.date).timestamp())

    def keep(connection: sqlite3.Connection) -> Checkin | None:
        checkin_part.change(connection, me.id, number, words)
        kept = checkin.say(connection, me.id, found, checkin_part.whole(connection, me.id, found.on))
        staff = person.staff(connection, owners)
        checkin_mood.tell_of_correction(connection, found, me, number, edited_at, staff=staff, now=now)
        return kept

    kept = await context.write(keep)
    context.runtime.wake()
    if kept is not None:
        changeable = now < found.closes
        await context.reply(view.answered(context.words, found, kept, context.seminar.zone, changeable=changeable))
    return False


ROUTES = (on_edit(edited, Action.CHECK_IN),)
