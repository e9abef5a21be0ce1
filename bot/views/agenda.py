"""The agenda: one day, the list of days, and what there is to say outside the seminar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from telegram import InlineKeyboardButton

from bot.buttons.agenda import AgendaDay, AgendaDays, AgendaEveryone, ShowPlace
from bot.i18n import Words
from bot.languages import Localized
from bot.programme.markup import fits_message, shortened
from bot.programme.model import Day, Seminar, Session, SessionKind
from bot.screen import Screen, in_rows

_LABEL = 40
_DAYS_IN_A_ROW = 3

_SIGNS = {
    SessionKind.LECTURE: "🎓",
    SessionKind.WORKSHOP: "🛠",
    SessionKind.SCHOOL_VISIT: "🏫",
    SessionKind.CULTURE: "🏛",
    SessionKind.MEAL: "🍽",
    SessionKind.TRAVEL: "🚌",
}


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much is said of each session; a day that is too long for one message says less of each."""

    notes: bool
    where: bool
    groups: bool
    title: int


_DETAILS = (
    _Detail(notes=True, where=True, groups=True, title=120),
    _Detail(notes=False, where=True, groups=True, title=120),
    _Detail(notes=False, where=False, groups=True, title=120),
    _Detail(notes=False, where=False, groups=True, title=60),
    _Detail(notes=False, where=False, groups=False, title=40),
)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads: the words, the group (None sees all), whether other groups are shown too, and when."""

    words: Words
    seminar: Seminar
    group: str | None
    everyone: bool
    now: datetime | None

    def sees(self, session: Session) -> bool:
        return self.everyone or session.is_for(self.group)


def day(
    _: Words,
    seminar: Seminar,
    number: int,
    *,
    group: str | None,
    now: datetime,
    everyone: bool = False,
) -> Screen:
    """The agenda of a day of the seminar, with what runs at `now` and what comes next.

    Someone of a `group` sees its sessions, or with `everyone` those of all groups. Raises IndexError for a number
    outside the seminar.
    """
    reader = _Reader(_, seminar, _known(seminar, group), everyone, now)
    on = _day(seminar, number)
    return Screen(_fitting(reader, on, [*_head(reader, on), *_closing(reader, on)]), _buttons(reader, on))


def morning(_: Words, seminar: Seminar, number: int, *, group: str | None, late: bool = False) -> Screen:
    """The agenda that comes by itself on the morning of a day; `late` says that it should have come earlier.

    It stays in the chat all day, so nothing in it is "now". Raises IndexError as `day` does.
    """
    reader = _Reader(_, seminar, _known(seminar, group), False, None)
    on = _day(seminar, number)
    greeting = _("⏰ This message is late, sorry. Here is today:") if late else _("☀️ Good morning! Here is today:")
    return Screen(_fitting(reader, on, [greeting, "", *_head(reader, on)]), _buttons(reader, on))


def on_date(
    _: Words, seminar: Seminar, on: date, *, group: str | None, now: datetime, everyone: bool = False
) -> Screen:
    """The agenda of a date, or before and after the seminar when it is."""
    number = seminar.day_number_on(on)
    if number is not None:
        return day(_, seminar, number, group=group, now=now, everyone=everyone)
    title = _("<b>{title}</b>", title=seminar.title.get(_.language))
    today = seminar.today(now)
    if on < seminar.first:
        lines = [title, _("It begins on {day}.", day=_.day(seminar.first))]
        lines.append(_.plural("{n} day to go.", "{n} days to go.", (seminar.first - today).days))
        return Screen("\n".join(lines), _outside(_, seminar, seminar.first))
    if today <= seminar.last:
        over = _("Nothing is planned then: {day} is the last day.", day=_.day(seminar.last))
        return Screen(over, _outside(_, seminar, None))
    lines = [title, _("It ended on {day}. The agenda stays here for you.", day=_.day(seminar.last))]
    return Screen("\n".join(lines), _outside(_, seminar, None))


def today(_: Words, seminar: Seminar, *, group: str | None, now: datetime) -> Screen:
    """The agenda of the day that it is where the seminar is."""
    return on_date(_, seminar, seminar.today(now), group=group, now=now)


def days(_: Words, seminar: Seminar, *, now: datetime) -> Screen:
    """All days, with a button for each; today's is marked."""
    head = _("📅 <b>{title}</b>", title=seminar.title.get(_.language))
    lines = [_day_line(_, seminar, one, with_theme=True) for one in seminar.days]
    if not fits_message(text := "\n".join([head, "", *lines])):
        text = "\n".join([head, "", *(_day_line(_, seminar, one, with_theme=False) for one in seminar.days)])
    current = seminar.today(now)
    labels = [(on, _.short_day(on)) for on in map(seminar.date_of, range(1, seminar.days_count + 1))]
    buttons = [AgendaDay(on).button(f"• {label} •" if on == current else label) for on, label in labels]
    return Screen(text, in_rows(buttons, _DAYS_IN_A_ROW))


