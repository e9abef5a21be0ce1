"""What the bot says of duty unasked: a shift begins, nobody has it, a colleague asks or has answered, somebody left."""

from collections.abc import Sequence
from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.duty import DutyAnswer, DutyList, DutyShow, DutyTake
from bot.duty_lines import hours, names, title, when
from bot.i18n import Html, Locale
from bot.programme.duty import DutyPeriod
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.quoted import quote
from bot.screen import Screen
from bot.store.duty import DutyTurn
from bot.store.duty_note import DutyNote
from bot.store.duty_request import DutyRequest, DutyRequestKind
from bot.store.help import HelpCall

NOTE: Final = 600  # characters of a note
_NOTES: Final = 3
_CALLS: Final = 5
_NAME: Final = 64


def begins(
    _: Locale,
    seminar: Seminar,
    period: DutyPeriod,
    colleagues: Sequence[DutyTurn],
    notes: Sequence[DutyNote],
    calls: Sequence[HelpCall],
) -> Screen:
    """To who is on duty from now on: until when, with whom, what they were left, and what is open."""
    until = _.time(period.ends, seminar.zone)
    lines: list[str] = [
        _("🛎 <b>You are on duty now: {shift}, until {time}.</b>", shift=title(_, period.shift), time=until)
    ]
    if colleagues:
        lines.append(_("👥 With you: {names}", names=names([one.name for one in colleagues])))
    for note in notes[:_NOTES]:
        lines.append(_("📝 {name} leaves you this:", name=shortened(note.author, _NAME)))
        lines.append(quote(Html(escape(note.words, quote=False))))
    if calls:
        lines.append(
            _.plural("🆘 {n} call for help is open: /open", "🆘 {n} calls for help are open: /open", len(calls))
        )
        lines += [Html(f"• {escape(shortened(call.name, _NAME), quote=False)}") for call in calls[:_CALLS]]
    else:
        lines.append(_("No call for help is open."))
    return Screen("\n".join(lines), [[_show(_, period)]])


def nobody(_: Locale, seminar: Seminar, period: DutyPeriod, *, started: bool) -> Screen:
    """To all organizers: a shift has nobody."""
    shift, span = when(_, period), hours(_, seminar, period)
    if started:
        text = _(
            "⚠️ <b>Nobody is on duty now</b>: {shift}, {hours}. Alerts ring for all of you.", shift=shift, hours=span
        )
    else:
        text = _("⚠️ <b>Nobody has {shift}</b>, {hours}. Alerts will ring for all of you.", shift=shift, hours=span)
    take = DutyTake(period.on, period.shift.key, 0, 1).button(_.plain("✋ I take it"))
    return Screen(text, [[take, _list(_)]])


def set_by(_: Locale, seminar: Seminar, period: DutyPeriod, name: str, *, on: bool) -> Screen:
    """To whom an owner has put on duty, or taken off duty."""
    values = {"name": shortened(name, _NAME), "shift": when(_, period), "hours": hours(_, seminar, period)}
    if on:
        text = _("🛎 <b>{name}</b> has put you on duty: {shift}, {hours}.", **values)
    else:
        text = _("↩️ <b>{name}</b> has taken you off duty: {shift}, {hours}.", **values)
    return Screen(text, [[_show(_, period)]])


def request(_: Locale, seminar: Seminar, asked: DutyRequest, period: DutyPeriod, other: DutyPeriod | None) -> Screen:
    """To a colleague who is asked; one tap answers."""
    name, shift = shortened(asked.asker, _NAME), _span(_, seminar, period)
    if asked.kind is DutyRequestKind.SWAP and other is not None:
        mine = _span(_, seminar, other)
        text = _(
            "🔄 <b>{name}</b> asks you to swap: you take {shift}, they take {other}.",
            name=name,
            shift=shift,
            other=mine,
        )
    elif asked.kind is DutyRequestKind.JOIN:
        text = _("➕ <b>{name}</b> asks you to be on duty as well: {shift}.", name=name, shift=shift)
    else:
        text = _("🤝 <b>{name}</b> asks you to take {shift}.", name=name, shift=shift)
    yes, no = DutyAnswer(asked.id, 1), DutyAnswer(asked.id, 0)
    return Screen(text, [[yes.button(_.plain("✅ Yes, I do")), no.button(_.plain("I cannot"))]])


def answered(_: Locale, seminar: Seminar, asked: DutyRequest, period: DutyPeriod) -> Screen:
    """To who asked: the answer."""
    name, shift = shortened(asked.asked, _NAME), _span(_, seminar, period)
    if asked.state == "agreed":
        text = _("✅ <b>{name}</b> agrees: {shift}.", name=name, shift=shift)
    else:
        text = _("<b>{name}</b> cannot: {shift}. It stays as it is.", name=name, shift=shift)
    return Screen(text, [[_show(_, period)]])


def answer(_: Locale, seminar: Seminar, asked: DutyRequest, period: DutyPeriod) -> Screen:
    """To who has answered, in place of the question."""
    shift = _span(_, seminar, period)
    match asked.state:
        case "agreed":
            text = _("✅ You are on duty: {shift}.", shift=shift)
        case "refused":
            text = _(
                "All right, {name} reads that you cannot: {shift}.", name=shortened(asked.asker, _NAME), shift=shift
            )
        case _other:
            text = _("That has changed meanwhile: {shift}.", shift=shift)
    return Screen(text, [[_show(_, period)]])


def left(_: Locale, seminar: Seminar, name: str, periods: Sequence[DutyPeriod]) -> Screen:
    """To the organizers who remain: somebody who was on duty is no organizer any more; `name` is empty if erased."""
    what = (
        _("⚠️ <b>{name}</b> is not on duty any more.", name=shortened(name, _NAME))
        if name
        else _("⚠️ Somebody who was on duty has left.")
    )
    lines = [what, *(Html(f"• {_span(_, seminar, one)}") for one in periods)]
    return Screen("\n".join(lines), [[_list(_)]])


def _span(_: Locale, seminar: Seminar, period: DutyPeriod) -> Html:
    return Html(f"{escape(when(_, period), quote=False)}, {hours(_, seminar, period)}")


def _show(_: Locale, period: DutyPeriod) -> InlineKeyboardButton:
    return DutyShow(period.on, period.shift.key).button(_.plain("🛎 The shift"))


def _list(_: Locale) -> InlineKeyboardButton:
    return DutyList(0).button(_.plain("🛎 On duty"))
