"""The programme, changed from a phone: days, sessions, and what can be changed of each."""

from datetime import date, time

from telegram import InlineKeyboardButton

from bot.buttons.programme import (
    ProgrammeAdd,
    ProgrammeAttendance,
    ProgrammeCancel,
    ProgrammeDay,
    ProgrammeDays,
    ProgrammeDeparture,
    ProgrammeDraft,
    ProgrammeFile,
    ProgrammeHistory,
    ProgrammeHour,
    ProgrammeHours,
    ProgrammeKind,
    ProgrammeKinds,
    ProgrammeOffer,
    ProgrammeOtherDay,
    ProgrammeOtherDays,
    ProgrammePlace,
    ProgrammePlaces,
    ProgrammeSession,
    ProgrammeTime,
    ProgrammeType,
)
from bot.i18n import Locale
from bot.programme.edits import Refusal
from bot.programme.markup import shortened
from bot.programme.model import Hours, Seminar, Session, SessionKind
from bot.screen import Screen, in_rows, page_row
from bot.session_lines import SIGNS, Reader, clock, departure_line, kind_name, session_lines
from bot.store.programme import Source, Version

_LABEL, _DAYS_IN_A_ROW, _PLACES = 40, 3, 12
_STEPS = ((-60, -15, -5), (5, 15, 60))
_ENDS, _HOUR_STEPS = ((-15, -5), (5, 15)), (-30, -5, 5, 30)
_DAY, _SHORTEST = 24 * 60, 5

Row = list[InlineKeyboardButton]


def days(_: Locale, seminar: Seminar, *, today: date, newest: Version, changed: int, offers: bool) -> Screen:
    """The days to choose from, today's first; `changed`: how much is in the draft; `offers`: does the folder."""
    lines: list[str] = [_("🛠 <b>The programme</b>"), version_line(_, seminar, newest)]
    if offers:
        lines.append(_("📁 The seminar's folder was changed on the computer."))
    lines += ["", _("Choose a day. Nothing changes for anybody before you publish.")]
    dates = [seminar.date_of(one.number) for one in seminar.days]
    ordered = [on for on in dates if on >= today] + [on for on in dates if on < today]
    buttons = [ProgrammeDay(on).button(f"• {_.short_day(on)} •" if on == today else _.short_day(on)) for on in ordered]
    rows = in_rows(buttons, _DAYS_IN_A_ROW)
    if offers:
        rows.append([ProgrammeOffer().button(_.plain("📁 What the folder holds"))])
    rows += _draft_row(_, changed)
    versions = ProgrammeHistory(newest.number + 1).button(_.plain("🕘 Versions"))
    rows.append([versions, ProgrammeFile().button(_.plain("📄 As a file"))])
    return Screen("\n".join(lines), rows)


def day(_: Locale, seminar: Seminar, on: date, number: int, *, changed: int) -> Screen:
    """The sessions of a day as the draft has them. Raises IndexError for a day that there is not."""
    its = seminar.days[number - 1]
    lines: list[str] = [_("🛠 <b>{day}</b>", day=_.day(on))]
    lines += [_("Which session?")] if its.sessions else [_("🌿 A free day: nothing is planned.")]
    rows: list[Row] = []
    for session in its.sessions:
        sign = "❌ " if session.cancelled else ""
        label = f"{sign}{clock(session.start)} {session.title.get(_.language)}"
        rows.append([ProgrammeSession(session.key).button(shortened(label, _LABEL))])
    rows.append([ProgrammeAdd(on).button(_.plain("➕ One more session"))])
    rows.append([ProgrammeHours(on).button(_.plain("⏰ When the bot writes"))])
    rows += [*_draft_row(_, changed), [ProgrammeDays().button(_.plain("‹ All days"))]]
    return Screen("\n".join(lines), rows)


def session(_: Locale, seminar: Seminar, one: Session, *, changed: int, is_changed: bool) -> Screen:
    """A session as the draft has it, and what can be changed of it; `is_changed`: the running version differs."""
    on = seminar.date_of(one.day)
    lines = _as_it_is(_, seminar, one)
    if is_changed:
        lines += ["", _("<i>Changed in your draft. Nobody sees it before you publish.</i>")]
    return Screen("\n".join(lines), [*_time_rows(_, one), *_other_rows(_, one), *_back(_, on, changed)])


