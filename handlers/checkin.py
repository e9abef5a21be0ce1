"""The check-ins: "I am here" in the morning, the mood of the day in the evening, a few words if one likes."""

from collections.abc import Sequence
from datetime import date

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
from bot.messages import receipt as receipt_messages
from bot.phrases import asks
from bot.programme.checkin import Slot, Window, next_after, open_now, window_on
from bot.programme.checkin import window as window_of_day
from bot.routing import on_answer, on_button, on_command, on_unanswered
from bot.screen import Screen
from bot.services import checkin as checkin_service
from bot.services import unsent as unsent_service
from bot.services.checkin import LISTENS, WORDS_QUESTION, WordsAbout
from bot.store import checkin as checkin_store
from bot.store import help_message as help_message_store
from bot.store.checkin import Checkin
from bot.store.conversation import Conversation
from bot.store.incoming_message import IncomingMessage
from bot.views import checkin as checkin_view
from bot.views import fallback as fallback_view
from bot.views import relay as relay_view


async def check_in(context: Context, _arguments: str) -> None:
    """Reply with the check-in that is open now: the question, or the answer that is saved."""
    window = open_now(context.seminar, context.now())
    checkin = await _saved(context, window) if window else None
    if window is None or (checkin and window.closes <= context.now()):
        upcoming = next_after(context.seminar, context.now())
        await context.reply(checkin_view.closed(context.locale, upcoming, context.seminar.zone))
    elif checkin:
        await context.reply(await _answer(context, window, checkin))
    else:
        await context.reply(_question(context, window))


async def here(context: Context, pressed: CheckinHere) -> None:
    """Save that someone is here, and show it in the message."""
    window = window_on(context.seminar, pressed.on, Slot.MORNING)
    if window is None:
        await _is_over(context, Slot.MORNING, pressed.on)
        return
    me, now = context.member, context.now()
    checkin = await context.write(checkin_service.answer_morning, me, window, now=now)
    if checkin is None:
        await _decline(context, window)
    else:
        context.runtime.wake()  # the cards of who is missing
        await _show_everywhere(context, window, await _answer(context, window, checkin))


async def mood(context: Context, pressed: CheckinMood) -> None:
    """Save how the day was, show it in the message, and listen for words about it."""
    window = window_on(context.seminar, pressed.on, Slot.EVENING)
    if pressed.mood not in range(1, 6):
        return
    if window is None:
        await _is_over(context, Slot.EVENING, pressed.on)
        return
    me, chat_id, now, owners = context.member, context.chat_id, context.now(), context.runtime.settings.owners
    answer = await context.write(
        checkin_service.answer_evening, me, window, pressed.mood, chat_id=chat_id, owners=owners, now=now
    )
    if answer is None:
        await _decline(context, window)
        return
    context.runtime.wake()
    await _show_everywhere(context, window, await _answer(context, window, answer.checkin, asking=answer.asking))


async def here_by_number(context: Context, pressed: CheckinHereByNumber) -> None:
    """The button as it was, with the day's number."""
    if (on := _date_of(context, pressed.day, Slot.MORNING)) is not None:
        await here(context, CheckinHere(on))
    else:
        await context.toast(fallback_view.old_button(context.locale), alert=True)


async def mood_by_number(context: Context, pressed: CheckinMoodByNumber) -> None:
    """The button as it was, with the day's number."""
    if (on := _date_of(context, pressed.day, Slot.EVENING)) is not None:
        await mood(context, CheckinMood(on, pressed.mood))
    else:
        await context.toast(fallback_view.old_button(context.locale), alert=True)


async def more(context: Context, pressed: CheckinWords) -> None:
    """Listen for words about the day, or stop listening."""
    window = window_on(context.seminar, pressed.on, Slot.EVENING)
    if window is None:
        await _is_over(context, Slot.EVENING, pressed.on)
        return
    if (checkin := await _saved(context, window)) is None:
        return
    if not window.takes_answer(context.now(), again=True):
        await _decline(context, window)
        return
    if pressed.more:
        await context.expect(WORDS_QUESTION, WordsAbout(window.on), ends_after=LISTENS)
    elif WORDS_QUESTION.of(context.awaits) is not None:
        await context.expect_nothing()
    await context.show(await _answer(context, window, checkin, asking=bool(pressed.more)))


async def words(context: Context, message: Message) -> None:
    """Save the words; what asks something may be for the organizers, and its writer says so first.

    After a hard day they read everything in any case.
    """
    window, part = _asked_about(context), incoming_message(message, context.part)
    if window is None or part is None or not part.words:
        await context.expect_nothing()
    elif context.is_later_part:
        me, now, owners = context.member, context.now(), context.runtime.settings.owners
        await context.write(checkin_service.continue_words, me, window, part, owners=owners, now=now)
        context.runtime.wake()
    elif asks(part.words) and not ((checkin := await _saved(context, window)) and checkin.low):
        me, now = context.member, context.now()
        await context.write(help_message_store.save, part, person_id=me.id, author_id=me.id, now=now)
        instead = checkin_view.is_it_about_the_day(context.locale, window, message.message_id)
        await context.reply(relay_view.offer(context.locale, message.message_id, instead=instead))
    else:
        await _save_words(context, window, [part])
        # Last: if the process ends before this, the words come again and are saved again.
        await context.expect_nothing()


