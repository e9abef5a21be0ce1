"""A headcount as organizers see it: whom to count, the card that fills by itself, and the roll call on it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.headcount import (
    HeadcountBefore,
    HeadcountClose,
    HeadcountMark,
    HeadcountPing,
    HeadcountReopen,
    HeadcountShow,
    HeadcountStart,
)
from bot.i18n import Html, Locale
from bot.programme.markup import shortened
from bot.programme.model import Seminar, Session
from bot.screen import Screen, page_row
from bot.store.headcount import PING_GAP, Headcount, HeadcountNumbers
from bot.store.headcount_list import HeadcountList, HeadcountPage
from bot.store.mark import MarkMethod
from bot.store.mark_list import PAGE, MarkedPerson

_NAME: Final = 64
_LABEL: Final = 32  # a name that has a whole row for itself
_WHOM: Final = 24  # before numbers, which a narrow phone would cut
_GROUPS: Final = 3  # that are named; more are counted


def audiences(
    _: Locale,
    seminar: Seminar,
    people: Mapping[str, int],
    running: Sequence[tuple[Headcount, HeadcountNumbers]],
) -> Screen:
    """Whom to count: all, or a group (by its key, all is empty), with the number of each; and what runs already."""
    lines: list[str] = [
        _("🔢 <b>Headcount</b>\nWho should be counted? Each of them gets one message with one button, with a sound.")
    ]
    rows = []
    if running:
        lines.append(_("\n👀 Under way already: open it, and you see the same as whoever started it."))
    for headcount, numbers in running:
        whom = shortened(_whom(_, seminar, headcount), _WHOM)
        label = _.plain("👀 {whom}: {here} of {all}", whom=whom, **_counts(numbers))
        rows.append([HeadcountShow(headcount.id, HeadcountList.MISSING, 0).button(label)])
    taken = {headcount.groups for headcount, _numbers in running}
    for group, count in people.items():
        if ((group,) if group else ()) not in taken:
            label = _.plain("▶️ {whom}: {n}", whom=shortened(_title(_, seminar, group), _WHOM), n=count)
            rows.append([HeadcountStart(group).button(label)])
    return Screen("\n".join(lines), rows)


def offer(_: Locale, seminar: Seminar, session: Session) -> Screen:
    """Before a departure: whoever presses starts the one headcount of it."""
    text = _(
        "🔢 <b>{time} · {title}</b>\nIt leaves soon. Count who is there? One tap asks everyone who is expected.",
        time=session.start.strftime("%H:%M"),
        title=session.title.get(_.language),
    )
    start = HeadcountBefore(seminar.date_of(session.day), session.key)
    return Screen(text, [[start.button(_.plain("▶️ Start the headcount"))]])


def card(_: Locale, seminar: Seminar, headcount: Headcount, page: HeadcountPage, now: datetime) -> Screen:
    """The card: how many are here, and one page of one of its lists."""
    lines = [*_head(_, seminar, headcount, now), "", *_numbers(_, page.numbers)]
    is_open = headcount.is_open(now)
    match page.shown:
        case HeadcountList.ROLL_CALL if is_open:
            lines += _roll_call(_, page)
            rows = [[_mark(headcount, page, one)] for one in page.people]
            rows += [_pages(_, headcount, page), [_back(_, headcount)]]
        case HeadcountList.HERE:
            lines += ["", _("✅ <b>Who is here</b>")]
            lines += [_here(_, seminar, n, one) for n, one in enumerate(page.people, page.page * PAGE + 1)]
            rows = [_pages(_, headcount, page), [_back(_, headcount)]]
        case _:
            lines += _missing(_, seminar, page)
            rows = [_pages(_, headcount, page), *_actions(_, headcount, page.numbers, now)]
    return Screen("\n".join(lines), [row for row in rows if row])


def marked(_: Locale, name: str, *, here: bool) -> str:
    """The toast of a roll call."""
    name = shortened(name, _NAME)
    return _.plain("✅ {name} is here.", name=name) if here else _.plain("↩️ {name} is missing again.", name=name)


def not_expected(_: Locale) -> str:
    """The toast about someone who has left, or is in another group by now."""
    return _.plain("This person is not expected here any more.")


def reminded(_: Locale, people: int) -> str:
    """The toast after the missing were reminded."""
    return str(_.plural("🔔 {n} person is being reminded.", "🔔 {n} people are being reminded.", people))


def too_soon(_: Locale, seminar: Seminar, headcount: Headcount) -> str:
    """The toast when the missing heard of it less than a minute ago."""
    last = headcount.pinged_at or headcount.started_at
    return _.plain(
        "They heard of it at {time}. You can remind them again a minute later, at {again}.",
        time=_.time(last, seminar.zone),
        again=_.time(last + PING_GAP, seminar.zone),
    )


def nobody_to_remind(_: Locale) -> str:
    """The toast when the bot can write to nobody who is missing."""
    return _.plain("There is nobody to remind: whoever is missing cannot be reached by the bot.")


def over(_: Locale) -> str:
    """The toast when a button of a closed headcount is pressed."""
    return _.plain("This headcount is closed.")


def too_late_to_reopen(_: Locale) -> str:
    """The toast when it was closed long ago."""
    return _.plain("It was closed over an hour ago. Start a new one with /headcount.")


def nobody(_: Locale) -> str:
    """The toast when there is no teacher to count."""
    return _.plain("There is no teacher to count there.")


def gone(_: Locale) -> str:
    """No headcount has that number, or the departure is not in the programme any more."""
    return _.plain("That is no longer here.")


def _head(_: Locale, seminar: Seminar, headcount: Headcount, now: datetime) -> list[str]:
    lines: list[str] = [_("🔢 <b>Headcount</b> · {whom}", whom=_whom(_, seminar, headcount))]
    session = seminar.session(headcount.before.session) if headcount.before else None
    if session is not None and not session.cancelled:
        title = session.title.get(_.language)
        lines.append(_("🚌 {time} · {title}", time=session.start.strftime("%H:%M"), title=title))
    at = _.time(headcount.started_at, seminar.zone)
    lines.append(_("▶️ Started at {time}: {name}", time=at, name=_who(_, headcount.started_by)))
    if headcount.pinged_at is not None:
        last = _.time(headcount.pinged_at, seminar.zone)
        lines.append(
            _.plural(
                "🔔 Reminded {n} time, at {time}", "🔔 Reminded {n} times, last at {time}", headcount.pings, time=last
            )
        )
    if headcount.is_open(now):
        return lines
    ended = _.time(headcount.closed_at or headcount.ends_at, seminar.zone)
    if headcount.closed_by is None:
        return [*lines, _("🏁 Closed by itself at {time}.", time=ended)]
    return [*lines, _("🏁 Closed at {time}: {name}", time=ended, name=_who(_, headcount.closed_by))]


def _numbers(_: Locale, numbers: HeadcountNumbers) -> list[str]:
    lines: list[str] = [_("<b>{here} of {all}</b> are here.", **_counts(numbers))]
    ways = {
        MarkMethod.TAP: _("👆 own tap: {n}", n=dict(numbers.here_by).get(MarkMethod.TAP, 0)),
        MarkMethod.ROLL_CALL: _("📋 roll call: {n}", n=dict(numbers.here_by).get(MarkMethod.ROLL_CALL, 0)),
        MarkMethod.BUDDY: _("👥 a buddy's word: {n}", n=dict(numbers.here_by).get(MarkMethod.BUDDY, 0)),
        MarkMethod.CODE: _("🔢 code: {n}", n=dict(numbers.here_by).get(MarkMethod.CODE, 0)),
    }
    if numbers.here_by:
        lines.append(" · ".join(ways[how] for how, _people in numbers.here_by))
    if numbers.excused:
        excused = numbers.excused
        lines.append(_.plural("📝 {n} is excused for the day.", "📝 {n} are excused for the day.", excused))
    return lines


def _missing(_: Locale, seminar: Seminar, page: HeadcountPage) -> list[str]:
    numbers = page.numbers
    if not numbers.missing and numbers.excused:
        return ["", _("✅ Everybody else is here.")]
    if not numbers.missing:
        return ["", _("✅ Everybody is here.")] if numbers.expected else ["", _("Nobody is expected.")]
    lines: list[str] = []
    reachable = True
    for number, one in enumerate(page.people, page.page * PAGE + 1):
        if one.reachable and not lines:
            lines += ["", _("<b>Missing: {n}</b>", n=numbers.missing - numbers.unreachable)]
        if not one.reachable and (reachable or not lines):
            reachable = False
            lines += ["", *_cannot_be_reached(_, numbers.unreachable)]
        lines.append(_absent(_, seminar, number, one))
    return lines


def _cannot_be_reached(_: Locale, people: int) -> list[str]:
    return [
        _.plural(
            "🚫 <b>{n} cannot be reached by the bot</b>, look for them yourself:",
            "🚫 <b>{n} cannot be reached by the bot</b>, look for them yourself:",
            people,
        )
    ]


def _absent(_: Locale, seminar: Seminar, number: int, one: MarkedPerson) -> str:
    name, denied = Html(escape(shortened(one.name, _NAME), quote=False)), _("✋ says: not with a buddy")
    if not one.reachable:
        # Someone who blocked the bot can still be written to or called from one's own account.
        name = Html(f'<a href="tg://user?id={one.telegram_id}">{name}</a>')
    group = seminar.group(one.group)
    who = (
        _("{number}. {name} · {group}", number=number, name=name, group=group.title.get(_.language))
        if group
        else _("{number}. {name}", number=number, name=name)
    )
    who = Html(f"{who} · {one.phone}") if one.phone else who
    return f"{who} {denied}" if one.denied else who


def _here(_: Locale, seminar: Seminar, number: int, one: MarkedPerson) -> str:
    assert one.at is not None
    name, at = shortened(one.name, _NAME), _.time(one.at, seminar.zone)
    told = shortened(one.by, _NAME) or "…"
    ways = {MarkMethod.ROLL_CALL: f"📋 {told}", MarkMethod.BUDDY: f"👥 {told}", MarkMethod.CODE: "🔢"}
    how = ways.get(one.how, "👆") if one.how else ""
    return _("{number}. {name} · {time} · {how}", number=number, name=name, time=at, how=how)


def _roll_call(_: Locale, page: HeadcountPage) -> list[str]:
    if not page.people:
        return ["", _("✅ Everybody is here.")]
    return ["", _("📋 <b>Roll call</b>\nPress the name of whoever is here. The same press takes it back.")]


def _mark(headcount: Headcount, page: HeadcountPage, one: MarkedPerson) -> InlineKeyboardButton:
    label = f"{'✅' if one.here else '⬜'} {shortened(one.name, _LABEL)}"
    return HeadcountMark(headcount.id, one.id, int(not one.here), page.page).button(label)


def _actions(
    _: Locale, headcount: Headcount, numbers: HeadcountNumbers, now: datetime
) -> list[list[InlineKeyboardButton]]:
    rows: list[list[InlineKeyboardButton]] = []
    roll_call = HeadcountShow(headcount.id, HeadcountList.ROLL_CALL, 0).button(_.plain("📋 Roll call"))
    here = HeadcountShow(headcount.id, HeadcountList.HERE, 0).button(_.plain("✅ Who is here"))
    if headcount.is_open(now):
        if numbers.missing > numbers.unreachable:
            rows.append([HeadcountPing(headcount.id).button(_.plain("🔔 Remind the missing"))])
        rows += [[roll_call, here], [HeadcountClose(headcount.id).button(_.plain("🏁 Close"))]]
    elif headcount.may_reopen(now):
        rows += [[here], [HeadcountReopen(headcount.id).button(_.plain("↩️ Open it again"))]]
    return rows


def _pages(_: Locale, headcount: Headcount, page: HeadcountPage) -> list[InlineKeyboardButton]:
    return page_row(_, page.page, page.pages, lambda turned: HeadcountShow(headcount.id, page.shown, turned))


def _back(_: Locale, headcount: Headcount) -> InlineKeyboardButton:
    return HeadcountShow(headcount.id, HeadcountList.MISSING, 0).button(_.plain("⬅️ Who is missing"))


def _counts(numbers: HeadcountNumbers) -> dict[str, int]:
    return {"here": numbers.here, "all": numbers.expected}


def _whom(_: Locale, seminar: Seminar, headcount: Headcount) -> str:
    if not headcount.groups:
        return _title(_, seminar, "")
    named = ", ".join(_title(_, seminar, group) for group in headcount.groups[:_GROUPS])
    return named if len(headcount.groups) <= _GROUPS else f"{named} …"


def _title(_: Locale, seminar: Seminar, key: str) -> str:
    if not key:
        return _.plain("All teachers")
    group = seminar.group(key)
    return group.title.get(_.language) if group else key


def _who(_: Locale, name: str) -> str:
    """Who it was; who has erased their data has no name any more."""
    return shortened(name, _NAME) if name else _.plain("an organizer")
