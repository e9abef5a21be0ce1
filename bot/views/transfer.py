"""A link for a new phone, as whoever opens it reads it."""

from bot.buttons.people import TakeOver
from bot.i18n import Locale
from bot.screen import Screen


def confirm(_: Locale, ticket: str, *, anew: bool) -> Screen:
    """Before an account becomes somebody's who is in the seminar. `anew`: it has joined the seminar itself already."""
    lines = [
        _(
            "📱 <b>You have a new phone?</b>\nThis link was made by an organizer for one person of the seminar. "
            "If that is you, go on here as before: your check-ins, lessons and group stay yours, "
            "and your old account is signed off."
        )
    ]
    if anew:
        lines.append(_("What you have entered with this account since you joined with it is erased."))
    lines.append(_("If the link is not for you, please close this chat."))
    return Screen("\n".join(lines), [[TakeOver(ticket).button(_.plain("📱 Yes, that is me"))]])


def over(_: Locale) -> Screen:
    """The link was used, is too old, or another took its place."""
    return Screen(_("This link does not work any more. Please ask an organizer for a new one."))


def own(_: Locale) -> Screen:
    """The account is that person's."""
    return Screen(_("This account is yours already: nothing has to be moved. /today shows your day."))


def taken(_: Locale) -> Screen:
    """An account of the staff."""
    return Screen(
        _("This account belongs to the staff of the seminar, so nobody else can go on with it. Please use another one.")
    )


def welcome(_: Locale, name: str) -> Screen:
    """The account is theirs."""
    return Screen(_("✓ Welcome back, <b>{name}</b>. Everything is as it was. /today shows your day.", name=name))
