"""The agenda: one day, the list of days, and what there is to say outside the seminar."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from telegram import InlineKeyboardButton

from bot.buttons.agenda import AgendaDay, AgendaDays, AgendaEveryone, ShowPlace, TodayAgain
from bot.day_lines import Around, day_text, home_offset
from bot.i18n import Html, Locale
from bot.programme.markup import fits_message, shortened
from bot.programme.model import Day, Seminar, Session
from bot.screen import Screen, in_rows
from bot.session_lines import Reader, clock, home_hours, localized_html

_LABEL = 40
_DAYS_IN_A_ROW = 3
_NOON = 12  # until then a morning is good
_PLACES_IN_A_ROW = 3  # phones cut long names, which stand in the text in the same order


def day(
    _: Locale,
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
    reader = Reader(_, seminar, _known(seminar, group), everyone, now)
    on = _day(seminar, number)
    return Screen(_fitting(reader, on, _head(reader, on), _closing(reader, on)), _buttons(reader, on))


def morning(
    _: Locale, seminar: Seminar, number: int, *, group: str | None, late: bool = False, is_kept: bool = True
) -> Screen:
    """The agenda that comes by itself on the morning of a day; `late` says that it should have come earlier.

    It stays in the chat all day, so nothing in it is "now". Where it is not `is_kept`, and so will not change with the
    hour, a button asks for that. Raises IndexError as `day` does.
    """
    on = _day(seminar, number)
    day_name = _.day(seminar.date_of(number))
    greeting = (
        _("⏰ This message is late, sorry. <b>{day}</b>", day=day_name)
        if late
        else _("☀️ Good morning! <b>{day}</b>", day=day_name)
    )
    reader = Reader(_, seminar, _known(seminar, group), False, None)
    buttons = _buttons(reader, on, around=False)
    if not is_kept:
        buttons.append(_ask_again(reader, on))
    below = _below_date(reader, on)
    brief = None if late else [f"☀️ <b>{day_name}</b>", *below]
    return Screen(_fitting(reader, on, [greeting, *below], brief=brief), buttons)


def card(
    _: Locale,
    seminar: Seminar,
    number: int,
    *,
    group: str | None,
    now: datetime,
    changed: bool,
    as_of: datetime | None = None,
    is_kept: bool = True,
) -> Screen:
    """The morning's agenda, later on its day: what is over, runs and comes next once the first session has started.

    `changed`: the programme is another than when it was sent. With `as_of` it tells of which moment it is; where it is
    not `is_kept`, a button asks for another. Raises IndexError as `day` does.
    """
    on = _day(seminar, number)
    reader = Reader(_, seminar, _known(seminar, group), False, now)
    if not _has_started(reader, on):
        reader = replace(reader, now=None)
    day_name, below = _.day(seminar.date_of(number)), _below_date(reader, on)
    brief = None
    if changed:
        greeting = _("✏️ Changed since this morning: <b>{day}</b>", day=day_name)
    elif reader.now is None and now.astimezone(seminar.zone).hour < _NOON:
        greeting = _("☀️ Good morning! <b>{day}</b>", day=day_name)
        brief = [f"☀️ <b>{day_name}</b>", *below]
    else:
        greeting = Html(f"📌 <b>{day_name}</b>")
    closing = _closing(reader, on)
    buttons = _buttons(reader, on, around=False)
    if not closing:
        if not is_kept:
            buttons.append(_ask_again(reader, on))
        if as_of is not None and reader.now is not None:
            closing = [_("<i>As of {time}.</i>", time=_.time(as_of, seminar.zone))]
    return Screen(_fitting(reader, on, [greeting, *below], closing, brief), buttons)


def on_date(
    _: Locale, seminar: Seminar, on: date, *, group: str | None, now: datetime, everyone: bool = False
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


def today(_: Locale, seminar: Seminar, *, group: str | None, now: datetime) -> Screen:
    """The agenda of the day that it is where the seminar is."""
    return on_date(_, seminar, seminar.today(now), group=group, now=now)


def days(_: Locale, seminar: Seminar, *, now: datetime) -> Screen:
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


def _head(reader: Reader, on: Day) -> list[str]:
    _ = reader.locale
    return [_("<b>{day}</b>", day=_.day(reader.seminar.date_of(on.number))), *_below_date(reader, on)]


def _below_date(reader: Reader, on: Day) -> list[str]:
    """Which day of how many it is, and what the clocks at home show, in one line."""
    _, seminar = reader.locale, reader.seminar
    said: list[str] = []
    if seminar.days_count > 1:
        said.append(_("Day {n} of {of}", n=on.number, of=seminar.days_count))
    said += _home(reader, [session for session in on.sessions if reader.sees(session)])
    return [" · ".join(said)] if said else []


def _home(reader: Reader, sessions: Sequence[Session]) -> list[str]:
    """What the clocks at home show: once, where the difference is the same all day."""
    _, zone = reader.locale, reader.seminar.home_zone
    if zone is None:
        return []
    if (offset := home_offset(reader, sessions)) is not None:
        return [_("🏠 {city}: {hours} h", city=_.city(zone), hours=_signed(offset))] if offset else []
    if any(home_hours(reader, session) for session in sessions if not session.cancelled):
        return [_("<i>Times are local; in brackets: {city}.</i>", city=_.city(zone))]
    return []


def _signed(offset: timedelta) -> str:
    """A difference between two clocks: `−4`, `+5:30`."""
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{'−' if offset < timedelta() else '+'}{hours}{f':{minutes:02}' if minutes else ''}"


def _has_started(reader: Reader, on: Day) -> bool:
    """Whether a session of the reader's has started; on a free day none does."""
    now, seminar = reader.now, reader.seminar
    mine = [session for session in on.sessions if reader.sees(session) and not session.cancelled]
    return now is not None and any(seminar.moment(on.number, session.start) <= now for session in mine)