async def said(context: Context, pressed: CheckinSaid) -> None:
    """What looked like a question is about the day."""
    window, me = window_on(context.seminar, pressed.on, Slot.EVENING), context.member
    kept = await context.read(help_message_store.all_parts, context.chat_id, pressed.message)
    if window is None or not kept or kept[0].author_id != me.id:
        await context.show(relay_view.forgotten(context.locale))
    elif not window.opens <= context.now() < window.ends:
        await _decline(context, window)
    else:
        parts = [
            IncomingMessage(one.chat_id, one.message_id, one.words, one.media, part_of=one.part_of) for one in kept
        ]
        await _save_words(context, window, parts)
        if WORDS_QUESTION.of(context.awaits) is not None:
            await context.expect_nothing()


async def _save_words(context: Context, window: Window, parts: Sequence[IncomingMessage]) -> None:
    """Save the words, and tell organizers if the day was hard; else offer to pass them on."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    checkin = await context.write(checkin_service.save_words, me, window, parts, owners=owners, now=now)
    context.runtime.wake()
    if checkin is not None:
        written = None if checkin.low else parts[0].message_id
        await context.show(await _answer(context, window, checkin, written=written))


async def pass_on(context: Context, pressed: CheckinPassOn) -> None:
    """The words about the day are for the organizers too."""
    me, now, owners = context.member, context.now(), context.runtime.settings.owners
    there = await context.write(unsent_service.pass_saved, me, context.chat_id, pressed.message, owners=owners, now=now)
    context.runtime.wake()
    window = window_on(context.seminar, pressed.on, Slot.EVENING)
    if window is not None and (checkin := await _saved(context, window)) is not None:
        await context.show(await _answer(context, window, checkin))
    if there:
        await receipt_messages.show_for_words(context, pressed.message)
    else:
        await context.reply(relay_view.forgotten(context.locale))


async def words_lapsed(context: Context, _awaited: Conversation) -> Screen | None:
    """Words come long after the mood."""
    return checkin_view.words_lapsed(context.locale)


# --- what these share -----------------------------------------------------------------------------------------------


def _date_of(context: Context, day: int, slot: Slot) -> date | None:
    """The date that a day's number in a message meant: today's numbering, if the message comes from that check-in."""
    window = window_of_day(context.seminar, day, slot)
    written = context.message.date if context.message else None
    return window.on if window and written and window.opens <= written < window.ends else None


async def _decline(context: Context, window: Window) -> None:
    """Show in the old message the answer that is saved, or that none is taken any more."""
    checkin = await _saved(context, window)
    if checkin is not None:
        await context.show(await _answer(context, window, checkin))
    else:
        await _is_over(context, window.slot, window.on)


async def _is_over(context: Context, slot: Slot, on: date) -> None:
    """Say in the old message that no answer is taken any more, and offer what is open instead.

    Also for a date that the seminar does not have any more: a trial week, a start that was postponed, another seminar.
    """
    await context.show(checkin_view.over(context.locale, slot, on))
    current = open_now(context.seminar, context.now())
    if current is not None and await _saved(context, current) is None:
        await context.reply(_question(context, current))


async def _saved(context: Context, window: Window) -> Checkin | None:
    person_id = context.member.id
    return await context.read(checkin_store.get, person_id, window.key)


def _asked_about(context: Context) -> Window | None:
    """The evening that words are awaited about."""
    about = WORDS_QUESTION.of(context.awaits)
    return window_on(context.seminar, about.date, Slot.EVENING) if about is not None else None


def _question(context: Context, window: Window) -> Screen:
    return checkin_view.ask(context.locale, window, context.member.name, late=window.is_late(context.now()))


async def _answer(
    context: Context, window: Window, checkin: Checkin, *, asking: bool = False, written: int | None = None
) -> Screen:
    changeable, zone = context.now() < window.closes, context.seminar.zone
    heard = not checkin.low or await receipt_messages.can_reach_staff(context)
    return checkin_view.answered(
        context.locale, window, checkin, zone, changeable=changeable, asking=asking, written=written, heard=heard
    )


async def _show_everywhere(context: Context, window: Window, answer: Screen) -> None:
    """Show the answer in the message that was pressed, and in the others of this check-in: none keeps a live button."""
    await context.show(answer)
    my_id = context.member.id
    for card in await context.read(checkin_service.cards, window, my_id) - {context.message_id}:
        await context.change(context.chat_id, card, answer)


ROUTES = (
    on_command("checkin", check_in, Action.CHECK_IN, menu=N_("Check in: I am here, my day")),
    on_button(CheckinHere, here, Action.CHECK_IN),
    on_button(CheckinMood, mood, Action.CHECK_IN),
    on_button(CheckinHereByNumber, here_by_number, Action.CHECK_IN),
    on_button(CheckinMoodByNumber, mood_by_number, Action.CHECK_IN),
    on_button(CheckinWords, more, Action.CHECK_IN),
    on_answer(WORDS_QUESTION, words, Action.CHECK_IN, parts=True),
    on_unanswered(WORDS_QUESTION, lapsed=words_lapsed),
    on_button(CheckinSaid, said, Action.CHECK_IN),
    on_button(CheckinPassOn, pass_on, Action.CHECK_IN),
)
