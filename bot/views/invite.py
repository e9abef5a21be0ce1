"""Invitations: for whom, and the link to forward."""

from html import escape

from telegram import CopyTextButton, InlineKeyboardButton

from bot.access import Role
from bot.buttons import MakeInvite
from bot.i18n import Words
from bot.programme.model import Seminar
from bot.screen import Screen


def roles(_: Words) -> Screen:
    """Whom to invite?"""
    rows = [
        [MakeInvite(Role.TEACHER).button(_.plain("🎓 Teachers"))],
        [MakeInvite(Role.ORGANIZER).button(_.plain("🧭 An organizer"))],
        [MakeInvite(Role.COORDINATOR).button(_.plain("📊 A coordinator"))],
    ]
    return Screen(
        _("🔗 Whom do you invite? A link for teachers works for all of them, one for the staff just once."), rows
    )


def made(_: Words, role: Role, days: int) -> Screen:
    """What the next message is, and how long its link works."""
    match role:
        case Role.TEACHER:
            text = _("🔗 Forward the next message to the teachers: its link works for all of them.")
        case Role.ORGANIZER:
            text = _("🔗 Forward the next message to one organizer: its link works once.")
        case _:
            text = _("🔗 Forward the next message to one coordinator: its link works once.")
    until = _.plural("It expires after {n} day.", "It expires after {n} days.", days)
    return Screen(f"{text} {until}")


def to_forward(everyone: list[Words], own: Words, seminar: Seminar, link: str) -> Screen:
    """The message to forward, in every language; its button, which forwarding drops, copies the link."""
    lines = [f"<b>{escape(seminar.title.get(words.language), quote=False)}</b>\n{_press(words)}" for words in everyone]
    copy = InlineKeyboardButton(own.plain("📋 Copy the link"), copy_text=CopyTextButton(link))
    return Screen("\n\n".join([*lines, escape(link, quote=False)]), [[copy]])


def _press(_: Words) -> str:
    return _("Open the link and press Start: your seminar companion in Telegram.")
