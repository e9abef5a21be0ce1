"""What staff see when Telegram refused messages, or when updates could not be handled."""

from bot.i18n import Words
from bot.screen import Screen


def undelivered(_: Words, event: str, count: int, error: str) -> Screen:
    """`count` messages of an event were refused for good; `error` is Telegram's own word for one of them."""
    head = _.plural("⚠️ {n} message could not be delivered.", "⚠️ {n} messages could not be delivered.", count)
    about = _("It was about: {event}", event=event)
    reason = _("Telegram says: {error}", error=error)
    return Screen(f"{head}\n{about}\n<i>{reason}</i>")


def unhandled(_: Words, count: int, error: str) -> Screen:
    """`count` updates of one hour were set aside; `error` is what one of them met."""
    head = _.plural("⚠️ {n} message of a person was set aside.", "⚠️ {n} messages of people were set aside.", count)
    reason = _("The bot could not handle it: {error}", error=error)
    return Screen(f"{head}\n<i>{reason}</i>")
