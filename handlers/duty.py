"""/duty: who is on duty now and next; shifts are taken, given up, given to a colleague, exchanged and shared."""

import datetime as dt
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from telegram import Message

from bot.access import Action, Role
from bot.buttons.duty import (
    DutyAnswer,
    DutyAsk,
    DutyDay,
    DutyDismiss,
    DutyList,
    DutyRelease,
    DutyShow,
    DutySwap,
    DutySwaps,
    DutyTake,
    DutyWho,
    DutyWriteNote,
)
from bot.context import Context
from bot.i18n import N_
from bot.programme.duty import DutyPeriod, period, periods, until_the_end, upcoming
from bot.routing import on_answer, on_button, on_command, on_unanswered
from bot.screen import Screen
from bot.services import duty as duty_service
from bot.services.duty import DutyContext, DutyOutcome
from bot.store import duty as duty_store
from bot.store import duty_note as duty_note_store
from bot.store import person
from bot.store.conversation import Conversation, Prompt
from bot.store.duty_request import DutyRequestKind
from bot.text import clean_words
from bot.views import duty as duty_view
from bot.views import duty_notice as duty_notice_view

_SWAP_DAYS: Final = 14
_ENDS_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NoteFor:
    """The shift that a note is written for."""

    date: dt.date
    shift: str


_NOTE = Prompt("duty.note", NoteFor)


async def overview(context: Context, _arguments: str) -> None:
    """Who is on duty now and next, and the days."""
    await context.reply(await _overview(context, 0))


async def show_list(context: Context, pressed: DutyList) -> None:
    """Show a page of the days."""
    await context.show(await _overview(context, pressed.page))


async def show_day(context: Context, pressed: DutyDay) -> None:
    """Show one day; the one shift of it, where there is no other."""
    found = periods(context.seminar, pressed.on, pressed.on)
    if len(found) == 1:
        await _show(context, found[0])
        return
    slots = await context.read(duty_store.slots, context.seminar, found)
    await context.show(duty_view.day(context.locale, context.seminar, pressed.on, slots))


async def show_shift(context: Context, pressed: DutyShow) -> None:
    """Show one shift."""
    if (one := await _find(context, pressed.on, pressed.shift)) is not None:
        await _show(context, one)


async def take(context: Context, pressed: DutyTake) -> None:
    """Take a shift, on one day or on each from then on."""
    if (one := await _find(context, pressed.on, pressed.shift)) is None:
        return
    shifts = until_the_end(context.seminar, one.shift.key, one.on) if pressed.every else [one]
    taken = await context.write(duty_service.take, context.member, shifts, _given(context))
    await context.toast(duty_view.taken(context.locale, taken) if taken else duty_view.gone(context.locale))
    if pressed.back:
        await _show(context, one)
    else:
        await context.show(await _overview(context, 0))


async def release(context: Context, pressed: DutyRelease) -> None:
    """Give up a shift, on one day or on each from then on."""
    if (one := await _find(context, pressed.on, pressed.shift)) is None:
        return
    shifts = until_the_end(context.seminar, one.shift.key, one.on) if pressed.every else [one]
    done = await context.write(duty_service.release, context.member, shifts, _given(context))
    context.runtime.wake()
    await context.toast(duty_view.released(context.locale) if done else duty_view.gone(context.locale))
    await _show(context, one)


async def whom(context: Context, pressed: DutyWho) -> None:
    """Choose a colleague."""
    one = await _find(context, pressed.on, pressed.shift)
    if one is None or pressed.kind not in {DutyRequestKind.GIVE, DutyRequestKind.JOIN}:
        return
    slot = await context.read(duty_store.slot, context.seminar, one)
    staff = await context.read(person.staff, context.runtime.settings.owners)
    others = [each for each in staff if each.id != context.member.id and not slot.has(each.id)]
    await context.show(duty_view.whom(context.locale, one, DutyRequestKind(pressed.kind), others, pressed.page))


async def ask(context: Context, pressed: DutyAsk) -> None:
    """Ask the colleague; an owner decides at once."""
    one = await _find(context, pressed.on, pressed.shift)
    if one is None or pressed.kind not in {DutyRequestKind.GIVE, DutyRequestKind.JOIN}:
        return
    kind, decides = DutyRequestKind(pressed.kind), context.role is Role.OWNER
    outcome = await context.write(
        duty_service.ask, context.member, kind, one, pressed.person, given=_given(context), decides=decides
    )
    await _say(context, outcome, pressed.person)
    await _show(context, one)


async def swaps(context: Context, pressed: DutySwaps) -> None:
    """Choose the turn of a colleague to exchange one's own for."""
    if (one := await _find(context, pressed.on, pressed.shift)) is None:
        return
    me, seminar, now = context.member, context.seminar, context.now()
    mine = next((turn for turn in await context.read(duty_store.of, seminar.key, one) if turn.person_id == me.id), None)
    if mine is None:
        await context.toast(duty_view.gone(context.locale))
        await _show(context, one)
        return
    others = await context.read(duty_store.slots, seminar, upcoming(seminar, now, _SWAP_DAYS))
    await context.show(duty_view.swaps(context.locale, one, mine, others, pressed.page))


