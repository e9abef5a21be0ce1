"""Attendance as organizers see it: the day's sessions, the live card of one, and what was said of one person."""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.attendance import (
    AttendanceCall,
    AttendanceDay,
    AttendanceOpen,
    AttendanceShow,
    CodeOpen,
)
from bot.i18n import Locale
from bot.mark_lines import excuse_reason, session_hours, session_title
from bot.people_filter import PeopleFilter
from bot.programme.attendance import Taken
from bot.programme.attendance_code import WINDOW_SECONDS
from bot.programme.markup import fits_message, shortened
from bot.programme.model import Seminar
from bot.scope_lines import you_see
from bot.screen import Screen, in_rows, page_row
from bot.store.attendance import (
    Attendance,
    AttendanceList,
    AttendanceNumbers,
    AttendancePage,
    Attendee,
    CodesOff,
)
from bot.store.mark import MarkMethod, MarkState
from bot.store.mark_list import PAGE

_NAME: Final = 64
_LABEL: Final = 30
_IN_A_ROW: Final = 5
_CLOCK_PEOPLE: Final = 3  # so many codes of another moment are no accident

Row = list[InlineKeyboardButton]


def day(
    _: Locale,
    seminar: Seminar,
    on: date,
    sessions: Sequence[tuple[Taken, AttendanceNumbers]],
    *,
    days: Sequence[date],
    takes: bool,
    scope: PeopleFilter,
) -> Screen:
    """The sessions of a date with their numbers; `days`: the dates beside it; `takes`: the reader may open them.

    `scope`: whom the reader is told of.
    """
    lines: list[str] = [_("📋 <b>Attendance</b> · {day}", day=_.day(on)), *you_see(_, seminar, scope)]
    rows: list[Row] = []
    if not sessions:
        lines.append(_("No attendance is taken on this day. It is switched on for a session in /programme."))
    whole = [line for taken, numbers in sessions for line in _session(_, taken, numbers)]
    lines += whole if fits_message("\n".join([*lines, *whole])) else [_short(_, *one) for one in sessions]
    for taken, _counted in sessions if takes else ():
        label = shortened(f"{taken.session.start:%H:%M} {taken.session.title.get(_.language)}", _LABEL)
        rows.append([AttendanceOpen(on, taken.on.session).button(f"📋 {label}")])
    labels = [(one, f"‹ {_.short_day(one)}" if one < on else f"{_.short_day(one)} ›") for one in days]
    turns = [AttendanceDay(one).button(label) for one, label in labels]
    return Screen("\n".join(lines), [*rows, turns] if turns else rows)


def card(
    _: Locale,
    seminar: Seminar,
    row: Attendance,
    taken: Taken | None,
    listed: AttendancePage,
    *,
    now: datetime,
) -> Screen:
    """The live card of a session; `taken` is None where it is not on that date any more."""
    lines = [*_head(_, seminar, row, taken), *_numbers(_, listed.numbers)]
    if taken is not None and taken.is_open(now) and listed.off.people >= _CLOCK_PEOPLE:
        lines.append(_clock_is_wrong(_, listed.off))
    lines.append("")
    rows: list[Row] = []
    if listed.shown is AttendanceList.ROLL_CALL and taken is not None:
        lines.append(_("📋 <b>Roll call</b>\nPress the name of whoever is there. The same press takes it back."))
        rows += [[_call(row, listed, one)] for one in listed.people]
    else:
        lines += _people(_, seminar, listed)
        numbers = range(listed.page * PAGE + 1, listed.page * PAGE + 1 + len(listed.people))
        pressed = zip(numbers, listed.people, strict=True)
        people = [AttendanceShow(row.id, "person", one.person.id).button(str(number)) for number, one in pressed]
        rows += in_rows(people, _IN_A_ROW)
    rows += [_pages(_, row, listed), *_lists(_, row, listed), *_ways(_, row, taken, now)]
    return Screen("\n".join(lines), [one for one in rows if one])