def kinds(_: Locale, seminar: Seminar, one: Session, *, changed: int) -> Screen:
    """The kinds that a session can be of, its own among them."""
    buttons = [
        ProgrammeKind(one.key, kind.value).button(f"{'•' if kind is one.kind else SIGNS[kind]} {kind_name(_, kind)}")
        for kind in SessionKind
    ]
    lines = [*_as_it_is(_, seminar, one), "", _("🏷 What kind of session is it?")]
    back = ProgrammeSession(one.key).button(_.plain("‹ Back"))
    return Screen("\n".join(lines), [*in_rows(buttons, 2), *_draft_row(_, changed), [back]])


def other_days(_: Locale, seminar: Seminar, one: Session, *, today: date) -> Screen:
    """The days from today on to which a session can go, and its own."""
    its = seminar.date_of(one.day)
    dates = [on for on in (seminar.date_of(day.number) for day in seminar.days) if on >= today or on == its]
    buttons = [
        ProgrammeOtherDay(one.key, on).button(f"• {_.short_day(on)} •" if on == its else _.short_day(on))
        for on in dates
    ]
    back = ProgrammeSession(one.key).button(_.plain("‹ Back"))
    text = _("📅 On which day is “{title}”? It keeps its hours.", title=_title(_, one))
    return Screen(text, [*in_rows(buttons, _DAYS_IN_A_ROW), [back]])


