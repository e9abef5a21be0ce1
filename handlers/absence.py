"""Who has not answered: the list for organizers, and marking someone as accounted for."""

from datetime import date

from bot.access import Action
from bot.buttons.absence import AbsenceList, AccountFor
from bot.context import Context
from bot.i18n import N_
from bot.programme.checkin import Slot, Window, last_opened, window_on
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.services import absence as absence_service
from bot.store import absence as absence_store
from bot.views import absence as absence_view
from bot.views import fallback as fallback_view


async def roll_call(context: Context, _arguments: str) -> None:
    """Reply with who has not answered the check-in that opened last."""
    window = last_opened(context.seminar, context.now())
    await context.reply(await _screen(context, window, 0) if window else absence_view.nothing_yet(context.locale))


async def show(context: Context, pressed: AbsenceList) -> None:
    """Show a page of the list as it is now."""
    if (window := await _window(context, pressed.on, pressed.slot)) is not None:
        await context.show(await _screen(context, window, pressed.page))


async def account_for(context: Context, pressed: AccountFor) -> None:
    """Mark someone as accounted for: neither nudged nor listed as absent any more."""
    window = await _window(context, pressed.on, pressed.slot)
    if window is None:
        return
    me, now = context.member, context.now()
    accounted = await context.write(absence_service.account_for, me, window, pressed.person, now=now)
    await context.toast(absence_view.marked(context.locale, accounted.name, accounted.by))
    await context.show(await _screen(context, window, pressed.page))


async def _window(context: Context, on: date, slot: str) -> Window | None:
    """The check-in that a button is about, or None after saying that the seminar does not have it (any more)."""
    window = window_on(context.seminar, on, Slot(slot)) if slot in set(Slot) else None
    if window is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
    return window


async def _screen(context: Context, window: Window, page: int) -> Screen:
    roll = await context.read(absence_store.roll_call, window.key, window.opens, page)
    return absence_view.roll_call(context.locale, context.seminar, window, roll)


ROUTES = (
    on_command("missing", roll_call, Action.CARE, menu=N_("Who has not checked in")),
    on_button(AbsenceList, show, Action.CARE),
    on_button(AccountFor, account_for, Action.CARE),
)