def over(_: Locale, taken: Taken, numbers: AttendanceNumbers) -> Screen:
    """The numbers of a session that is over."""
    session = taken.session
    lines = [
        _("📋 <b>It is over</b>: {hours} {title}", hours=session_hours(session), title=session_title(_, session)),
        *_numbers(_, numbers),
    ]
    opens = AttendanceOpen(taken.on.date, taken.on.session).button(_.plain("📋 Who was there"))
    return Screen("\n".join(lines), [[opens]], silent=True)


def not_expected(_: Locale) -> str:
    """The toast about someone who has left or is in another group, or a session that is not there any more."""
    return _.plain("This session does not expect that person, or takes no attendance any more.")


def not_yet(_: Locale, seminar: Seminar, taken: Taken) -> str:
    """The toast before a session opens."""
    return _.plain("The roll can be called from {time} on.", time=_.time(taken.opens, seminar.zone))


def gone(_: Locale) -> str:
    """The session is cancelled, was moved to another day, or takes no attendance any more."""
    return _.plain("This session takes no attendance on that day any more.")


def _session(_: Locale, taken: Taken, numbers: AttendanceNumbers) -> list[str]:
    head = f"<b>{session_hours(taken.session)}</b> {session_title(_, taken.session)}"
    return ["", head, *_numbers(_, numbers)]


def _short(_: Locale, taken: Taken, numbers: AttendanceNumbers) -> str:
    """A session in a line, where a day has dozens of them."""
    title = escape(shortened(taken.session.title.get(_.language), _LABEL), quote=False)
    return f"<b>{session_hours(taken.session)}</b> {title}: {numbers.present + numbers.late} / {numbers.expected}"


def _head(_: Locale, seminar: Seminar, row: Attendance, taken: Taken | None) -> list[str]:
    lines: list[str] = [_("📋 <b>Attendance</b> · {day}", day=_.day(row.on.date))]
    if taken is None:
        session = seminar.session(row.on.session)
        lines.append(session_title(_, session) if session else row.on.session)
        lines.append(_("❌ It is cancelled, on another day, or without attendance now. What was marked stays."))
        return lines
    lines.append(f"{session_hours(taken.session)} · {session_title(_, taken.session)}")
    titles = [group.title.get(_.language) for group in seminar.groups if group.key in taken.session.groups]
    if seminar.has_groups and titles:
        lines.append(f"👥 {escape(', '.join(titles), quote=False)}")
    return lines


def _numbers(_: Locale, numbers: AttendanceNumbers) -> list[str]:
    there = numbers.present + numbers.late
    lines: list[str] = [_("<b>{there} of {all}</b> are there.", there=there, all=numbers.expected)]
    parts = [
        (numbers.late, _("🕘 late: {n}", n=numbers.late)),
        (numbers.excused, _("📝 excused: {n}", n=numbers.excused)),
        (numbers.missing, _("🔍 missing: {n}", n=numbers.missing)),
    ]
    if any(people for people, _text in parts):
        lines.append(" · ".join(text for people, text in parts if people))
    here = dict(numbers.here_by)
    ways = {
        MarkMethod.TAP: _("👆 own tap: {n}", n=here.get(MarkMethod.TAP, 0)),
        MarkMethod.ROLL_CALL: _("📋 roll call: {n}", n=here.get(MarkMethod.ROLL_CALL, 0)),
        MarkMethod.CODE: _("🔢 code: {n}", n=here.get(MarkMethod.CODE, 0)),
    }
    if here:
        lines.append(" · ".join(text for how, text in ways.items() if how in here))
    return lines


def _clock_is_wrong(_: Locale, off: CodesOff) -> str:
    people, minutes = off.people, max(1, round(abs(off.windows) * WINDOW_SECONDS / 60))
    if off.windows > 0:
        return _.plural(
            "⚠️ {n} person sent a code of {minutes} min ago: is the clock of the projector's computer slow?",
            "⚠️ {n} people sent codes of about {minutes} min ago: is the clock of the projector's computer slow?",
            people,
            minutes=minutes,
        )
    return _.plural(
        "⚠️ {n} person sent a code that comes in {minutes} min: the clock of the projector's computer is fast.",
        "⚠️ {n} people sent codes that come in {minutes} min: the clock of the projector's computer is fast.",
        people,
        minutes=minutes,
    )


