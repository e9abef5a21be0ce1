"""How a change of the programme is written: what is, and what was, session by session."""

from collections.abc import Iterable, Sequence
from html import escape

from bot.i18n import Html, Locale
from bot.languages import Localized
from bot.programme.differences import Difference, HoursChange, SessionChange
from bot.programme.markup import fits_message
from bot.programme.model import Seminar, Session
from bot.session_lines import SIGNS, Reader, clock, departure_line, home_hours, kind_name, localized_html

_TITLE = 80
_MOST = 200  # changes that one message can hold, however short they are

_Block = tuple[int, list[str]]  # a day's number, and the lines of one of its changes


def change_text(
    _: Locale,
    seminar: Seminar,
    changes: Iterable[Difference],
    *,
    head: Sequence[str],
    tail: Sequence[str] = (),
    groups: bool = False,
) -> str:
    """One message: the head, each day with its changes, and the tail; what does not fit is counted.

    `seminar` is the one after the changes. `groups`: say whom each is for.
    """
    changes = tuple(changes)
    blocks = _blocks(_, seminar, changes[:_MOST], groups=groups)
    low, high = 0, len(blocks)  # so many fit, so many may
    while low < high:
        middle = (low + high + 1) // 2
        if fits_message(_text(_, seminar, blocks[:middle], head, tail, more=len(changes) - middle)):
            low = middle
        else:
            high = middle - 1
    return _text(_, seminar, blocks[:low], head, tail, more=len(changes) - low)


def _text(
    _: Locale, seminar: Seminar, blocks: Sequence[_Block], head: Sequence[str], tail: Sequence[str], *, more: int
) -> str:
    days: dict[int, list[str]] = {}
    for day, lines in blocks:
        days.setdefault(day, []).extend(lines)
    parts = ["\n".join(head)] if head else []
    parts += ["\n".join([_("<b>{day}</b>", day=_.day(seminar.date_of(day))), *lines]) for day, lines in days.items()]
    parts += [_.plural("… and {n} change more.", "… and {n} changes more.", more)] if more else []
    return "\n\n".join([*parts, *(["\n".join(tail)] if tail else [])])


def _blocks(_: Locale, seminar: Seminar, changes: Iterable[Difference], *, groups: bool) -> list[_Block]:
    blocks: list[_Block] = []
    for change in changes:
        if isinstance(change, HoursChange):
            blocks.append((change.day, _hours_lines(_, change)))
        else:
            one = change.after or change.before
            assert one is not None
            blocks.append((one.day, _session_lines(_, seminar, change, one, groups=groups)))
    return blocks


def _session_lines(_: Locale, seminar: Seminar, change: SessionChange, one: Session, *, groups: bool) -> list[str]:
    title: str = _("• <b>{title}</b>", title=Html(localized_html(_, one.title, _TITLE)))
    if groups and seminar.has_groups and one.groups:
        title = f"{title} · {_groups(_, seminar, one)}"
    return [title, *(f"  {line}" for line in _what(_, seminar, change))]


def _what(_: Locale, seminar: Seminar, change: SessionChange) -> list[str]:
    before, after = change.before, change.after
    if after is None:
        assert before is not None
        return [_("❌ not in the programme any more (it was {hours})", hours=_hours(before))]
    if change.is_cancelled:
        return [_("❌ <b>cancelled</b> (it was {hours})", hours=_hours(before or after))]
    when = Html(f"<b>{_hours(after)}</b>{home_hours(Reader(_, seminar, None, False, None), after)}")
    if before is None:
        return [_("🆕 new: {hours}", hours=when), *_about(_, seminar, after)]
    if change.is_restored:
        return [_("↩️ takes place after all: {hours}", hours=when), *_about(_, seminar, after)]
    lines = [*_moved(_, seminar, before, after, when), *_told(_, seminar, before, after)]
    return lines or [_("✏️ other words in another language")]


