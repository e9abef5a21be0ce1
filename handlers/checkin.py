"""The check-ins: "I am here" in the morning, the mood of the day in the evening, a few words if one likes."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from telegram import Message

from bot.access import Action
from bot.buttons.checkin import (
    CheckinHere,
    CheckinHereByNumber,
    CheckinMood,
    CheckinMoodByNumber,
    CheckinPassOn,
    CheckinSaid,
    CheckinWords,
)
from bot.context import Context
from bot.i18n import N_
from bot.inbound import incoming_message
from bot.messages import checkin as checkin_messages
from bot.messages import checkin_mood, receipts, relay
from bot.messages import checkin_words as said_words
from bot.phrases import asks
from bot.programme.checkin import Slot, Window, next_after, open_now, window, window_on
from bot.routing import on_answer, on_button, on_command, on_unanswered
from bot.screen import Screen
from bot.store import checkin, conversation
from bot.store import help as helps
from bot.store.checkin import Checkin
from bot.store.conversation import Conversation
from bot.store.incoming_message import IncomingMessage
from bot.views import checkin as view
from bot.views import fallback
from bot.views import help as talk

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
        await context.reply(await _answer(context, found, kept))
    else:
        await context.reply(_question(context, found))


async def here(context: Context, pressed: CheckinHere) -> None:
    """Keep that someone is here, and show it in the message."""
    found = window_on(context.seminar, pressed.on, Slot.MORNING)
    if found is None:
        await _is_over(context, Slot.MORNING, pressed.on)
        return
    me, now = context.member, context.now()

    def keep(connection: sqlite3.Connection) -> Checkin | None:
        if not _takes(found, checkin.of(connection, me.id, found.key), now):
            return None
        kept, _first = checkin.answer(connection, me.id, found, None, now)
        checkin_messages.answered(connection, found, me.id, now)
        return kept

    kept = await context.write(keep)
    if kept is None:
        await _decline(context, found)
    else:
        await _show_everywhere(context, found, await _answer(context, found, kept))


async def mood(context: Context, pressed: CheckinMood) -> None:
    """Keep how the day was, show it in the message, and listen for words about it."""
    found = window_on(context.seminar, pressed.on, Slot.EVENING)
    if pressed.mood not in range(1, 6):
        return
    if found is None:
        await _is_over(context, Slot.EVENING, pressed.on)
        return
    me, now, owners = context.member, context.now(), context.runtime.settings.owners

    def keep(connection: sqlite3.Connection) -> tuple[Checkin, bool] | None:
        if not _takes(found, checkin.of(connection, me.id, found.key), now):
            return None
        kept, first = checkin.answer(connection, me.id, found, pressed.mood, now)
        checkin_messages.answered(connection, found, me.id, now)
        checkin_mood.tell_of_low_mood(connection, found, me, kept, owners=owners, now=now)
        if asking := first or not kept.words:
            asking = _listen(connection, context, found)
        return kept, asking

    answer = await context.write(keep)
    if answer is None:
        await _decline(context, found)
        return
    context.runtime.wake()
    kept, asking = answer
    await _show_everywhere(context, found, await _answer(context, found, kept, asking=asking))


async def here_by_number(context: Context, pressed: CheckinHereByNumber) -> None:
    """The button as it was, with the day's number."""
    if (on := _date_of(context, pressed.day, Slot.MORNING)) is not None:
        await here(context, CheckinHere(on))
    else:
        await context.toast(fallback.old_button(context.words), alert=True)


async def mood_by_number(context: Context, pressed: CheckinMoodByNumber) -> None:
    """The button as it was, with the day's number."""
    if (on := _date_of(context, pressed.day, Slot.EVENING)) is not None:
        await mood(context, CheckinMood(on, pressed.mood))
    else:
        await context.toast(fallback.old_button(context.words), alert=True)


async def more(context: Context, pressed: CheckinWords) -> None:
    """Listen for words about the day, or stop listening."""
    found = window_on(context.seminar, pressed.on, Slot.EVENING)
    if found is None:
        await _is_over(context, Slot.EVENING, pressed.on)
        return
    if (kept := await _kept(context, found)) is None:
        return
    if not _takes(found, kept, context.now()):
        await _decline(context, found)
        return
    if pressed.more:
        await context.expect(_WORDS, _about(found), ends_after=_LISTENS)
    elif context.awaits is not None and context.awaits.waits_for == _WORDS:
        await context.expect_nothing()
    await context.show(await _answer(context, found, kept, asking=bool(pressed.more)))


async def words(context: Context, message: Message) -> None:
    """Keep the words; what asks something may be for the organizers, and its writer says so first.

    After a hard day they read everything in any case.
    """
    found, what = _asked_about(context), incoming_message(message, context.part)
    if found is None or what is None or not what.words:
        await context.expect_nothing()
    elif context.goes_on:
        me, now, owners = context.member, context.now(), context.runtime.settings.owners
        await context.write(said_words.go_on, me, found, what, owners=owners, now=now)
        context.runtime.wake()
    elif asks(what.words) and not ((kept := await _kept(context, found)) and kept.low):
        me, now = context.member, context.now()
        await context.write(helps.keep, what, person_id=me.id, author_id=me.id, now=now)
        instead = view.is_it_about_the_day(context.words, found, message.message_id)
        await context.reply(talk.offer(context.words, message.message_id, instead=instead))
    else:
        await _keep_words(context, found, [what])
        # Last: if the bot dies before this, the words come again and are kept again.
        await context.expect_nothing()


