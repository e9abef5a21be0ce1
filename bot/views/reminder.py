"""Reminders of a departure and of a session: when, what, and where to be."""

from datetime import datetime
from html import escape

from bot.buttons.agenda import ShowPlace
from bot.i18n import Locale
from bot.programme.markup import shortened
from bot.programme.model import Seminar, Session
from bot.screen import Rows, Screen
from bot.session_lines import clock, localized_html

_LABEL = 40
_TITLE = 120


def departure(_: Locale, seminar: Seminar, session: Session, *, group: str | None, now: datetime) -> Screen:
    """What leaves, when and from where. It makes a sound: nobody waits for who comes late."""
    on, at = seminar.date_of(session.day), clock(session.start)
    if on == seminar.today(now):
        head = _("🔔 <b>Departure at {time}</b>", time=at)
    else:
        head = _("🔔 <b>{day}: departure at {time}</b>", day=_.day(on), time=at)
    return _reminder(_, seminar, session, group, head, meeting=True)


def session(_: Locale, seminar: Seminar, session: Session, *, group: str | None, now: datetime) -> Screen:
    """What begins soon, and where."""
    on, at = seminar.date_of(session.day), clock(session.start)
    if on == seminar.today(now):
        head = _("⏰ <b>Soon, at {time}</b>", time=at)
    else:
        head = _("⏰ <b>{day}, {time}</b>", day=_.day(on), time=at)
    return _reminder(_, seminar, session, group, head, meeting=False)


def _reminder(_: Locale, seminar: Seminar, session: Session, group: str | None, head: str, *, meeting: bool) -> Screen:
    lines = [head, localized_html(_, session.title, _TITLE)]
    rows: Rows = []
    place = seminar.places[session.place] if session.place else None
    if place is not None:
        title = localized_html(_, place.title)
        lines.append(_("Meeting point: 📍 {place}", place=place.title.get(_.language)) if meeting else f"📍 {title}")
        rows = [[ShowPlace(place.key).button(shortened(f"📍 {place.title.get(_.language)}", _LABEL))]]
    if group is None and seminar.has_groups and session.groups:
        titles = [one.title.get(_.language) for one in seminar.groups if one.key in session.groups]
        lines.append(f"👥 {escape(', '.join(titles), quote=False)}")
    if session.note:
        lines.append(f"<i>{localized_html(_, session.note)}</i>")
    return Screen("\n".join(lines), rows)