async def swap(context: Context, pressed: DutySwap) -> None:
    """Ask the colleague to exchange the two turns; an owner decides at once."""
    mine = await context.read(duty_store.by_id, context.seminar, pressed.mine)
    theirs = await context.read(duty_store.by_id, context.seminar, pressed.theirs)
    if mine is None or theirs is None or mine[1] != context.member.id or theirs[1] == context.member.id:
        await context.toast(duty_view.gone(context.locale), alert=True)
        return
    outcome = await context.write(
        duty_service.ask,
        context.member,
        DutyRequestKind.SWAP,
        mine[0],
        theirs[1],
        given=_given(context),
        other=theirs[0],
        decides=context.role is Role.OWNER,
    )
    await _say(context, outcome, theirs[1])
    await _show(context, mine[0])


async def answer(context: Context, pressed: DutyAnswer) -> None:
    """Agree to what a colleague asks, or not."""
    me, yes = context.member, pressed.yes == 1
    answered = await context.write(duty_service.answer, me, pressed.request, _given(context), yes=yes)
    one = period(context.seminar, answered.on, answered.shift) if answered is not None else None
    if answered is None or one is None:
        await context.toast(duty_view.gone(context.locale), alert=True)
        return
    context.runtime.wake()
    await context.show(duty_notice_view.answer(context.locale, context.seminar, answered, one))


async def dismiss(context: Context, pressed: DutyDismiss) -> None:
    """An owner takes somebody off duty."""
    if (one := await _find(context, pressed.on, pressed.shift)) is None:
        return
    done = context.role is Role.OWNER and await context.write(
        duty_service.dismiss, context.member, one, pressed.person, _given(context)
    )
    context.runtime.wake()
    await context.toast(duty_view.released(context.locale) if done else duty_view.gone(context.locale))
    await _show(context, one)


async def ask_note(context: Context, pressed: DutyWriteNote) -> None:
    """Wait for a note for whoever has this shift."""
    if (one := await _find(context, pressed.on, pressed.shift)) is not None:
        await context.expect(_NOTE, NoteFor(one.on, one.shift.key), ends_after=_ENDS_AFTER)
        await context.reply(duty_view.write_note(context.locale, one))


async def note(context: Context, message: Message) -> None:
    """Keep the note."""
    about, words = _NOTE.of(context.awaits), clean_words(message.text or "")
    one = period(context.seminar, about.date, about.shift) if about is not None else None
    if one is None or not words:
        await context.expect_nothing()
        await context.reply(Screen(duty_view.gone(context.locale)))
    elif len(words) > duty_notice_view.NOTE:
        await context.reply(duty_view.note_too_long(context.locale, duty_notice_view.NOTE))
    else:
        me, seminar = context.member, context.seminar
        await context.write(duty_note_store.put, seminar.key, one, me.id, words, now=context.now())
        await context.expect_nothing()
        await context.reply(duty_view.note_kept(context.locale, one))


async def note_lapsed(context: Context, awaited: Conversation) -> Screen | None:
    """Words long after the question."""
    about = _NOTE.of(awaited)
    one = period(context.seminar, about.date, about.shift) if about is not None else None
    return duty_view.note_lapsed(context.locale, one) if one is not None else None


async def _overview(context: Context, page: int) -> Screen:
    board = await context.read(duty_store.board, context.seminar, context.now(), page)
    return duty_view.overview(context.locale, context.seminar, board, context.member)


async def _show(context: Context, one: DutyPeriod) -> None:
    slot, decides = await context.read(duty_store.slot, context.seminar, one), context.role is Role.OWNER
    notes = await context.read(duty_note_store.of, context.seminar.key, one.on, one.shift.key)
    screen = duty_view.shift(
        context.locale, context.seminar, slot, context.member, notes, decides=decides, over=one.ends <= context.now()
    )
    await context.show(screen)


async def _find(context: Context, on: date, shift: str) -> DutyPeriod | None:
    one = period(context.seminar, on, shift)
    if one is None:
        await context.toast(duty_view.gone(context.locale), alert=True)
    return one


async def _say(context: Context, outcome: DutyOutcome, person_id: int) -> None:
    context.runtime.wake()
    someone, _ = await context.read(person.by_id, person_id), context.locale
    name = someone.name if someone is not None else ""
    match outcome:
        case DutyOutcome.ASKED:
            await context.toast(duty_view.asked(_, name))
        case DutyOutcome.DONE:
            await context.toast(duty_view.assigned(_, name))
        case DutyOutcome.ALREADY:
            await context.toast(duty_view.already(_, name))
        case DutyOutcome.GONE:
            await context.toast(duty_view.gone(_), alert=True)


def _given(context: Context) -> DutyContext:
    return DutyContext(context.seminar, context.runtime.settings.owners, context.now())


ROUTES = (
    on_command("duty", overview, Action.SHARE_DUTY, menu=N_("Who is on duty")),
    on_button(DutyList, show_list, Action.SHARE_DUTY),
    on_button(DutyDay, show_day, Action.SHARE_DUTY),
    on_button(DutyShow, show_shift, Action.SHARE_DUTY),
    on_button(DutyTake, take, Action.SHARE_DUTY),
    on_button(DutyRelease, release, Action.SHARE_DUTY),
    on_button(DutyWho, whom, Action.SHARE_DUTY),
    on_button(DutyAsk, ask, Action.SHARE_DUTY),
    on_button(DutySwaps, swaps, Action.SHARE_DUTY),
    on_button(DutySwap, swap, Action.SHARE_DUTY),
    on_button(DutyAnswer, answer, Action.SHARE_DUTY),
    on_button(DutyDismiss, dismiss, Action.SHARE_DUTY),
    on_button(DutyWriteNote, ask_note, Action.SHARE_DUTY),
    on_answer(_NOTE, note, Action.SHARE_DUTY),
    on_unanswered(_NOTE, lapsed=note_lapsed),
)
