"""How one session is written: its hours, here and at home, what and where it is; day_lines.py: a whole day of them."""

from dataclasses import dataclass
from datetime import datetime, time
from html import escape

from bot.i18n import N_, Locale
from bot.languages import Localized
from bot.programme.markup import shortened
from bot.programme.model import Seminar, Session, SessionKind

SIGNS = {
    SessionKind.LECTURE: "🎓",
    SessionKind.WORKSHOP: "🛠",
    SessionKind.SCHOOL_VISIT: "🏫",
    SessionKind.CULTURE: "🏛",
    SessionKind.MEAL: "🍽",
    SessionKind.TRAVEL: "🚌",
}


_KINDS = {
    SessionKind.LECTURE: N_("Lecture"),
    SessionKind.WORKSHOP: N_("Workshop"),
    SessionKind.SCHOOL_VISIT: N_("School visit"),
    SessionKind.CULTURE: N_("Culture"),
    SessionKind.MEAL: N_("Meal"),
    SessionKind.TRAVEL: N_("Travel"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the words, the group (None sees all), whether other groups are shown too, and when."""

    locale: Locale
    seminar: Seminar
    group: str | None
    everyone: bool
    now: datetime | None

    def sees(self, session: Session) -> bool:
        """Whether the session is shown to the reader."""
        return self.everyone or session.is_for(self.group)


def session_lines(reader: Reader, session: Session) -> list[str]:
    """Everything that is said of one session, when it is shown by itself."""
    _, seminar = reader.locale, reader.seminar
    if session.cancelled:
        when = f"❌ {clock(session.start)}–{clock(session.end)}"
        return [when, _("{title} · <b>cancelled</b>", title=shortened(session.title.get(_.language), 120))]
    lines = [f"{SIGNS[session.kind]} <b>{clock(session.start)}–{clock(session.end)}</b>{home_hours(reader, session)}"]
    lines.append(localized_html(_, session.title, 120))
    place = seminar.places[session.place] if session.place else None
    lines += [f"📍 {localized_html(_, place.title)}"] if place else []
    lines += [f"👤 {localized_html(_, session.speaker)}"] if session.speaker else []
    if seminar.has_groups and session.groups:
        titles = [group.title.get(_.language) for group in seminar.groups if group.key in session.groups]
        if titles:
            lines.append(f"👥 {escape(', '.join(titles), quote=False)}")
    if session.note:
        lines.append(f"<i>{localized_html(_, session.note)}</i>")
    return lines


def home_hours(reader: Reader, session: Session, *, only_other_date: bool = False) -> str:
    """The session's hours on the clocks at home, in brackets, where those differ; with the date where that does.

    `only_other_date`: the difference is told already, so they are written only where the date at home is another.
    """
    _, seminar = reader.locale, reader.seminar
    if seminar.home_zone is None:
        return ""
    start, end = seminar.moment(session.day, session.start), seminar.moment(session.day, session.end)
    home = start.astimezone(seminar.home_zone)
    if home.utcoffset() == start.astimezone(seminar.zone).utcoffset():
        return ""
    hours = f"{_.time(start, seminar.home_zone)}–{_.time(end, seminar.home_zone)}"
    if home.date() != seminar.date_of(session.day):
        return f" ({_.short_day(home.date())}, {hours})"
    return "" if only_other_date else f" ({hours})"


def kind_name(_: Locale, kind: SessionKind) -> str:
    """What people do in a session, in a word or two."""
    return _.plain(_KINDS[kind])


def departure_line(_: Locale) -> str:
    """That a session leaves at its start, and that everybody on it hears of it before."""
    return _("🚏 <b>departure</b>: it waits for nobody, and a reminder with a sound comes before")


def clock(at: time) -> str:
    """A time of day."""
    return f"{at:%H:%M}"


def localized_html(_: Locale, localized: Localized, limit: int = 300) -> str:
    """A text in the reader's language, as HTML, of at most `limit` characters."""
    return escape(shortened(localized.get(_.language), limit), quote=False)