# --- the text of a day ----------------------------------------------------------------------------------------------


def _head(reader: _Reader, on: Day) -> list[str]:
    _, seminar = reader.words, reader.seminar
    when = _.day(seminar.date_of(on.number))
    lines: list[str] = [
        _("<b>{day}</b> · day {n} of {of}", day=when, n=on.number, of=seminar.days_count)
        if seminar.days_count > 1
        else _("<b>{day}</b>", day=when)
    ]
    if on.theme:
        lines.append(_text(_, on.theme))
    if seminar.home_zone and any(_home_hours(reader, session) for session in on.sessions if reader.sees(session)):
        city = _.city(seminar.home_zone)
        lines.append(_("<i>Times are local; in brackets: {city}.</i>", city=city))
    return lines


def _closing(reader: _Reader, on: Day) -> list[str]:
    """What to say of a day that is over: when the next one begins."""
    _, seminar, now = reader.words, reader.seminar, reader.now
    mine = [session for session in on.sessions if reader.sees(session) and not session.cancelled]
    if now is None or not mine or seminar.today(now) != seminar.date_of(on.number):
        return []
    if now < max(seminar.moment(on.number, session.end) for session in mine):
        return []
    following = seminar.day(on.number + 1)
    coming = following.sessions_for(reader.group) if following else ()
    first = next((session for session in coming if not session.cancelled), None)
    if first is None:
        return ["", _("🌙 That was all for today.")]
    title = first.title.get(_.language)
    return ["", _("🌙 That was all for today. Tomorrow at {time}: {title}.", time=_clock(first.start), title=title)]


def _fitting(reader: _Reader, on: Day, head: Sequence[str]) -> str:
    """The head and the day's sessions, in as much detail as one message carries."""
    _ = reader.words
    mine = [session for session in on.sessions if reader.sees(session)]
    if not mine:
        free = _("Nothing is planned for your group.") if on.sessions else _("🌿 A free day: nothing is planned.")
        return "\n".join([*head, "", free])
    text = ""
    marks = _marks(reader, mine)
    for detail in _DETAILS:
        blocks = ("\n".join(_session(reader, session, marks.get(session.key), detail)) for session in mine)
        text = "\n\n".join(["\n".join(head), *blocks])
        if fits_message(text):
            break
    return text


def _marks(reader: _Reader, sessions: Iterable[Session]) -> dict[str, str]:
    """What to write beside the sessions that run now and those that come next."""
    _, seminar, now = reader.words, reader.seminar, reader.now
    if now is None:
        return {}
    running, coming = [], []
    for session in sessions:
        if session.cancelled:
            continue
        start, end = seminar.moment(session.day, session.start), seminar.moment(session.day, session.end)
        if start <= now < end:
            running.append(session.key)
        elif now < start and seminar.today(now) == seminar.date_of(session.day):
            coming.append(session)
    following = [session.key for session in coming if session.start == coming[0].start]
    now_mark, next_mark = str(_("▶️ <b>now</b>")), str(_("<b>next</b>"))
    return dict.fromkeys(running, now_mark) | dict.fromkeys(following, next_mark)


