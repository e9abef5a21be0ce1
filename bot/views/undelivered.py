"""What staff see when Telegram refused messages."""

from bot.i18n import Words
from bot.screen import Screen


def undelivered(_: Words, event: str, count: int, error: str) -> Screen:
    """`count` messages of an event were refused for good; `error` is Telegram's own word for the first of them."""
    head = _.plural("⚠️ {n} message could not be delivered.", "⚠️ {n} messages could not be delivered.", count)
    about = _("It was about: {event}", event=event)
    reason = _("Telegram says: {error}", error=error)
    return Screen(f"{head}\n{about}\n<i>{reason}</i>")