def _closing(reader: Reader, on: Day) -> list[str]:
    """What to say of a day that is over: when the next one begins."""
    _, seminar, now = reader.locale, reader.seminar, reader.now
    mine = [session for session in on.sessions if reader.sees(session) and not session.cancelled]
    if now is None or not mine or seminar.today(now) != seminar.date_of(on.number):
        return []
    if now < max(seminar.moment(on.number, session.end) for session in mine):
        return []
    following = seminar.day(on.number + 1)
    coming = following.sessions_for(reader.group) if following else ()
    first = next((session for session in coming if not session.cancelled), None)
    if first is None:
        return [_("🌙 This day is over.")]
    day_name, title = _.day(seminar.date_of(first.day)), first.title.get(_.language)  # it is read the next morning, too
    return [_("🌙 This day is over. Next: {day}, {time} · {title}", day=day_name, time=clock(first.start), title=title)]


def _fitting(
    reader: Reader, on: Day, head: Sequence[str], foot: Sequence[str] = (), brief: Sequence[str] | None = None
) -> str:
    """The head and the day's sessions, in as much detail as one message carries; `brief`: the head in short."""
    _ = reader.locale
    mine = [session for session in on.sessions if reader.sees(session)]
    theme = localized_html(_, on.theme) if on.theme else None
    if not mine:
        free = _("Nothing is planned for your group.") if on.sessions else _("🌿 A free day: nothing is planned.")
        return "\n".join([*head, *([theme] if theme else []), "", free])
    return day_text(reader, Around(head, brief or head, theme, foot), mine)


# --- buttons --------------------------------------------------------------------------------------------------------


def _buttons(reader: Reader, on: Day, *, around: bool = True) -> list[list[InlineKeyboardButton]]:
    """Where the sessions are, the other groups, and other days.

    Not `around`: the day before is left out where it would take another row.
    """
    _, seminar = reader.locale, reader.seminar
    mine = [session for session in on.sessions if reader.sees(session)]
    places = [seminar.places[key] for key in dict.fromkeys(one.place for one in mine if not one.cancelled) if key]
    pins = [ShowPlace(place.key).button(shortened(f"📍 {place.title.get(_.language)}", _LABEL)) for place in places]
    rows = in_rows(pins, _PLACES_IN_A_ROW)
    groups: list[InlineKeyboardButton] = []
    if reader.everyone and reader.group:
        groups = [AgendaDay(seminar.date_of(on.number)).button(_.plain("👥 Only my group"))]
    elif len(mine) < len(on.sessions):
        groups = [AgendaEveryone(seminar.date_of(on.number)).button(_.plain("👥 All groups"))]
    before, after = seminar.date_of(on.number - 1), seminar.date_of(on.number + 1)
    back = [AgendaDay(before).button(f"‹ {_.short_day(before)}")] if seminar.day(on.number - 1) else []
    forth = [AgendaDay(after).button(f"{_.short_day(after)} ›")] if seminar.day(on.number + 1) else []
    days = [AgendaDays().button(_.plain("📅 All days"))] if back or forth else []
    ways = [groups, [*back, *days, *forth]] if around or not groups else [[*groups, *days, *forth]]
    return [*rows, *(row for row in ways if row)]


def _ask_again(reader: Reader, on: Day) -> list[InlineKeyboardButton]:
    return [TodayAgain(reader.seminar.date_of(on.number)).button(reader.locale.plain("🔄 What is now?"))]


def _outside(_: Locale, seminar: Seminar, first_day: date | None) -> list[list[InlineKeyboardButton]]:
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


def _day_line(_: Locale, seminar: Seminar, on: Day, *, with_theme: bool) -> str:
    line = _("{n}. {day}", n=on.number, day=_.day(seminar.date_of(on.number)))
    return f"{line} · {localized_html(_, on.theme)}" if with_theme and on.theme else line
