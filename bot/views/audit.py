"""The audit trail as organizers read it: page by page, narrowed down, and as a file."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Final

from bot.audit_lines import action_words, author_words, details_words, feature_words, raw_details
from bot.buttons.audit import AuditChoose, AuditFile, AuditShow
from bot.i18n import Locale
from bot.programme.markup import shortened
from bot.programme.model import Seminar
from bot.screen import Screen, in_rows, page_row
from bot.store.audit import COMMAND_LINE, AuditEntry, AuditPage

_NAME: Final = 40
_LABEL: Final = 24
_CHOICES: Final = 8
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a table program would calculate what begins so


def trail(_: Locale, seminar: Seminar, page: AuditPage, shown: AuditShow, *, about: str) -> Screen:
    """One page of what was done; `about` is the name of whom it is narrowed down to."""
    lines: list[str] = [_("🧾 <b>What the organizers did</b>")]
    if shown.about:
        lines.append(_("About: {name}", name=shortened(about, _NAME) or "…"))
    if shown.feature:
        lines.append(_("What: {what}", what=feature_words(_, shown.feature)))
    if not page.entries:
        lines += ["", _("Nothing was recorded.")]
    on: date | None = None
    for entry in page.entries:
        day = entry.at.astimezone(seminar.zone).date()
        if day != on:
            lines += ["", _("<b>{day}</b>", day=_.day(day))]
            on = day
        lines.append(_line(_, seminar, entry))
    filters = [
        _choose(shown, "by").button(_.plain("👤 By whom")),
        _choose(shown, "feature").button(_.plain("🔎 What")),
        _choose(shown, "on").button(_.plain("📅 Day")),
    ]
    rows = [page_row(_, page.page, page.pages, lambda turned: replace(shown, page=turned)), filters]
    if _narrow(shown):
        rows.append([AuditShow(0, 0, "", "", 0).button(_.plain("✖️ Everything"))])
    if page.entries:
        file = AuditFile(shown.by, shown.about, shown.feature, shown.on)
        rows.append([file.button(_.plain("📄 As a file"))])
    return Screen("\n".join(lines), [row for row in rows if row])


def choose_author(_: Locale, authors: Sequence[tuple[int, str]], shown: AuditChoose) -> Screen:
    """By whom?"""
    everybody = [*authors, (COMMAND_LINE, "")]
    choices = [
        (
            shortened(author_words(_, None if number == COMMAND_LINE else number, name), _LABEL),
            AuditShow(number, shown.about, shown.feature, shown.on, 0),
        )
        for number, name in everybody
    ]
    return _choices(_, _("👤 By whom?"), choices, shown)


def choose_feature(_: Locale, features: Collection[str], shown: AuditChoose) -> Screen:
    """What?"""
    choices = [
        (shortened(feature_words(_, one), _LABEL), AuditShow(shown.by, shown.about, one, shown.on, 0))
        for one in features
    ]
    return _choices(_, _("🔎 What was it about?"), choices, shown)


def choose_day(_: Locale, days: Sequence[date], shown: AuditChoose) -> Screen:
    """On which day?"""
    choices = [(_.short_day(day), AuditShow(shown.by, shown.about, shown.feature, day.isoformat(), 0)) for day in days]
    return _choices(_, _("📅 On which day?"), choices, shown)


def file(_: Locale, seminar: Seminar, entries: Sequence[AuditEntry]) -> bytes:
    """The entries as a table that Excel opens: with a mark of its encoding, and nothing that it would calculate."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    titles = (_.plain("Time"), _.plain("By whom"), _.plain("What"), _.plain("About whom"), _.plain("Details"))
    writer.writerow([*titles, "action", "subject", "data"])
    for entry in entries:
        cells = (
            f"{entry.at.astimezone(seminar.zone):%Y-%m-%d %H:%M:%S}",
            author_words(_, entry.by_id, entry.by),
            action_words(_, entry.action),
            entry.about,
            details_words(_, seminar, entry),
            entry.action,
            entry.subject,
            raw_details(entry.details),
        )
        writer.writerow([_inert(one) for one in cells])
    return text.getvalue().encode("utf-8-sig")


def caption(_: Locale, entries: int, *, most: int) -> str:
    """Under the file; of more than `most` entries it holds the newest."""
    said = _.plural("🧾 {n} entry, the newest first.", "🧾 {n} entries, the newest first.", entries)
    older = _("Older ones are not in it.")
    return str(f"{said} {older}" if entries >= most else said)


def _line(_: Locale, seminar: Seminar, entry: AuditEntry) -> str:
    by = shortened(author_words(_, entry.by_id, entry.by), _NAME)
    what, details = action_words(_, entry.action), details_words(_, seminar, entry)
    about = "" if entry.about_id is None else shortened(entry.about, _NAME) or "…"
    is_own = entry.about_id == entry.by_id
    parts = [what, *([about] if about and not is_own else []), *([details] if details else [])]
    told = " · ".join(escape(one, quote=False) for one in parts)
    return f"{_.time(entry.at, seminar.zone)} <b>{escape(by, quote=False)}</b>: {told}"


def _choices(_: Locale, text: str, choices: Sequence[tuple[str, AuditShow]], shown: AuditChoose) -> Screen:
    pages = max(1, -(-len(choices) // _CHOICES))
    page = max(0, min(shown.page, pages - 1))
    buttons = [to.button(label) for label, to in choices[page * _CHOICES : (page + 1) * _CHOICES]]
    back = AuditShow(shown.by, shown.about, shown.feature, shown.on, 0).button(_.plain("‹ Back"))
    turning = page_row(_, page, pages, lambda turned: replace(shown, page=turned))
    return Screen(text, [row for row in (*in_rows(buttons, 1), turning, [back]) if row])


def _choose(shown: AuditShow, which: str) -> AuditChoose:
    return AuditChoose(shown.by, shown.about, shown.feature, shown.on, which, 0)


def _narrow(shown: AuditShow) -> bool:
    return bool(shown.by or shown.about or shown.feature or shown.on)


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
