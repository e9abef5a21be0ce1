"""Who has not answered a check-in, for organizers: page by page, with what can be done for each."""

from html import escape

from telegram import InlineKeyboardButton

from bot.buttons.absence import AbsenceList, AccountFor
from bot.buttons.help import WriteTo
from bot.i18n import Html, Locale
from bot.programme.checkin import Slot, Window
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.absence import PAGE, Absentee, RollCall

_NAME, _LABEL = 64, 18


def roll_call(_: Locale, seminar: Seminar, window: Window, roll: RollCall) -> Screen:
    """One page of the list: the alert, `/missing`, and what both become when a button is pressed."""
    day = _.day(window.on)
    lines: list[str] = [
        _("☀️ <b>Morning check-in</b> · {day}", day=day)
        if window.slot is Slot.MORNING
        else _("🌙 <b>Evening check-in</b> · {day}", day=day)
    ]
    lines += _summary(_, roll)
    for number, absentee in enumerate(roll.people, roll.page * PAGE + 1):
        lines.append(_person(_, seminar, number, absentee))
    rows = [_buttons(_, window, roll.page, absentee) for absentee in roll.people]
    return Screen("\n".join(lines), [*rows, _pages(_, window, roll)])


def nothing_yet(_: Locale) -> Screen:
    """Before the first check-in."""
    return Screen(_("No check-in has opened yet, so nobody is missing."))


def marked(_: Locale, name: str, by: str | None) -> str:
    """The toast after marking someone; `by` is who did it first, None when it was not needed any more."""
    if by is None:
        return _.plain("{name} has answered already.", name=_short(name, _NAME))
    return _.plain("✅ {name}: {by} knows.", name=_short(name, _NAME), by=_short(by, _NAME))


def _summary(_: Locale, roll: RollCall) -> list[str]:
    if not roll.expected:
        return [_("No teacher had joined when it opened.")]
    if not roll.listed:
        return [_.plural("✅ The {n} teacher has answered.", "✅ All {n} teachers have answered.", roll.expected)]
    lines: list[str] = []
    if roll.absent:
        lines.append(
            _.plural(
                "{n} of {all} has not answered.", "{n} of {all} have not answered.", roll.absent, all=roll.expected
            )
        )
    if roll.unreachable:
        lines.append(
            _.plural(
                "🚫 {n} blocked the bot and was not asked.",
                "🚫 {n} blocked the bot and were not asked.",
                roll.unreachable,
            )
        )
    if roll.accounted:
        lines.append(_.plural("✅ {n} is accounted for.", "✅ {n} are accounted for.", roll.accounted))
    return [*lines, ""]


def _person(_: Locale, seminar: Seminar, number: int, absentee: Absentee) -> str:
    name = _short(absentee.name, _NAME)
    # Someone who blocked the bot can still be written to from one's own account.
    link = (
        name
        if absentee.reachable
        else Html(f'<a href="tg://user?id={absentee.telegram_id}">{escape(name, quote=False)}</a>')
    )
    group = seminar.group(absentee.group)
    who = (
        _("{number}. {name} · {group}", number=number, name=link, group=group.title.get(_.language))
        if group
        else _("{number}. {name}", number=number, name=link)
    )
    marks = [] if absentee.reachable else ["🚫"]
    if absentee.accounted_by is not None:
        marks.append(_("✅ {name} knows", name=_short(absentee.accounted_by, _NAME)) if absentee.accounted_by else "✅")
    return " ".join([who, *marks])


def _buttons(_: Locale, window: Window, page: int, absentee: Absentee) -> list[InlineKeyboardButton]:
    row = []
    name = _short(absentee.name, _LABEL)
    if absentee.reachable:
        row.append(WriteTo(absentee.id).button(_.plain("✉️ {name}", name=name)))
    if absentee.accounted_by is None:
        known = AccountFor(window.on, window.slot, absentee.id, page)
        row.append(known.button(_.plain("✅ {name} is fine", name=name)))
    return row


def _pages(_: Locale, window: Window, roll: RollCall) -> list[InlineKeyboardButton]:
    row = [AbsenceList(window.on, window.slot, roll.page).button(_.plain("🔄 Refresh"))]
    if roll.page > 0:
        back = _.plain("‹ {page} of {pages}", page=roll.page, pages=roll.pages)
        row.insert(0, AbsenceList(window.on, window.slot, roll.page - 1).button(back))
    if roll.page + 1 < roll.pages:
        forth = _.plain("{page} of {pages} ›", page=roll.page + 2, pages=roll.pages)
        row.append(AbsenceList(window.on, window.slot, roll.page + 1).button(forth))
    return row


def _short(name: str, limit: int) -> str:
    return name if len(name) <= limit else f"{name[: limit - 1]}…"
