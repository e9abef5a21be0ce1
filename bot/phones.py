"""Whom of the seminar to call, under a message that says that the bot alone is not enough."""

from collections.abc import Sequence
from typing import Final

from telegram import CopyTextButton, InlineKeyboardButton

from bot.i18n import Html, Locale
from bot.programme.markup import fits_message
from bot.programme.model import Contact

_SHORT: Final = 5  # digits: 112, 119, 1330
_BUTTONS: Final = 6


def under(_: Locale, text: str, contacts: Sequence[Contact]) -> str:
    """The text, and whom to call; to write to where nobody has a phone number; to look for where neither can be done.

    Without what each of them does where that is too much for one message. Without contacts it is the text alone.
    """
    phones = [(one, one.phone) for one in contacts if one.phone]
    ways: list[tuple[Contact, str]] = phones or [(one, _link(one.telegram)) for one in contacts if one.telegram]
    if not contacts:
        return text
    if not ways:
        in_person = _("🧭 There is no phone number here: if it cannot wait, please find an organizer in person.")
        return f"{text}\n\n{in_person}"
    invitation = _("📞 Or call:") if phones else _("💬 Or write to:")
    head = f"{text}\n\n{invitation}"
    language = _.language
    lines = [
        _("{name} ({role}): {phone}", name=one.name.get(language), role=one.role.get(language), phone=way)
        for one, way in ways
    ]
    if fits_message(whole := "\n".join([head, *lines])):
        return whole
    lines = [_("{name}: {phone}", name=one.name.get(language), phone=way) for one, way in ways]
    return "\n".join([head, *lines])


def copy_buttons(contacts: Sequence[Contact]) -> list[InlineKeyboardButton]:
    """Buttons that copy emergency numbers, which are so short that phones do not take them for numbers to call."""
    numbers = dict.fromkeys(one.phone for one in contacts if one.phone and len(one.phone) <= _SHORT)
    return [InlineKeyboardButton(f"📋 {one}", copy_text=CopyTextButton(one)) for one in [*numbers][:_BUTTONS]]


def can_call(contacts: Sequence[Contact]) -> bool:
    """Whether people can be asked to call: somebody has a number, or no list is shown since they know whom."""
    return not contacts or any(one.phone for one in contacts)


def if_it_cannot_wait(_: Locale, text: str, contacts: Sequence[Contact]) -> str:
    """The text, the request to call where somebody can be called, and the ways `under` it."""
    if not can_call(contacts):
        return under(_, text, contacts)
    please_call = _("If it cannot wait, please call.")
    return under(_, f"{text} {please_call}", contacts)


def _link(telegram: str) -> Html:
    return Html(f'<a href="https://t.me/{telegram}">@{telegram}</a>')