def _session(reader: _Reader, session: Session, mark: str | None, detail: _Detail) -> list[str]:
    _, seminar = reader.words, reader.seminar
    if session.cancelled:
        when = f"❌ {_clock(session.start)}–{_clock(session.end)}"
        return [when, _("{title} · <b>cancelled</b>", title=shortened(session.title.get(_.language), detail.title))]
    hours = f"{_SIGNS[session.kind]} <b>{_clock(session.start)}–{_clock(session.end)}</b>"
    lines = [" · ".join([hours + _home_hours(reader, session), *([mark] if mark else [])])]
    lines.append(_text(_, session.title, detail.title))
    if detail.where:
        place = seminar.places[session.place] if session.place else None
        said = [f"📍 {_text(_, place.title)}"] if place else []
        said += [f"👤 {_text(_, session.speaker)}"] if session.speaker else []
        if said:
            lines.append(" · ".join(said))
    if detail.groups and seminar.has_groups and session.groups and (reader.everyone or reader.group is None):
        titles = [group.title.get(_.language) for group in seminar.groups if group.key in session.groups]
        lines.append(f"👥 {escape(', '.join(titles), quote=False)}")
    if detail.notes and session.note:
        lines.append(f"<i>{_text(_, session.note)}</i>")
    return lines


def _home_hours(reader: _Reader, session: Session) -> str:
    """The session's hours on the clocks at home, in brackets, where those differ; with the date where that does."""
    _, seminar = reader.words, reader.seminar
    if seminar.home_zone is None:
        return ""
    start, end = seminar.moment(session.day, session.start), seminar.moment(session.day, session.end)
    home = start.astimezone(seminar.home_zone)
    if home.utcoffset() == start.astimezone(seminar.zone).utcoffset():
        return ""
    hours = f"{_.time(start, seminar.home_zone)}–{_.time(end, seminar.home_zone)}"
    if home.date() != seminar.date_of(session.day):
        return f" ({_.short_day(home.date())}, {hours})"
    return f" ({hours})"


# --- buttons --------------------------------------------------------------------------------------------------------


def _buttons(reader: _Reader, on: Day) -> list[list[InlineKeyboardButton]]:
    _, seminar = reader.words, reader.seminar
    mine = [session for session in on.sessions if reader.sees(session)]
    places = [seminar.places[key] for key in dict.fromkeys(one.place for one in mine if not one.cancelled) if key]
    rows = [[ShowPlace(place.key).button(shortened(f"📍 {place.title.get(_.language)}", _LABEL))] for place in places]
    if reader.everyone and reader.group:
        rows.append([AgendaDay(seminar.date_of(on.number)).button(_.plain("👥 Only my group"))])
    elif len(mine) < len(on.sessions):
        rows.append([AgendaEveryone(seminar.date_of(on.number)).button(_.plain("👥 All groups"))])
    before, after = seminar.date_of(on.number - 1), seminar.date_of(on.number + 1)
    back = [AgendaDay(before).button(f"‹ {_.short_day(before)}")] if seminar.day(on.number - 1) else []
    forth = [AgendaDay(after).button(f"{_.short_day(after)} ›")] if seminar.day(on.number + 1) else []
    return [*rows, [*back, AgendaDays().button(_.plain("📅 All days")), *forth]] if back or forth else rows


def _outside(_: Words, seminar: Seminar, first_day: date | None) -> list[list[InlineKeyboardButton]]:
    if seminar.days_count == 1:
        return [[AgendaDay(seminar.first).button(f"📅 {_.short_day(seminar.first)}")]]
    first = [[AgendaDay(first_day).button(_.plain("See the first day"))]] if first_day else []
    return [*first, [AgendaDays().button(_.plain("📅 All days"))]]


# --- small things ---------------------------------------------------------------------------------------------------


def _day(seminar: Seminar, number: int) -> Day:
    its_day = seminar.day(number)
    if its_day is None:
        raise IndexError(f"no day {number} in {seminar.key}")
    return its_day


def _known(seminar: Seminar, group: str | None) -> str | None:
    """The group, or None for one that the seminar does not have (any more): its people see everything."""
    return group if seminar.group(group) else None


def _day_line(_: Words, seminar: Seminar, on: Day, *, with_theme: bool) -> str:
    line = _("{n}. {day}", n=on.number, day=_.day(seminar.date_of(on.number)))
    return f"{line} · {_text(_, on.theme)}" if with_theme and on.theme else line


def _clock(at: object) -> str:
    return f"{at:%H:%M}"


def _text(_: Words, text: Localized, limit: int = 300) -> str:
    return escape(shortened(text.get(_.language), limit), quote=False)
