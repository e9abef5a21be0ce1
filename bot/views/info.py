"""Practical information: the list of pages, a page, and whom to call."""

from collections.abc import Sequence
from html import escape

from telegram import InlineKeyboardButton

from bot.buttons.help import AskHelp
from bot.buttons.info import InfoContacts, InfoList, InfoOpen
from bot.i18n import Html, Locale
from bot.programme.markup import fits_message
from bot.programme.model import Contact, InfoPage, Seminar
from bot.screen import Screen


def overview(_: Locale, seminar: Seminar) -> Screen:
    """What the seminar is about, and a button for each page."""
    lines: list[str] = [
        _("ℹ️ <b>{title}</b>", title=seminar.title.get(_.language)),
        escape(seminar.about.get(_.language), quote=False),
    ]
    rows = [[InfoOpen(one.key).button(one.title.get(_.language))] for one in seminar.info]
    if seminar.contacts:
        rows.append([InfoContacts().button(_.plain("☎️ Contacts"))])
    return Screen("\n\n".join(lines), rows)


def page(_: Locale, shown: InfoPage) -> Screen:
    """One page."""
    title = _("ℹ️ <b>{title}</b>", title=shown.title.get(_.language))
    body = Html(shown.body.get(_.language).strip())
    return Screen(f"{title}\n\n{body}", [_back(_)])


def contacts(_: Locale, people: Sequence[Contact]) -> Screen:
    """Whom to call; a tap on a number calls it. Where there are too many for one message, without their roles."""
    head = _("☎️ <b>Contacts</b>")
    text = "\n\n".join([head, *(_contact(_, one, with_role=True) for one in people)])
    if not fits_message(text):
        text = "\n\n".join([head, *(_contact(_, one, with_role=False) for one in people)])
    return Screen(text, [[AskHelp("other").button(_.plain("🆘 I need help"))], _back(_)])


def _contact(_: Locale, one: Contact, *, with_role: bool) -> str:
    lines = [f"<b>{escape(one.name.get(_.language), quote=False)}</b>"]
    if with_role:
        lines.append(escape(one.role.get(_.language), quote=False))
    if one.phone:
        lines.append(escape(one.phone, quote=False))
    if one.telegram:
        lines.append(f'<a href="https://t.me/{one.telegram}">@{one.telegram}</a>')
    return "\n".join(lines)


def _back(_: Locale) -> list[InlineKeyboardButton]:
    return [InfoList().button(_.plain("‹ All pages"))]
