"""How it is written to whom a broadcast goes, and when."""

from datetime import date, datetime
from html import escape

from bot.i18n import Html, Locale
from bot.languages import Language
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.store.broadcast_audience import Audience, Reach

_TITLE = 60


def whom(_: Locale, seminar: Seminar, audience: Audience, people: Reach, *, named: bool = True) -> str:
    """How many people that are, who they are, and the names of the first where there is room (`named`)."""
    lines = [_count(_, seminar, audience, people)]
    if people.blocked:
        lost = _.plural("🚫 {n} more has blocked the bot.", "🚫 {n} more have blocked the bot.", people.blocked)
        lines[0] = f"{lines[0]} {lost}"
    if people.paused:
        paused = _.plural("⏸ {n} more is paused.", "⏸ {n} more are paused.", people.paused)
        lines[0] = f"{lines[0]} {paused}"
    if named and people.names and not _is_silence(audience):
        lines.append(Html(f"👥 {escape(names(_, people), quote=False)}"))
    return "\n".join(lines)


def names(_: Locale, people: Reach) -> str:
    """The first names, and how many more there are; plain text."""
    named, rest = ", ".join(people.names), people.recipients - len(people.names)
    return _.plain("{names} and {n} more", names=named, n=rest) if rest > 0 else named


def short(_: Locale, seminar: Seminar, audience: Audience) -> str:
    """Who is meant, in a few words; plain text."""
    group = seminar.group(audience.group)
    said = [group.title.get(_.language)] if group is not None else []
    if not said or audience.to != "group":
        said.insert(0, _role(_, audience.to, len(audience.people)))
    return " · ".join([*said, *_conditions(_, seminar, audience)])


def moment(_: Locale, seminar: Seminar, at: datetime) -> str:
    """A moment where the seminar is, and at home where clocks differ: `Monday, 4 August, 09:00 (Seoul) · ...`."""
    zones = [seminar.zone]
    home = seminar.home_zone
    if home is not None and at.astimezone(home).utcoffset() != at.astimezone(seminar.zone).utcoffset():
        zones.append(home)
    return " · ".join(
        _.plain(
            "{day}, {time} ({city})",
            day=_day(_, seminar, at.astimezone(zone).date()),
            time=_.time(at, zone),
            city=_.city(zone),
        )
        for zone in zones
    )


def _day(_: Locale, seminar: Seminar, day: date) -> str:
    """A day, with its year where that is none of the seminar's: somebody has typed it, perhaps in error."""
    if seminar.first.year <= day.year <= seminar.last.year:
        return _.day(day)
    return f"{_.day(day)} ({day.year})"


def _is_silence(audience: Audience) -> bool:
    return audience.silence is not None and audience == Audience("teachers", silence=audience.silence)


def _count(_: Locale, seminar: Seminar, audience: Audience, people: Reach) -> str:
    n, group, named = people.recipients, seminar.group(audience.group), names(_, people)
    if _is_silence(audience):
        return _.plural(
            "📣 To <b>{n} person</b> who has not answered: {names}",
            "📣 To <b>{n} people</b> who have not answered: {names}",
            n,
            names=named,
        )
    if audience.is_plain and group is not None and audience.to == "group":
        title = group.title.get(_.language)
        return _.plural("📣 To <b>{n} person</b> of {group}.", "📣 To <b>{n} people</b> of {group}.", n, group=title)
    if audience.is_plain and not audience.group and audience.to == "teachers":
        return _.plural("📣 To <b>{n} teacher</b>.", "📣 To <b>all {n} teachers</b>.", n)
    if audience.is_plain and not audience.group and audience.to == "all":
        return _.plural("📣 To <b>{n} person</b>.", "📣 To <b>all {n} people</b>.", n)
    who = short(_, seminar, audience)
    return _.plural("📣 To <b>{n} person</b>: {who}", "📣 To <b>{n} people</b>: {who}", n, who=who)


def _role(_: Locale, to: str, named: int) -> str:
    if to == "people":
        return str(_.plural("{n} by name", "{n} by name", named))
    roles = {
        "teachers": _.plain("Teachers"),
        "organizers": _.plain("Organizers"),
        "coordinators": _.plain("Coordinators"),
    }
    return roles.get(to, _.plain("Everyone"))


def _conditions(_: Locale, seminar: Seminar, audience: Audience) -> list[str]:
    said: list[str] = []
    if audience.language:
        said.append(Language(audience.language).own_name)
    if audience.silence is not None:
        said.append(_.plain("not checked in"))
    if audience.lesson is not None:
        lesson = next((one for one in seminar.lessons if one.key == audience.lesson.lesson), None)
        title = lesson.title.get(_.language) if lesson is not None else audience.lesson.lesson
        said.append(_.plain("lesson not done: {title}", title=shortened(title, _TITLE)))
    if audience.uncounted is not None:
        said.append(_.plain("missing in the headcount"))
    if audience.unseen is not None:
        said.append(_.plain("has not seen the last change"))
    return said