def _moved(_: Locale, seminar: Seminar, before: Session, after: Session, when: Html) -> list[str]:
    if before.day != after.day:
        was = f"{_.short_day(seminar.date_of(before.day))}, {_hours(before)}"
        return [_("🕘 {hours} (it was {was})", hours=when, was=was)]
    if (before.start, before.end) != (after.start, after.end):
        return [_("🕘 {hours} (it was {was})", hours=when, was=_hours(before))]
    return []


def _told(_: Locale, seminar: Seminar, before: Session, after: Session) -> list[str]:
    lines: list[str] = []
    if _html(_, before.title) != _html(_, after.title):
        lines.append(_("✏️ it was called: {title}", title=Html(localized_html(_, before.title, _TITLE))))
    if before.place != after.place:
        lines.append(_instead(_, "📍", _place(_, seminar, after), _place(_, seminar, before)))
    if before.groups != after.groups:
        lines.append(_instead(_, "👥", _groups(_, seminar, after), _groups(_, seminar, before)))
    if _html(_, before.speaker) != _html(_, after.speaker):
        lines.append(_instead(_, "👤", _html(_, after.speaker), _html(_, before.speaker)))
    if _html(_, before.note) != _html(_, after.note):
        note = _html(_, after.note)
        lines.append(_("📝 {note}", note=note) if note else _("📝 the note is taken back"))
    if before.kind != after.kind:
        kind = Html(escape(kind_name(_, after.kind), quote=False))
        lines.append(_instead(_, SIGNS[after.kind], kind, Html(escape(kind_name(_, before.kind), quote=False))))
    if before.departure != after.departure:
        lines.append(departure_line(_) if after.departure else _("🚏 it is no departure any more"))
    if before.attendance != after.attendance:
        lines.append(_("📋 attendance is taken") if after.attendance else _("📋 attendance is not taken any more"))
    return lines


def _about(_: Locale, seminar: Seminar, session: Session) -> list[str]:
    said = [("📍", _place(_, seminar, session)), ("👤", _html(_, session.speaker)), ("📝", _html(_, session.note))]
    lines = [f"{sign} {text}" for sign, text in said if text is not None]
    return [*lines, *([departure_line(_)] if session.departure else [])]


def _instead(_: Locale, sign: str, now: Html | None, was: Html | None) -> str:
    if now is None:
        return _("{sign} none any more (it was {was})", sign=sign, was=was)
    bold = Html(f"<b>{now}</b>")
    if was is None:
        return f"{sign} {bold}"
    return _("{sign} {now} (it was {was})", sign=sign, now=bold, was=was)


def _hours_lines(_: Locale, change: HoursChange) -> list[str]:
    before, after = change.before, change.after
    named = (
        (_.plain("Agenda"), before.agenda, after.agenda),
        (_.plain("Morning check-in"), before.morning, after.morning),
        (_.plain("Lesson"), before.lesson, after.lesson),
        (_.plain("Evening check-in"), before.evening, after.evening),
    )
    changed = [
        _("{what}: {now} (it was {was})", what=what, now=clock(is_), was=clock(was))
        for what, was, is_ in named
        if is_ != was
    ]
    return [_("• <b>When the bot writes</b>"), *(f"  {line}" for line in changed)]


def _hours(session: Session) -> str:
    return f"{clock(session.start)}–{clock(session.end)}"


def _place(_: Locale, seminar: Seminar, session: Session) -> Html | None:
    place = seminar.places.get(session.place) if session.place else None
    return _html(_, place.title) if place else None


def _groups(_: Locale, seminar: Seminar, session: Session) -> Html:
    """Whom a session is for."""
    names = [group.title.get(_.language) for group in seminar.groups if group.key in session.groups]
    return Html(escape(", ".join(names) or _.plain("all groups"), quote=False))


def _html(_: Locale, text: Localized | None) -> Html | None:
    return None if text is None else Html(localized_html(_, text))
