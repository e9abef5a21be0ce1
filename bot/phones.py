"""The phone numbers of the seminar, under a message that says that the bot alone is not enough."""

from collections.abc import Sequence

from bot.i18n import Words
from bot.programme.markup import fits_message
from bot.programme.model import Contact


def under(_: Words, text: str, contacts: Sequence[Contact]) -> str:
    """The text, and whom to call; where that is too much for one message, without what each of them does."""
    if not contacts:
        return text
    call = _("📞 Or call:")
    head = f"{text}\n\n{call}"
    language = _.language
    lines = [
        _("{name} ({role}): {phone}", name=one.name.get(language), role=one.role.get(language), phone=one.phone)
        for one in contacts
    ]
    if fits_message(whole := "\n".join([head, *lines])):
        return whole
    lines = [_("{name}: {phone}", name=one.name.get(language), phone=one.phone) for one in contacts]
    return "\n".join([head, *lines])
