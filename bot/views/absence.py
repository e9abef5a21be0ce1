"""Who has not answered a check-in, for organizers: page by page, with what can be done for each."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.absence import AbsenceShow, AbsenceUndo, AccountedEnd, AccountFor, ExcuseEnd, ExcusePerson
from bot.buttons.alert import ShowAlert, TakeAlert
from bot.buttons.broadcast import BroadcastToMissing
from bot.buttons.relay import WriteTo
from bot.i18n import Html, Locale
from bot.mark_lines import excuse_reason
from bot.programme.checkin import Slot, Window
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows, page_row
from bot.store.absence import PAGE, AbsenceList, Absentee, RollCall
from bot.store.alert import Alert, AlertState
from bot.store.excuse import Excuse, ExcuseReason

_NAME: Final = 64
_LABEL: Final = 24  # a name beside a word, in a row of its own
_IN_ROW: Final = {1: 5, 2: 5, 3: 5, 4: 4, 5: 4}  # by their digits: numbers that a narrow phone shows beside each other
_IN_ROW_AT_LEAST: Final = 3
_SIGNS: Final = {ExcuseReason.ILL: "🤒", ExcuseReason.FAMILY: "👪", ExcuseReason.TRAVELLING: "✈️"}

Row = list[InlineKeyboardButton]


def card(
    _: Locale, seminar: Seminar, window: Window, roll: RollCall, *, asked: bool, alert: Alert | None = None
) -> Screen:
    """One page of one of the lists: the alert, `/missing`, and what both become by themselves.

    Where nobody was `asked` silence means nothing, and nobody is missing. `alert` says who looks after it.
    """
    day = _.day(window.on)
    lines: list[str] = [
        _("☀️ <b>Morning check-in</b> · {day}", day=day)
        if window.slot is Slot.MORNING
        else _("🌙 <b>Evening check-in</b> · {day}", day=day)
    ]
    numbered = list(enumerate(roll.people, roll.page * PAGE + 1))
    match roll.shown:
        case AbsenceList.EXCUSE:
            lines += [_excuse_whom(_, roll), ""]
            lines += [_person(_, seminar, number, one) for number, one in numbered]
            rows = [*_reasons(window, roll.page, numbered), _pages(_, window, roll), _undo(_, window, roll)]
            rows.append(_back(_, window, roll.page))
        case AbsenceList.EXCUSED:
            lines += [_excused(_, roll.listed_excused), ""] if roll.listed_excused else [_("Nobody is excused.")]
            lines += [_excused_person(_, seminar, number, one) for number, one in numbered]
            ends = [ExcuseEnd(window.on, window.slot, one.id, roll.page).button(f"{n} ↩️") for n, one in numbered]
            rows = [*in_rows(ends, _in_row(numbered)), _pages(_, window, roll), _back(_, window, 0)]
        case AbsenceList.MISSING if not asked:
            lines.append(_("📭 Nobody has been asked so far, so it is not known who is missing."))
            rows = [_undo(_, window, roll), _excuses(_, window, roll)]
        case AbsenceList.MISSING:
            lines += _summary(_, roll)
            lines += [_("🙋 {name} is on it.", name=alert.taker)] if alert is not None and alert.taker else []
            lines += [_person(_, seminar, number, one) for number, one in numbered]
            rows = [_owner(_, alert), *_marks(window, roll.page, numbered), _undo(_, window, roll)]
            rows.append(_to_all(_, window, roll))
            rows += [_excuses(_, window, roll), _pages(_, window, roll)]
    return Screen("\n".join(lines), [row for row in rows if row])


def _owner(_: Locale, alert: Alert | None) -> Row:
    if alert is None or alert.state is AlertState.SETTLED:
        return []
    if alert.state is AlertState.OPEN:
        return [TakeAlert(alert.id).button(_.plain("🙋 I'll take it"))]
    return [ShowAlert(alert.id).button(_.plain("🤝 Hand over or settle"))]


def nothing_yet(_: Locale) -> Screen:
    """Before the first check-in."""
    return Screen(_("No check-in has opened yet, so nobody is missing."))


def marked(_: Locale, name: str, by: str | None) -> str:
    """The toast after marking someone; `by` is who did it first, None when it was not needed any more.

    The name is empty for who is no teacher any more.
    """
    if not name:
        return _no_teacher(_)
    if by is None:
        return _.plain("{name} has answered already.", name=shortened(name, _NAME))
    return _.plain("✅ {name}: {by} knows.", name=shortened(name, _NAME), by=shortened(by, _NAME))


def excused(_: Locale, on: date, name: str, excuse: Excuse | None, *, answered: bool) -> str:
    """The toast after excusing someone for this date, which may be yesterday's: the excuse that stands.

    None for who has `answered`, or is no teacher any more.
    """
    if answered:
        return marked(_, name, None)
    if excuse is None:
        return _no_teacher(_)
    day, reason = _.short_day(on), _reason(_, excuse.reason)
    return _.plain("📝 {name} is excused on {day}: {reason}", name=shortened(name, _NAME), day=day, reason=reason)


def _no_teacher(_: Locale) -> str:
    return _.plain("This person is no teacher of the seminar any more.")


def undone(_: Locale, name: str | None) -> str:
    """The toast after taking a mark back; None: it is not the newest any more, or was taken back before."""
    if name is None:
        return _.plain("That was taken back already, or something newer came.")
    return _.plain("↩️ {name}: taken back.", name=shortened(name, _NAME))


def _summary(_: Locale, roll: RollCall) -> list[str]:
    if not roll.expected:
        return [_("No teacher had joined when it opened.")]
    if not roll.missing and not roll.excused:
        return [_.plural("✅ The {n} teacher has answered.", "✅ All {n} teachers have answered.", roll.expected)]
    lines: list[str] = []
    if not roll.missing:
        lines.append(_("✅ All others have answered."))
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
    if roll.excused:
        lines.append(_excused(_, roll.excused))
    return [*lines, ""]


def _excused(_: Locale, people: int) -> Html:
    return _.plural("📝 {n} is excused for the day.", "📝 {n} are excused for the day.", people)


def _excuse_whom(_: Locale, roll: RollCall) -> Html:
    if not roll.missing:
        return _("✅ All others have answered.")
    legend = " · ".join(_reason(_, reason) for reason in ExcuseReason)
    return _(
        "📝 <b>Excuse for the day</b>\nWho is excused is not reminded and not listed as missing.\n{legend}",
        legend=legend,
    )


def _reason(_: Locale, reason: ExcuseReason) -> str:
    return f"{_SIGNS[reason]} {excuse_reason(_, reason)}"


def _person(_: Locale, seminar: Seminar, number: int, absentee: Absentee) -> str:
    who = _who(_, seminar, number, absentee)
    marks = [f"· {absentee.phone}"] if absentee.phone else []
    if not absentee.reachable:
        marks.append("🚫")
    if absentee.accounted_by is not None:
        marks.append(
            _("✅ {name} knows", name=shortened(absentee.accounted_by, _NAME)) if absentee.accounted_by else "✅"
        )
    return " ".join([who, *marks])


def _excused_person(_: Locale, seminar: Seminar, number: int, absentee: Absentee) -> str:
    assert absentee.reason is not None
    assert absentee.excused_at is not None
    said = [_reason(_, absentee.reason), _.time(absentee.excused_at, seminar.zone)]
    by = [shortened(absentee.excused_by, _NAME)] if absentee.excused_by else []
    told = " · ".join(escape(one, quote=False) for one in [*said, *by])
    return f"{_who(_, seminar, number, absentee)}\n{told}"


def _who(_: Locale, seminar: Seminar, number: int, absentee: Absentee) -> Html:
    name: str = shortened(absentee.name, _NAME)
    if not absentee.reachable:
        # Someone who blocked the bot can still be written to from one's own account.
        name = Html(f'<a href="tg://user?id={absentee.telegram_id}">{escape(name, quote=False)}</a>')
    group = seminar.group(absentee.group)
    if group is None:
        return _("{number}. {name}", number=number, name=name)
    return _("{number}. {name} · {group}", number=number, name=name, group=group.title.get(_.language))


def _marks(window: Window, page: int, numbered: Sequence[tuple[int, Absentee]]) -> list[Row]:
    """Numbers instead of names: whom to write to, and below that somebody knows about them, or does not after all."""
    rows: list[Row] = []
    width = _in_row(numbered)
    for first in range(0, len(numbered), width):
        some = numbered[first : first + width]
        rows.append([WriteTo(one.id).button(f"{number} ✉️") for number, one in some if one.reachable])
        rows.append([_known(window, page, number, one) for number, one in some])
    return rows


def _known(window: Window, page: int, number: int, one: Absentee) -> InlineKeyboardButton:
    if one.accounted_by is None:
        return AccountFor(window.on, window.slot, one.id, page).button(f"{number} ✅")
    return AccountedEnd(window.on, window.slot, one.id, page).button(f"{number} ↩️")


def _reasons(window: Window, page: int, numbered: Sequence[tuple[int, Absentee]]) -> list[Row]:
    people = 1 if _digits(numbered) > 2 else 2
    return in_rows(
        [
            ExcusePerson(window.on, window.slot, one.id, reason, page).button(f"{number}{_SIGNS[reason]}")
            for number, one in numbered
            for reason in ExcuseReason
        ],
        people * len(ExcuseReason),
    )


def _in_row(numbered: Sequence[tuple[int, Absentee]]) -> int:
    return _IN_ROW.get(_digits(numbered), _IN_ROW_AT_LEAST)


def _digits(numbered: Sequence[tuple[int, Absentee]]) -> int:
    return max((len(str(number)) for number, _one in numbered), default=1)


def _undo(_: Locale, window: Window, roll: RollCall) -> Row:
    if (last := roll.last) is None:
        return []
    undo = AbsenceUndo(window.on, window.slot, last.person_id, last.number)
    return [undo.button(_.plain("↩️ Undo: {name}", name=shortened(last.name, _LABEL)))]


def _to_all(_: Locale, window: Window, roll: RollCall) -> Row:
    if roll.absent <= 1:
        return []
    return [BroadcastToMissing(window.on, window.slot).button(_.plain("✍️ Write to all: {n}", n=roll.absent))]


def _excuses(_: Locale, window: Window, roll: RollCall) -> Row:
    row: Row = []
    if roll.missing:
        row.append(_to(window, AbsenceList.EXCUSE, roll.page).button(_.plain("📝 Excuse …")))
    if roll.listed_excused:
        row.append(_to(window, AbsenceList.EXCUSED, 0).button(_.plain("📝 Excused: {n}", n=roll.listed_excused)))
    return row


def _pages(_: Locale, window: Window, roll: RollCall) -> Row:
    return page_row(_, roll.page, roll.pages, lambda turned: _to(window, roll.shown, turned))


def _back(_: Locale, window: Window, page: int) -> Row:
    return [_to(window, AbsenceList.MISSING, page).button(_.plain("⬅️ Who is missing"))]


def _to(window: Window, shown: AbsenceList, page: int) -> AbsenceShow:
    return AbsenceShow(window.on, window.slot, shown, page)
