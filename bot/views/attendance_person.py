"""Attendance of one person at a session, as organizers see it: all that was said, and what they can say."""

from html import escape
from typing import Final

from telegram import InlineKeyboardButton

from bot.buttons.attendance import AttendanceCorrect, AttendanceShow
from bot.i18n import Locale
from bot.mark_lines import MARK_SIGNS, excuse_reason, mark_states, session_title
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.attendance import Attendance, AttendanceList, PersonAttendance
from bot.store.excuse import ExcuseReason
from bot.store.mark import MarkMethod, MarkState, PresenceMark

_NAME: Final = 64
_HISTORY: Final = 12


def about(_: Locale, seminar: Seminar, row: Attendance, one: PersonAttendance) -> Screen:
    """What was said of a person about a session, and what an organizer can say."""
    lines = _who(_, seminar, row, one)
    states = mark_states(_)
    now = states[one.state] if one.state is not None else _.plain("nobody has said anything")
    lines += [_("Now: <b>{state}</b>", state=now), ""]
    lines += [_said(_, seminar, mark) for mark in one.history[:_HISTORY]]
    if len(one.history) > _HISTORY:
        more = len(one.history) - _HISTORY
        lines.append(str(_.plural("… and {n} more before", "… and {n} more before", more)))
    if one.excuse is not None:
        reason, name = excuse_reason(_, one.excuse.reason), shortened(one.excuse.by, _NAME) or "…"
        lines.append(_("📝 excused for the whole day: {reason} · {name}", reason=reason, name=name))
    rows = [
        [
            _correct(row, one, MarkState.PRESENT, _.plain("✅ Present")),
            _correct(row, one, MarkState.LATE, _.plain("🕘 Late")),
        ],
        [
            AttendanceShow(row.id, "reasons", one.person.id).button(_.plain("📝 Excused …")),
            _correct(row, one, MarkState.ABSENT, _.plain("❌ Absent")),
        ],
        [AttendanceShow(row.id, AttendanceList.MISSING, 0).button(_.plain("⬅️ Who is missing"))],
    ]
    return Screen("\n".join(lines), rows)


def reasons(_: Locale, seminar: Seminar, row: Attendance, one: PersonAttendance) -> Screen:
    """Why is the person excused?"""
    lines = [*_who(_, seminar, row, one), _("📝 Why is this person excused?")]
    rows = [
        [AttendanceCorrect(row.id, one.person.id, MarkState.EXCUSED, reason).button(excuse_reason(_, reason))]
        for reason in ExcuseReason
    ]
    back = AttendanceShow(row.id, "person", one.person.id).button(_.plain("‹ Back"))
    return Screen("\n".join(lines), [*rows, [back]])


def marked(_: Locale, name: str, mark: PresenceMark) -> str:
    """The toast after an organizer has said something of a person."""
    return _.plain("{name}: {state}", name=shortened(name, _NAME), state=mark_states(_)[mark.state])


def _who(_: Locale, seminar: Seminar, row: Attendance, one: PersonAttendance) -> list[str]:
    session = seminar.session(row.on.session)
    title = session_title(_, session) if session else row.on.session
    group = seminar.group(one.person.group)
    name = escape(shortened(one.person.name, _NAME), quote=False)
    beside = f" · {escape(group.title.get(_.language), quote=False)}" if group else ""
    return [f"👤 <b>{name}</b>{beside}", f"{_.short_day(row.on.date)} · {title}"]


def _said(_: Locale, seminar: Seminar, mark: PresenceMark) -> str:
    """One mark: what, when, how, and by whom where it was somebody else."""
    parts = [f"{MARK_SIGNS[mark.state]} {mark_states(_)[mark.state]}"]
    if mark.reason is not None:
        parts.append(excuse_reason(_, mark.reason))
    local = mark.at.astimezone(seminar.zone)
    parts.append(f"{_.short_day(local.date())} {local:%H:%M}")
    ways = {
        MarkMethod.TAP: _.plain("own tap"),
        MarkMethod.CODE: _.plain("code"),
        MarkMethod.BUDDY: _.plain("a buddy's word"),
    }
    by = escape(shortened(mark.by, _NAME), quote=False) or _.plain("an organizer")
    parts.append(ways.get(mark.how, f"📋 {by}"))
    return " · ".join(parts)


def _correct(row: Attendance, one: PersonAttendance, state: MarkState, label: str) -> InlineKeyboardButton:
    return AttendanceCorrect(row.id, one.person.id, state, "").button(label)
