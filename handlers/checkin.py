"""The check-ins: "I am here" in the morning, the mood of the day in the evening, a few words if one likes."""

import sqlite3
from datetime import datetime, timedelta

from telegram import Message

from bot.access import Action
from bot.buttons import CheckinHere, CheckinMood, CheckinWords
from bot.context import Context
from bot.delivery import checkin as delivery
from bot.i18n import N_
from bot.names import clean_words
from bot.programme.checkin import Slot, Window, next_after, open_now, window
from bot.routing import on_answer, on_button, on_command
from bot.screen import Screen
from bot.store import checkin, conversation, person
from bot.store.checkin import Checkin
from bot.views import checkin as view

_WORDS = "checkin.words"
# So long the next message is taken for words about the day; later it may be about anything.
_LISTENS = timedelta(hours=1)


async def check_in(context: Context, _arguments: str) -> None:
    """Reply with the check-in that is open now: the question, or the answer that is kept."""
    found = open_now(context.seminar, context.now())
    kept = await _kept(context, found) if found else None
    if found is None or (kept and found.closes <= context.now()):
        upcoming = next_after(context.seminar, context.now())
        await context.reply(view.closed(context.words, upcoming, context.seminar.zone))
    elif kept:
        await context.reply(_answer(context, found, kept))
    else:
        await context.reply(_question(context, found))


async def here(context: Context, pressed: CheckinHere) -> None:
    """Keep that someone is here, and show it in the message."""
    found = window(context.seminar, pressed.day, Slot.MORNING)
    if found is None:
        return
    me, now = context.member, context.now()

    def keep(connection: sqlite3.Connection) -> Checkin | None:
        if not _takes(found, checkin.of(connection, me.id, found.day, found.slot), now):
            return None
        kept, _first = checkin.answer(connection, me.id, found, None, now)
        delivery.answered(connection, found, me.id, now)
        return kept

    kept = await context.write(keep)
    if kept is None:
        await _decline(context, found)
    else:
        await context.show(_answer(context, found, kept))


async def mood(context: Context, pressed: CheckinMood) -> None:
    """Keep how the day was, show it in the message, and listen for words about it."""
    found = window(context.seminar, pressed.day, Slot.EVENING)
    if found is None or pressed.mood not in range(1, 6):
        return
    me, now, owners = context.member, context.now(), context.services.settings.owners

    def keep(connection: sqlite3.Connection) -> tuple[Checkin, bool] | None:
        if not _takes(found, checkin.of(connection, me.id, found.day, found.slot), now):
            return None
        kept, first = checkin.answer(connection, me.id, found, pressed.mood, now)
        delivery.answered(connection, found, me.id, now)
        delivery.tell_of_low_mood(connection, found, me, kept, staff=person.staff(connection, owners), now=now)
        if asking := first or not kept.words:
            asking = _listen(connection, context, found)
        return kept, asking

    answer = await context.write(keep)
    if answer is None:
        await _decline(context, found)
        return
    context.services.wake()
    kept, asking = answer
    await context.show(_answer(context, found, kept, asking=asking))


async def more(context: Context, pressed: CheckinWords) -> None:
    """Listen for words about the day, or stop listening."""
    found = window(context.seminar, pressed.day, Slot.EVENING)
    kept = await _kept(context, found) if found else None
    if found is None or kept is None:
        return
    if not _takes(found, kept, context.now()):
        await _decline(context, found)
        return
    if pressed.more:
        await context.expect(_WORDS, {"day": found.day}, ends_after=_LISTENS)
    elif context.awaits is not None and context.awaits.waits_for == _WORDS:
        await context.expect_nothing()
    await context.show(_answer(context, found, kept, asking=bool(pressed.more)))


async def words(context: Context, message: Message) -> None:
    """Keep the words, and pass them on to organizers if the day was hard."""
    day = int(context.awaits.data["day"]) if context.awaits else 0
    found, said = window(context.seminar, day, Slot.EVENING), clean_words(message.text or "")
    if found is None or not said:
        await context.expect_nothing()
        return
    me, now, owners = context.member, context.now(), context.services.settings.owners

    def keep(connection: sqlite3.Connection) -> Checkin | None:
        kept = checkin.say(connection, me.id, day, said)
        staff = person.staff(connection, owners)
        delivery.tell_of_words(connection, found, me, message.message_id, staff=staff, now=now)
        return kept

    kept = await context.write(keep)
    context.services.wake()
    if kept is not None:
        await context.reply(_answer(context, found, kept))
    # Last: if the bot dies before this, the words come again and are kept again.
    await context.expect_nothing()


# --- what these share -----------------------------------------------------------------------------------------------


def _takes(found: Window, kept: Checkin | None, now: datetime) -> bool:
    """Whether a first answer, or another one in place of what is kept, is taken now."""
    return found.opens <= now < (found.closes if kept else found.ends)


async def _decline(context: Context, found: Window) -> None:
    """Say in the old message that no answer is taken any more, and offer what is open instead."""
    kept = await _kept(context, found)
    if kept is not None:
        await context.show(_answer(context, found, kept))
        return
    await context.show(view.over(context.words, found))
    current = open_now(context.seminar, context.now())
    if current is not None and await _kept(context, current) is None:
        await context.reply(_question(context, current))


async def _kept(context: Context, found: Window) -> Checkin | None:
    person_id = context.member.id
    return await context.read(lambda connection: checkin.of(connection, person_id, found.day, found.slot))


def _listen(connection: sqlite3.Connection, context: Context, found: Window) -> bool:
    """Take the next message for words about the day, unless the chat was asked for something else."""
    now = context.now()
    return conversation.listen(connection, context.chat_id, _WORDS, {"day": found.day}, now, until=now + _LISTENS)


def _question(context: Context, found: Window) -> Screen:
    return view.ask(context.words, found, context.member.name, late=found.is_late(context.now()))


def _answer(context: Context, found: Window, kept: Checkin, *, asking: bool = False) -> Screen:
    changeable = context.now() < found.closes
    return view.answered(context.words, found, kept, context.seminar.zone, changeable=changeable, asking=asking)


ROUTES = (
    on_command("checkin", check_in, Action.CHECK_IN, menu=N_("Check in: I am here, my day")),
    on_button(CheckinHere, here, Action.CHECK_IN),
    on_button(CheckinMood, mood, Action.CHECK_IN),
    on_button(CheckinWords, more, Action.CHECK_IN),
    on_answer(_WORDS, words, Action.CHECK_IN),
)
