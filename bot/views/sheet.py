"""Which attendance sheets there are for a day, and what is said with one."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from bot.buttons.sheet import SheetDay, SheetMake
from bot.i18n import Locale
from bot.people_filter import PeopleFilter
from bot.programme.attendance import Taken
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.scope_lines import you_see
from bot.screen import Screen
from bot.store.sheet import Sheet

_LABEL = 40


def day(_: Locale, seminar: Seminar, on: date, sessions: Sequence[Taken], *, scope: PeopleFilter) -> Screen:
    """The sheets that can be made for a date: of the whole day, and of each session whose attendance is taken."""
    lines = [_("📝 <b>Attendance sheets</b> · {day}", day=_.day(on))]
    rows = []
    if sessions:
        lines.append(
            _("A PDF to print and sign: both names, the school, each mark with how and when, a place for the stamp.")
        )
        if len(sessions) > 1:
            rows.append([SheetMake(on, "", 0).button(_.plain("📝 The whole day"))])
        for one in sessions:
            title = shortened(one.session.title.get(_.language), _LABEL)
            label = _.plain("{time} {title}", time=f"{one.session.start:%H:%M}", title=title)
            rows.append([SheetMake(on, one.on.session, 0).button(label)])
    else:
        lines.append(_("No session of this day takes attendance."))
    lines += you_see(_, seminar, scope)
    beside = (on - timedelta(days=1), on + timedelta(days=1))
    signs = ("‹ {day}", "{day} ›")
    rows.append(
        [
            SheetDay(one).button(sign.format(day=_.short_day(one)))
            for one, sign in zip(beside, signs, strict=True)
            if seminar.day_number_on(one) is not None
        ]
    )
    return Screen("\n\n".join(lines), [row for row in rows if row])


def caption(_: Locale, seminar: Seminar, sheet: Sheet, people: int) -> str:
    """What stands below the file, as HTML."""
    day_of = _.day(sheet.of.date)
    about = seminar.session(sheet.of.about) if sheet.of.about else None
    title = f" · {escape(about.title.get(_.language), quote=False)}" if about is not None else ""
    lines = [
        _("📝 <b>Attendance sheet No. {number}</b>, version {version}", number=sheet.id, version=sheet.version),
        f"{escape(day_of, quote=False)}{title}",
        _.plural("{n} person", "{n} people", people),
        _("When a mark is corrected, make it again: that is another version."),
    ]
    return "\n".join(lines)


def more(_: Locale, sheet: Sheet) -> Screen | None:
    """Where so many people do not fit on one sheet: the next part; None after the last one."""
    following = sheet.of.part + 1
    if following >= sheet.parts:
        return None
    label = _.plain("Part {part} of {parts}", part=following + 1, parts=sheet.parts)
    text = _("These are not all: so many people have several sheets.")
    return Screen(text, [[SheetMake(sheet.of.date, sheet.of.about, following).button(label)]])


def nothing(_: Locale) -> Screen:
    """There is no such sheet, or nobody on it whom the reader may see."""
    return Screen(_("There is no such sheet: the session takes no attendance, or nobody on it is among your people."))
