"""What is said about a message to many that is no draft (any more)."""

from bot.buttons.broadcast import BroadcastUnschedule
from bot.i18n import Locale
from bot.screen import Screen


def gone(_: Locale) -> str:
    """No broadcast of the reader's has that number."""
    return _.plain("That is no longer here.")


def nobody_missing(_: Locale) -> str:
    """The toast when all have answered whom one wanted to write to."""
    return _.plain("All whom I can reach have answered by now.")


def gone_already(_: Locale) -> Screen:
    """The "Cancel" of an old question, when the message was sent meanwhile."""
    return Screen(_("That message was sent in the meantime. Its card, with the numbers, is the one to look at."))


def edited_too_late(_: Locale) -> Screen:
    """The text was changed after it had gone."""
    return Screen(
        _("⚠️ It has been sent already, so nobody sees this change. To correct it, press ✏️ on its card: /broadcasts")
    )


def edited_after_scheduling(_: Locale, number: int) -> Screen:
    """The text was changed while it waits for its hour."""
    text = _(
        "⚠️ It is scheduled with the words from before this change. To send it as it is now, press the button and write "
        "it again."
    )
    return Screen(text, [[BroadcastUnschedule(number).button(_.plain("✏️ Change it"))]])