async def said(context: Context, pressed: CheckinSaid) -> None:
    """What looked like a question is about the day."""
    found, me = window_on(context.seminar, pressed.on, Slot.EVENING), context.member
    kept = await context.read(helps.whole, context.chat_id, pressed.message)
    if found is None or not kept or kept[0].author_id != me.id:
        await context.show(talk.forgotten(context.words))
    elif not found.opens <= context.now() < found.ends:
        await _decline(context, found)
    else:
        what = [IncomingMessage(one.chat_id, one.message_id, one.words, one.media, part_of=one.part_of) for one in kept]
        await _keep_words(context, found, what)
        if context.awaits is not None and context.awaits.waits_for == _WORDS:
            await context.expect_nothing()


async def _keep_words(context: Context, found: Window, what: Sequence[IncomingMessage]) -> None:
    """Keep the words, and tell organizers if the day was hard; else offer to pass them on."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    kept = await context.write(said_words.keep, me, found, what, owners=owners, now=now)
    context.runtime.wake()
    if kept is not None:
        written = None if kept.low else what[0].message_id
        await context.show(await _answer(context, found, kept, written=written))


async def pass_on(context: Context, pressed: CheckinPassOn) -> None:
    """The words about the day are for the organizers too."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    there = await context.write(relay.pass_kept, me, context.chat_id, pressed.message, owners=owners, now=now)
    context.runtime.wake()
    found = window_on(context.seminar, pressed.on, Slot.EVENING)
    if found is not None and (kept := await _kept(context, found)) is not None:
        await context.show(await _answer(context, found, kept))
    if there:
        await receipts.of_words(context, pressed.message)
    else:
        await context.reply(talk.forgotten(context.words))


async def words_lapsed(context: Context, _awaited: Conversation) -> Screen | None:
    """Words come long after the mood."""
    return view.words_lapsed(context.words)


# --- what these share -----------------------------------------------------------------------------------------------


def _takes(found: Window, kept: Checkin | None, now: datetime) -> bool:
    """Whether a first answer, or another one in place of what is kept, is taken now."""
    return found.opens <= now < (found.closes if kept else found.ends)


def _date_of(context: Context, day: int, slot: Slot) -> date | None:
    """The date that a day's number in a message meant: today's numbering, if the message comes from that check-in."""
    found = window(context.seminar, day, slot)
    written = context.message.date if context.message else None
    return found.on if found and written and found.opens <= written < found.ends else None


async def _decline(context: Context, found: Window) -> None:
    """Show in the old message the answer that is kept, or that none is taken any more."""
    kept = await _kept(context, found)
    if kept is not None:
        await context.show(await _answer(context, found, kept))
    else:
        await _is_over(context, found.slot, found.on)


async def _is_over(context: Context, slot: Slot, on: date) -> None:
    """Say in the old message that no answer is taken any more, and offer what is open instead.

    Also for a date that the seminar does not have any more: a trial week, a start that was postponed, another seminar.
    """
    await context.show(view.over(context.words, slot, on))
    current = open_now(context.seminar, context.now())
    if current is not None and await _kept(context, current) is None:
        await context.reply(_question(context, current))


async def _kept(context: Context, found: Window) -> Checkin | None:
    person_id = context.member.id
    return await context.read(checkin.of, person_id, found.key)


def _listen(connection: sqlite3.Connection, context: Context, found: Window) -> bool:
    """Take the next message for words about the day, unless the chat was asked for something else."""
    now = context.now()
    return conversation.listen(connection, context.chat_id, _WORDS, _about(found), now, until=now + _LISTENS)


def _about(found: Window) -> dict[str, object]:
    return {"date": found.on.isoformat()}


def _asked_about(context: Context) -> Window | None:
    """The evening that words are awaited about."""
    on = context.awaits.data.get("date") if context.awaits else None
    return window_on(context.seminar, date.fromisoformat(on), Slot.EVENING) if isinstance(on, str) else None


def _question(context: Context, found: Window) -> Screen:
    return view.ask(context.words, found, context.member.name, late=found.is_late(context.now()))


async def _answer(
    context: Context, found: Window, kept: Checkin, *, asking: bool = False, written: int | None = None
) -> Screen:
    changeable, zone = context.now() < found.closes, context.seminar.zone
    heard = not kept.low or await receipts.can_be_heard(context)
    return view.answered(
        context.words, found, kept, zone, changeable=changeable, asking=asking, written=written, heard=heard
    )


async def _show_everywhere(context: Context, found: Window, answer: Screen) -> None:
    """Show the answer in the message that was pressed, and in the others of this check-in: none keeps a live button."""
    await context.show(answer)
    my_id = context.member.id
    for card in await context.read(checkin_messages.cards, found, my_id) - {context.message_id}:
        await context.change(context.chat_id, card, answer)


ROUTES = (
    on_command("checkin", check_in, Action.CHECK_IN, menu=N_("Check in: I am here, my day")),
    on_button(CheckinHere, here, Action.CHECK_IN),
    on_button(CheckinMood, mood, Action.CHECK_IN),
    on_button(CheckinHereByNumber, here_by_number, Action.CHECK_IN),
    on_button(CheckinMoodByNumber, mood_by_number, Action.CHECK_IN),
    on_button(CheckinWords, more, Action.CHECK_IN),
    on_answer(_WORDS, words, Action.CHECK_IN, parts=True),
    on_unanswered(_WORDS, lapsed=words_lapsed),
    on_button(CheckinSaid, said, Action.CHECK_IN),
    on_button(CheckinPassOn, pass_on, Action.CHECK_IN),
)