def _people(_: Locale, seminar: Seminar, listed: AttendancePage) -> list[str]:
    heads = {
        AttendanceList.PRESENT: _("✅ <b>Present</b>"),
        AttendanceList.LATE: _("🕘 <b>Late</b>"),
        AttendanceList.EXCUSED: _("📝 <b>Excused</b>"),
    }
    lines: list[str] = [heads.get(listed.shown, _("🔍 <b>Missing</b>"))]
    if not listed.people:
        return [*lines, _("Nobody.")]
    return [*lines, *(_line(_, seminar, n, one) for n, one in enumerate(listed.people, listed.page * PAGE + 1))]


def _line(_: Locale, seminar: Seminar, number: int, one: Attendee) -> str:
    person = one.person
    name = escape(shortened(person.name, _NAME), quote=False)
    if not person.reachable:
        # Someone who blocked the bot can still be written to or called from one's own account.
        name = f'<a href="tg://user?id={person.telegram_id}">{name}</a>'
    parts = [f"{number}. {name}"]
    if (group := seminar.group(person.group)) is not None:
        parts.append(escape(group.title.get(_.language), quote=False))
    if one.reason is not None:
        parts.append(excuse_reason(_, one.reason))
    if person.state in {MarkState.PRESENT, MarkState.LATE} and person.at is not None:
        by = f" {escape(shortened(person.by, _NAME), quote=False)}" if person.how is MarkMethod.ROLL_CALL else ""
        parts.append(f"{_.time(person.at, seminar.zone)} {_how(person.how)}{by}")
    elif person.state is MarkState.ABSENT:
        parts.append("❌")
    return " · ".join(parts)


def _call(row: Attendance, listed: AttendancePage, one: Attendee) -> InlineKeyboardButton:
    label = f"{'✅' if one.person.here else '⬜'} {shortened(one.person.name, _LABEL)}"
    return AttendanceCall(row.id, one.person.id, int(not one.person.here), listed.page).button(label)


def _pages(_: Locale, row: Attendance, listed: AttendancePage) -> Row:
    return page_row(_, listed.page, listed.pages, lambda turned: AttendanceShow(row.id, listed.shown, turned))


def _lists(_: Locale, row: Attendance, listed: AttendancePage) -> list[Row]:
    numbers = listed.numbers
    labels = {
        AttendanceList.MISSING: _.plain("🔍 Missing: {n}", n=numbers.missing),
        AttendanceList.PRESENT: _.plain("✅ Present: {n}", n=numbers.present),
        AttendanceList.LATE: _.plain("🕘 Late: {n}", n=numbers.late),
        AttendanceList.EXCUSED: _.plain("📝 Excused: {n}", n=numbers.excused),
    }
    buttons = [AttendanceShow(row.id, one, 0).button(label) for one, label in labels.items() if one is not listed.shown]
    return in_rows(buttons, 2)


def _ways(_: Locale, row: Attendance, taken: Taken | None, now: datetime) -> list[Row]:
    """How marks come: the roll call also afterwards, the code while the session runs."""
    if taken is None or now < taken.opens:
        return []
    buttons = [AttendanceShow(row.id, AttendanceList.ROLL_CALL, 0).button(_.plain("📋 Roll call"))]
    if taken.is_open(now):
        buttons.append(CodeOpen(row.on.date, row.on.session).button(_.plain("🔢 Code")))
    return [buttons]


def _how(how: MarkMethod | None) -> str:
    return {MarkMethod.TAP: "👆", MarkMethod.CODE: "🔢", MarkMethod.BUDDY: "👥"}.get(how, "📋") if how else ""
