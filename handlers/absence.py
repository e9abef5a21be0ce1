"""Who has not answered: a card for organizers that changes by itself, and what they say of who is on it."""

from datetime import date

from bot.access import Action
from bot.buttons.absence import (
    AbsenceShow,
    AbsenceUndo,
    AccountedEnd,
    AccountFor,
    ExcuseEnd,
    ExcusePerson,
    ExcuseUnwell,
)
from bot.context import Context
from bot.i18n import N_
from bot.messages import absence_cards as absence_cards_messages
from bot.messages import live_cards as live_cards_messages
from bot.programme.checkin import Slot, Window, last_opened, window_on
from bot.routing import on_button, on_command
from bot.services import absence as absence_service
from bot.store.absence import AbsenceList
from bot.store.excuse import ExcuseReason
from bot.views import absence as absence_view
from bot.views import fallback as fallback_view


async def roll_call(context: Context, _arguments: str) -> None:
    """Reply with who has not answered the check-in that opened last."""
    window = last_opened(context.seminar, context.now())
    if window is None:
        await context.reply(absence_view.nothing_yet(context.locale))
    else:
        await _show(context, window, AbsenceList.MISSING, 0)


async def show(context: Context, pressed: AbsenceShow) -> None:
    """Show a page of one of the lists."""
    window = await _window(context, pressed.on, pressed.slot, known=pressed.shown in set(AbsenceList))
    if window is not None:
        await _show(context, window, AbsenceList(pressed.shown), pressed.page)


async def account_for(context: Context, pressed: AccountFor) -> None:
    """Mark someone as accounted for: neither nudged nor counted as absent any more."""
    window = await _window(context, pressed.on, pressed.slot)
    if window is None:
        return
    me, now = context.member, context.now()
    accounted = await context.write(absence_service.account_for, me, window, pressed.person, now=now)
    await context.toast(absence_view.marked(context.locale, accounted.name, accounted.by))
    await _show(context, window, AbsenceList.MISSING, pressed.page)


async def end_accounted(context: Context, pressed: AccountedEnd) -> None:
    """Nobody knows about someone after all."""
    window = await _window(context, pressed.on, pressed.slot)
    if window is None:
        return
    me, now = context.member, context.now()
    name, ended = await context.write(absence_service.end_accounted, me, window, pressed.person, now=now)
    await context.toast(absence_view.undone(context.locale, name if ended else None))
    await _show(context, window, AbsenceList.MISSING, pressed.page)


async def excuse(context: Context, pressed: ExcusePerson) -> None:
    """Excuse someone for the day."""
    window = await _window(context, pressed.on, pressed.slot, known=pressed.reason in set(ExcuseReason))
    if window is None:
        return
    me, now, reason = context.member, context.now(), ExcuseReason(pressed.reason)
    excused = await context.write(absence_service.excuse, me, window, pressed.person, reason, now=now)
    await context.toast(
        absence_view.excused(context.locale, pressed.on, excused.name, excused.excuse, answered=excused.answered)
    )
    await _show(context, window, AbsenceList.EXCUSE, pressed.page)


async def excuse_unwell(context: Context, pressed: ExcuseUnwell) -> None:
    """Excuse somebody who has called for help, for today."""
    me, now, seminar = context.member, context.now(), context.seminar
    if pressed.on != seminar.today(now):
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    excused = await context.write(absence_service.excuse_unwell, me, seminar, pressed.on, pressed.person, now=now)
    await context.toast(
        absence_view.excused(context.locale, pressed.on, excused.name, excused.excuse, answered=excused.answered)
    )
    context.runtime.wake()


async def end_excuse(context: Context, pressed: ExcuseEnd) -> None:
    """Someone is not excused after all."""
    window = await _window(context, pressed.on, pressed.slot)
    if window is None:
        return
    name, ended = await context.write(
        absence_service.end_excuse, context.member, window, pressed.person, now=context.now()
    )
    await context.toast(absence_view.undone(context.locale, name if ended else None))
    await _show(context, window, AbsenceList.EXCUSED, pressed.page)


async def undo(context: Context, pressed: AbsenceUndo) -> None:
    """Take the newest mark back, if it is still the one on the button."""
    window = await _window(context, pressed.on, pressed.slot)
    if window is None:
        return
    me, now = context.member, context.now()
    name = await context.write(absence_service.undo, me, window, pressed.person, pressed.mark, now=now)
    await context.toast(absence_view.undone(context.locale, name))
    about = absence_cards_messages.subject(window.key)
    if not await live_cards_messages.show_again(context, absence_cards_messages.CARDS, about):
        await _show(context, window, AbsenceList.MISSING, 0)


async def _window(context: Context, on: date, slot: str, *, known: bool = True) -> Window | None:
    """The check-in that a button is about, or None after saying that the seminar does not have it (any more)."""
    window = window_on(context.seminar, on, Slot(slot)) if known and slot in set(Slot) else None
    if window is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
    return window


async def _show(context: Context, window: Window, shown_list: AbsenceList, page: int) -> None:
    about = absence_cards_messages.subject(window.key)
    await live_cards_messages.show(context, absence_cards_messages.CARDS, about, shown_list, page)


ROUTES = (
    on_command("missing", roll_call, Action.CARE, menu=N_("Who has not checked in")),
    on_button(AbsenceShow, show, Action.CARE),
    on_button(AccountFor, account_for, Action.CARE),
    on_button(AccountedEnd, end_accounted, Action.CARE),
    on_button(AbsenceUndo, undo, Action.CARE),
    on_button(ExcusePerson, excuse, Action.CARE),
    on_button(ExcuseUnwell, excuse_unwell, Action.CARE),
    on_button(ExcuseEnd, end_excuse, Action.CARE),
)
