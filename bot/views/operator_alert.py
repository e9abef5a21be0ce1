"""What staff see when Telegram refused messages, when updates could not be handled, or when others took them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.i18n import Locale
from bot.screen import Screen


def undelivered(_: Locale, event: str, count: int, error: str) -> Screen:
    """`count` messages of an event were refused for good; `error` is Telegram's own word for one of them."""
    head = _.plural("⚠️ {n} message could not be delivered.", "⚠️ {n} messages could not be delivered.", count)
    about = _("It was about: {event}", event=event)
    reason = _("Telegram says: {error}", error=error)
    return Screen(f"{head}\n{about}\n<i>{reason}</i>")


def unhandled(_: Locale, count: int, error: str) -> Screen:
    """`count` updates of one hour were set aside; `error` is what one of them met."""
    head = _.plural("⚠️ {n} message of a person was set aside.", "⚠️ {n} messages of people were set aside.", count)
    reason = _("The bot could not handle it: {error}", error=error)
    return Screen(f"{head}\n<i>{reason}</i>")


def polling_conflict(_: Locale, since: datetime, zone: ZoneInfo) -> Screen:
    """Another program fetched this bot's updates for a while; `since` is an aware moment, shown in `zone`."""
    head = _(
        "⚠️ From {time} on another program used this bot's token. Until that ended the bot sent nothing, and what "
        "people wrote or pressed may have gone to the other program.",
        time=_.time(since, zone),
    )
    advice = _("If you wait for someone's answer, ask again. Whoever runs the bot: let it run in one place only.")
    return Screen(f"{head}\n<i>{advice}</i>")
