"""Who has not answered: the list for organizers, and marking someone as accounted for."""

import sqlite3
from datetime import date

from bot.access import Action
from bot.buttons.absence import AbsenceList, AccountFor
from bot.context import Context
from bot.i18n import N_
from bot.programme.checkin import Slot, Window, last_opened, window_on
from bot.routing import on_button, on_command
from bot.screen import Screen
from bot.store import absence, person
from bot.views import absence as view
from bot.views import fallback


async def roll_call(context: Context, _arguments: str) -> None:
    """Reply with who has not answered the check-in that opened last."""
    found = last_opened(context.seminar, context.now())
    await context.reply(await _screen(context, found, 0) if found else view.nothing_yet(context.words))


async def show(context: Context, pressed: AbsenceList) -> None:
    """Show a page of the list as it is now."""
    if (found := await _window(context, pressed.on, pressed.slot)) is not None:
        await context.show(await _screen(context, found, pressed.page))


async def account_for(context: Context, pressed: AccountFor) -> None:
    """Mark someone as accounted for: neither nudged nor listed as absent any more."""
    found = await _window(context, pressed.on, pressed.slot)
    if found is None:
        return
    me, now = context.member, context.now()

    def mark(connection: sqlite3.Connection) -> tuple[str | None, str]:
        who = person.by_id(connection, pressed.person)
        by = absence.account_for(connection, found.key, pressed.person, by=me, now=now)
        return by, who.name if who else ""

    by, name = await context.write(mark)
    await context.toast(view.marked(context.words, name, by))
    await context.show(await _screen(context, found, pressed.page))


async def _window(context: Context, on: date, slot: str) -> Window | None:
    """The check-in that a button is about, or None after saying that the seminar does not have it (any more)."""
    found = window_on(context.seminar, on, Slot(slot)) if slot in set(Slot) else None
    if found is None:
        await context.toast(fallback.old_button(context.words), alert=True)
    return found


async def _screen(context: Context, found: Window, page: int) -> Screen:
    roll = await context.read(absence.roll_call, found.key, found.opens, page)
    return view.roll_call(context.words, context.seminar, found, roll)


ROUTES = (
    on_command("missing", roll_call, Action.CARE, menu=N_("Who has not checked in")),
    on_button(AbsenceList, show, Action.CARE),
    on_button(AccountFor, account_for, Action.CARE),
)
