"""/duty: who is on duty now and next, the days, one shift, and whom to ask to take it."""

from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Final, TypeVar

from telegram import InlineKeyboardButton

from bot.buttons.duty import (
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
from bot.duty_lines import hours, names, title, when
from bot.i18n import Html, Locale
from bot.programme.duty import DutyPeriod
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.quoted import quote
from bot.screen import Screen, in_rows, page_row
from bot.store.duty import DutyBoard, DutySlot, DutyTurn
from bot.store.duty_note import DutyNote
from bot.store.duty_request import DutyRequestKind
from bot.store.person import Person

Buttons = list[list[InlineKeyboardButton]]
T = TypeVar("T")

PAGE: Final = 8  # people, or turns, on one screen of buttons
_LABEL: Final = 30
_NOTES: Final = 3


def overview(_: Locale, seminar: Seminar, board: DutyBoard, me: Person) -> Screen:
    """Who is on duty now and next, the days, and one button for each of the two that is not one's own yet."""
    lines: list[str] = [_("🛎 <b>On duty</b>")]
    for one in board.now:
        until = _.time(one.period.ends, seminar.zone)
        lines.append(_("▶️ Now, until {time}: {names}", time=until, names=_names(_, one.turns)))
    if not any(one.turns for one in board.now):
        lines.append(_("Nobody is on duty now: alerts ring for every organizer."))
    if board.next is not None:
        begins = _.time(board.next.period.starts, seminar.zone)
        lines.append(_("⏭ Next, from {time}: {names}", time=begins, names=_names(_, board.next.turns)))
    for on, slots in groupby(board.days, key=_on):
        lines += ["", f"<b>{escape(_.day(on), quote=False)}</b>", *(_line(_, seminar, one) for one in slots)]
    soon = [*board.now, *([board.next] if board.next else [])]
    rows = [
        [_take(one.period, 0, _.plain("✋ I am on duty: {shift}", shift=when(_, one.period)))]
        for one in soon
        if not one.has(me.id)
    ]
    mine = next((one for one in board.now if one.has(me.id)), None)
    if mine is not None and board.next is not None:
        rows.append([_note(board.next.period, _.plain("📝 Note for the next"))])
    days = [DutyDay(on).button(_.short_day(on)) for on in dict.fromkeys(_on(one) for one in board.days)]
    return Screen("\n".join(lines), [*rows, *in_rows(days, 3), page_row(_, board.page, board.pages, DutyList)])


def day(_: Locale, seminar: Seminar, on: date, slots: tuple[DutySlot, ...]) -> Screen:
    """The shifts of one day."""
    lines = [_("🛎 <b>On duty</b> · {day}", day=_.day(on)), *(_line(_, seminar, one) for one in slots)]
    rows = [[DutyShow(on, one.period.shift.key).button(title(_, one.period.shift))] for one in slots]
    return Screen("\n".join(lines), [*rows, [_back(_)]])


def shift(
    _: Locale,
    seminar: Seminar,
    slot: DutySlot,
    me: Person,
    notes: Sequence[DutyNote],
    *,
    decides: bool,
    over: bool,
) -> Screen:
    """One shift of one day, and what can be done about it; `decides`: an owner, whom nobody has to agree with."""
    one, key = slot.period, slot.period.shift.key
    lines = [_("🛎 <b>{shift}</b> · {day}", shift=title(_, one.shift), day=_.day(one.on)), hours(_, seminar, one)]
    lines += [Html(f"👤 {escape(shortened(turn.name, 64), quote=False)}") for turn in slot.turns[:PAGE]]
    if not slot.turns:
        lines.append(_("Nobody yet: alerts ring for every organizer then."))
    for note in notes[:_NOTES]:
        lines += [_("📝 {name}:", name=shortened(note.author, 64)), quote(Html(escape(note.words, quote=False)))]
    if over:
        return Screen("\n".join([*lines, _("This shift is over.")]), [[_back(_)]])
    rows: Buttons = []
    if slot.has(me.id):
        rows = [
            [
                DutyWho(one.on, key, DutyRequestKind.GIVE, 0).button(_.plain("🤝 Give to …")),
                DutySwaps(one.on, key, 0).button(_.plain("🔄 Swap …")),
            ],
            [
                DutyRelease(one.on, key, 0).button(_.plain("↩️ Release")),
                DutyRelease(one.on, key, 1).button(_.plain("↩️ Every day")),
            ],
        ]
    else:
        rows = [
            [
                _take(one, 1, _.plain("✋ I take it")),
                DutyTake(one.on, key, 1, 1).button(_.plain("✋ Every day")),
            ]
        ]
    rows.append([DutyWho(one.on, key, DutyRequestKind.JOIN, 0).button(_.plain("➕ Add somebody …"))])
    rows.append([_note(one, _.plain("📝 Note for this shift"))])
    if decides:
        rows += [
            [DutyDismiss(one.on, key, turn.person_id).button(f"✖️ {shortened(turn.name, _LABEL)}")]
            for turn in slot.turns[:PAGE]
            if turn.person_id != me.id
        ]
    return Screen("\n".join(lines), [*rows, [_back(_)]])


def whom(_: Locale, period: DutyPeriod, kind: DutyRequestKind, colleagues: Sequence[Person], page: int) -> Screen:
    """Whom to ask to take or to share a shift."""
    its_when = when(_, period)
    text = (
        _("🤝 Who should take {shift} from you?", shift=its_when)
        if kind is DutyRequestKind.GIVE
        else _("➕ Who should be on duty as well: {shift}?", shift=its_when)
    )
    if not colleagues:
        text = Html("\n".join([text, _("There is no other organizer here whom the bot can reach.")]))
    on, key = period.on, period.shift.key
    rows = [[DutyAsk(on, key, kind, one.id).button(shortened(one.name, _LABEL))] for one in _of_page(colleagues, page)]
    pages = page_row(_, page, -(-len(colleagues) // PAGE), lambda number: DutyWho(on, key, kind, number))
    return Screen(text, [*rows, pages, [_to_shift(_, period)]])


def swaps(_: Locale, period: DutyPeriod, mine: DutyTurn, others: Sequence[DutySlot], page: int) -> Screen:
    """For which turn of a colleague one's own can be exchanged."""
    turns = [(one.period, turn) for one in others for turn in one.turns if turn.person_id != mine.person_id]
    text = _("🔄 {shift}: for which one do you want to swap it?", shift=when(_, period))
    if not turns:
        text = Html("\n".join([text, _("Nobody else has a shift in the days to come.")]))
    rows = [
        [DutySwap(mine.id, turn.id).button(f"{shortened(turn.name, 12)} · {when(_, its)}")]
        for its, turn in _of_page(turns, page)
    ]
    on, key = period.on, period.shift.key
    pages = page_row(_, page, -(-len(turns) // PAGE), lambda number: DutySwaps(on, key, number))
    return Screen(text, [*rows, pages, [_to_shift(_, period)]])


def write_note(_: Locale, period: DutyPeriod) -> Screen:
    """Waits for the words of a note."""
    text = _(
        "📝 What should whoever has {shift} know? It is read when the shift begins, and erased after three days.",
        shift=when(_, period),
    )
    return Screen(text)


def note_kept(_: Locale, period: DutyPeriod) -> Screen:
    """The note is kept."""
    return Screen(_("✅ Kept for {shift}. Writing another one replaces it.", shift=when(_, period)))


def note_too_long(_: Locale, limit: int) -> Screen:
    """The note does not fit."""
    return Screen(_("That is too long for a note: {limit} characters at most.", limit=limit))


def note_lapsed(_: Locale, period: DutyPeriod) -> Screen:
    """Words long after the question."""
    text = _("You wanted to leave a note for {shift}, but that was a while ago.", shift=when(_, period))
    return Screen(text, [[_note(period, _.plain("📝 Write the note"))]])


def asked(_: Locale, name: str) -> str:
    """The toast when a colleague is asked."""
    return _.plain("{name} is being asked.", name=shortened(name, 64))


def taken(_: Locale, people: int) -> str:
    """The toast when somebody took so many shifts."""
    return str(_.plural("✅ You are on duty: {n} shift.", "✅ You are on duty: {n} shifts.", people))


def assigned(_: Locale, name: str) -> str:
    """The toast when an owner has put somebody on duty."""
    return _.plain("✅ {name} is on duty.", name=shortened(name, 64))


def released(_: Locale) -> str:
    """The toast when somebody is off duty."""
    return _.plain("↩️ Released.")


def gone(_: Locale) -> str:
    """The shift, the turn or the colleague is not there any more."""
    return _.plain("That has changed meanwhile.")


def already(_: Locale, name: str) -> str:
    """The toast when somebody is on duty in that shift already."""
    return _.plain("{name} has this shift already.", name=shortened(name, 64))


def _names(_: Locale, turns: Sequence[DutyTurn]) -> str:
    return names([turn.name for turn in turns]) if turns else _.plain("nobody")


def _line(_: Locale, seminar: Seminar, one: DutySlot) -> Html:
    return Html(
        f"{hours(_, seminar, one.period)} {escape(title(_, one.period.shift), quote=False)}: {_escaped(_, one)}"
    )


def _escaped(_: Locale, one: DutySlot) -> str:
    return escape(_names(_, one.turns), quote=False) if one.turns else "—"


def _take(period: DutyPeriod, back: int, label: str) -> InlineKeyboardButton:
    return DutyTake(period.on, period.shift.key, 0, back).button(label)


def _note(period: DutyPeriod, label: str) -> InlineKeyboardButton:
    return DutyWriteNote(period.on, period.shift.key).button(label)


def _to_shift(_: Locale, period: DutyPeriod) -> InlineKeyboardButton:
    return DutyShow(period.on, period.shift.key).button(_.plain("⬅️ The shift"))


def _back(_: Locale) -> InlineKeyboardButton:
    return DutyList(0).button(_.plain("⬅️ All days"))


def _on(one: DutySlot) -> date:
    return one.period.on


def _of_page(things: Sequence[T], page: int) -> Sequence[T]:
    return things[page * PAGE : (page + 1) * PAGE]