def places(_: Locale, seminar: Seminar, one: Session, page: int) -> Screen:
    """The places where a session can be, page by page."""
    every = sorted(seminar.places.values(), key=lambda place: place.title.get(_.language))
    pages = max(1, -(-len(every) // _PLACES))
    page = max(0, min(page, pages - 1))
    rows: list[Row] = []
    for place in every[page * _PLACES : (page + 1) * _PLACES]:
        mark = "• " if place.key == one.place else "📍 "
        rows.append(
            [ProgrammePlace(one.key, place.key).button(shortened(f"{mark}{place.title.get(_.language)}", _LABEL))]
        )
    turn = page_row(_, page, pages, lambda turned: ProgrammePlaces(one.key, turned))
    rows += [turn] if turn else []
    if one.place is not None and not one.departure:
        rows.append([ProgrammePlace(one.key, "").button(_.plain("No place"))])
    rows.append([ProgrammeSession(one.key).button(_.plain("‹ Back"))])
    return Screen(_("📍 Where is “{title}”?", title=_title(_, one)), rows)


def hours(_: Locale, seminar: Seminar, on: date, number: int, *, changed: int) -> Screen:
    """When the bot writes on a day."""
    its = seminar.hours_of(number)
    own = seminar.days[number - 1].hours is not None
    lines: list[str] = [_("⏰ <b>When the bot writes</b> · {day}", day=_.day(on))]
    lines.append(_("This day has its own hours.") if own else _("As on the other days."))
    rows: list[Row] = []
    for what, label, at in _hour_names(_, its):
        lines.append(_("{what}: <b>{time}</b>", what=label, time=clock(at)))
        rows.append([ProgrammeHours(on).button(f"{label} {clock(at)}")])
        rows.append(_hour_steps(on, what, at))
    if own:
        rows.append([ProgrammeHour(on, "agenda", -1).button(_.plain("As on the other days"))])
    return Screen("\n".join(lines), [*rows, *_back(_, on, changed)])


def _hour_names(_: Locale, its: Hours) -> list[tuple[str, str, time]]:
    """What has an hour of its own: its name in a button's payload, in words, and the hour."""
    return [
        ("agenda", _.plain("Agenda"), its.agenda),
        ("morning", _.plain("Morning check-in"), its.morning),
        ("lesson", _.plain("Lesson"), its.lesson),
        ("evening", _.plain("Evening check-in"), its.evening),
    ]


def refused(_: Locale, refusal: Refusal) -> str:
    """Why an edit cannot be."""
    return {
        Refusal.GONE: _.plain("That is not in the programme any more."),
        Refusal.OUTSIDE_DAY: _.plain("It has to begin and end on the same day."),
        Refusal.TOO_SHORT: _.plain("It has to end at least 5 minutes after it begins."),
        Refusal.UNKNOWN_PLACE: _.plain("That place is not in the programme any more."),
        Refusal.KEY_TAKEN: _.plain("That session is in the programme already."),
        Refusal.NO_MEETING_POINT: _.plain("A departure needs a place where people meet."),
        Refusal.EVENING_FIRST: _.plain("The evening check-in has to come after the morning one."),
    }[refusal]


def _draft_row(_: Locale, changed: int) -> list[Row]:
    """To the draft, with how much is in it: beside another button a phone would cut the number off."""
    label = str(_.plural("📝 Draft: {n} change", "📝 Draft: {n} changes", changed))
    return [[ProgrammeDraft().button(label)]] if changed else []


def version_line(_: Locale, seminar: Seminar, version: Version) -> str:
    """Which version it is, since when, and whose."""
    local = version.published_at.astimezone(seminar.zone)
    when = f"{_.short_day(local.date())} {local:%H:%M}"
    if version.source is Source.FOLDER and not version.author:
        return _("Version {n} · {when} · from the folder", n=version.number, when=when)
    who = version.author or _.plain("Somebody")  # who has erased their data has no name here
    return _("Version {n} · {when} · {name}", n=version.number, when=when, name=who)


def _time_rows(_: Locale, one: Session) -> list[Row]:
    if one.cancelled:
        return []
    start, end = _minutes(one.start), _minutes(one.end)
    rows = [
        [
            ProgrammeTime(one.key, start + step, end + step).button(_step(step))
            for step in steps
            if start + step >= 0 and end + step < _DAY
        ]
        for steps in _STEPS
    ]
    rows += [
        [
            ProgrammeTime(one.key, start, end + step).button(_.plain("End {step}", step=_step(step)))
            for step in steps
            if start + _SHORTEST <= end + step < _DAY
        ]
        for steps in _ENDS  # two in a row: with four, a phone would cut the number off
    ]
    return [row for row in rows if row]


def _as_it_is(_: Locale, seminar: Seminar, one: Session) -> list[str]:
    """Its day, and everything that is known of it."""
    lines: list[str] = [_("🛠 <b>{day}</b>", day=_.day(seminar.date_of(one.day))), ""]
    lines += session_lines(Reader(_, seminar, None, True, None), one)
    if one.departure and not one.cancelled:
        lines.append(departure_line(_))
    if one.attendance and not one.cancelled:
        lines.append(_("📋 Attendance is taken."))
    return lines


def _other_rows(_: Locale, one: Session) -> list[Row]:
    if one.cancelled:
        return [[ProgrammeCancel(one.key, 0).button(_.plain("↩️ It takes place after all"))]]
    return [
        [
            ProgrammeType(one.key, "time").button(_.plain("⌨️ Time")),
            ProgrammeOtherDays(one.key).button(_.plain("📅 Day")),
        ],
        [
            ProgrammePlaces(one.key, 0).button(_.plain("📍 Place")),
            ProgrammeType(one.key, "speaker").button(_.plain("👤 Speaker")),
        ],
        [
            ProgrammeType(one.key, "note").button(_.plain("📝 Note")),
            ProgrammeKinds(one.key).button(_.plain("🏷 Kind")),
        ],
        [_departure_button(_, one), _attendance_button(_, one)],
        [ProgrammeCancel(one.key, 1).button(_.plain("❌ Cancel it"))],
    ]


def _departure_button(_: Locale, one: Session) -> InlineKeyboardButton:
    label = _.plain("🚏 No departure") if one.departure else _.plain("🚏 Departure")
    return ProgrammeDeparture(one.key, int(not one.departure)).button(label)


def _attendance_button(_: Locale, one: Session) -> InlineKeyboardButton:
    """The other way round than it is; which way that is stands in the session's lines."""
    label = _.plain("📋 No attendance") if one.attendance else _.plain("📋 Attendance")
    return ProgrammeAttendance(one.key, int(not one.attendance)).button(label)


def _hour_steps(on: date, what: str, at: time) -> Row:
    minute = _minutes(at)
    return [
        ProgrammeHour(on, what, minute + step).button(_step(step)) for step in _HOUR_STEPS if 0 <= minute + step < _DAY
    ]


def _back(_: Locale, on: date, changed: int) -> list[Row]:
    return [*_draft_row(_, changed), [ProgrammeDay(on).button(f"‹ {_.short_day(on)}")]]


def _title(_: Locale, one: Session) -> str:
    return shortened(one.title.get(_.language), _LABEL * 2)


def _step(minutes: int) -> str:
    return f"+{minutes}" if minutes > 0 else f"−{-minutes}"


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
