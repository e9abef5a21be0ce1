"""Calling for help, and the messages that people and organizers write to each other."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from telegram import InlineKeyboardButton

from bot import phones
from bot.buttons.absence import ExcuseUnwell
from bot.buttons.help import AskHelp
from bot.buttons.relay import NeverMind
from bot.i18n import Html, Locale
from bot.programme.model import Contact, Seminar
from bot.quoted import before, in_pieces, quote, written_when
from bot.screen import Screen
from bot.store.alert import AlertState
from bot.store.help import HelpCall, HelpKind
from bot.store.help_message import HelpMessage

Buttons = list[list[InlineKeyboardButton]]

# What is older when it is read, or read again, says of when it is: it may have waited for a reader for hours.
_FRESH = timedelta(minutes=10)


# --- who needs help -------------------------------------------------------------------------------------------------


def menu(_: Locale, contacts: Sequence[Contact]) -> Screen:
    """What is the matter? One tap on the first two tells the organizers at once."""
    rows = [
        [
            AskHelp(HelpKind.UNWELL).button(_.plain("🤒 I feel unwell")),
            AskHelp(HelpKind.LOST).button(_.plain("🧭 I am lost")),
        ],
        [AskHelp(HelpKind.QUESTION).button(_.plain("❓ I have a question"))],
        [AskHelp(HelpKind.OTHER).button(_.plain("✍️ Something else"))],
    ]
    return Screen(phones.under(_, _("🆘 <b>How can we help?</b> The organizers answer you here."), contacts), rows)


def ask(_: Locale, kind: HelpKind) -> Screen:
    """Waits for the words that make the call."""
    if kind is HelpKind.QUESTION:
        return Screen(_("❓ Write your question, in any language. It goes to the organizers."), _cancel(_))
    return Screen(_("✍️ Write what is on your mind, in any language. It goes to the organizers."), _cancel(_))


def taken(_: Locale, name: str) -> Screen:
    """To who called: someone is on it."""
    return Screen(_("🙋 <b>{name}</b> is taking care of it.", name=name))


def closed(_: Locale) -> Screen:
    """To who called: settled."""
    text = _("✅ The organizers have marked this as settled. If something is still open, press /help again.")
    return Screen(text, removes_keyboard=True)


# --- organizers -----------------------------------------------------------------------------------------------------


def call(_: Locale, call: HelpCall, seminar: Seminar, first: HelpMessage | None, now: datetime) -> Screen:
    """What a call for help is about, as organizers see it, and the button that is of use for its kind."""
    who = _who(_, call, seminar)
    match call.kind:
        case HelpKind.HELP:
            lines = [_("🆘 {who} needs help.", who=who)]
        case HelpKind.UNWELL:
            lines = [_("🆘 {who} feels unwell.", who=who)]
        case HelpKind.LOST:
            lines = [_("🆘 {who} is lost.", who=who)]
        case HelpKind.QUESTION:
            lines = [_("❓ {who} asks:", who=who)]
        case HelpKind.OTHER:
            lines = [_("✉️ {who} writes:", who=who)]
    if first is not None and not call.kind.urgent and first.words:
        lines += [*before(first), quote(in_pieces(first)[0])]
    lines += written_when(_, seminar, call.asked_at, now)
    return Screen("\n".join(lines), _excuse(_, call, seminar, now) if call.state is AlertState.TAKEN else [])


def _excuse(_: Locale, call: HelpCall, seminar: Seminar, now: datetime) -> Buttons:
    today = seminar.today(now)
    if call.kind is not HelpKind.UNWELL or seminar.day_number_on(today) is None:
        return []
    return [[ExcuseUnwell(today, call.person_id).button(_.plain("🤒 Excuse for today"))]]


def _cancel(_: Locale) -> Buttons:
    return [[NeverMind().button(_.plain("✖️ Cancel"))]]


def _who(_: Locale, call: HelpCall, seminar: Seminar) -> Html:
    link = f'<a href="tg://user?id={call.telegram_id}">{escape(call.name, quote=False)}</a>'
    group = seminar.group(call.group)
    return Html(f"<b>{link}</b> ({escape(group.title.get(_.language), quote=False)})" if group else f"<b>{link}</b>")
