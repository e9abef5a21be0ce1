"""One clear sentence for everything that no conversation is for."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton

from bot.i18n import Locale
from bot.screen import Screen


def not_for_you(_: Locale) -> str:
    """The command or button exists, for others."""
    return _.plain("Sorry, this is not for your role.")


def finish_joining(_: Locale) -> str:
    """The person has not answered all questions yet."""
    return _.plain("Press /start to go on where we were.")


def unknown_command(_: Locale, commands: Sequence[tuple[str, str]]) -> Screen:
    """There is no such command; these there are."""
    lines = [_("/{command} – {what}", command=command, what=what) for command, what in commands]
    return Screen("\n".join([_("I do not know that command. I know these:"), *lines]))


def old_button(_: Locale) -> str:
    """A button of another time."""
    return _.plain("This button is from an older message. Press /start for what is new.")


def needs_text(_: Locale) -> Screen:
    """A sticker, a voice, a photo where words are asked for."""
    return Screen(_("I can only read text here. Please type it."))


def only_in_private(_: Locale, username: str) -> Screen:
    """A command in a group, or the bot's first words in one."""
    button = InlineKeyboardButton(_.plain("💬 Open our chat"), url=f"https://t.me/{username}")
    return Screen(_("I speak with each of you in private."), [[button]])


def press_in_private(_: Locale) -> str:
    """A toast: not before everybody."""
    return _.plain("Please do this in our private chat.")


def went_wrong(_: Locale) -> str:
    """A mistake of the bot, not of the person."""
    return _.plain("Sorry, something went wrong on my side. Please try again in a minute.")
