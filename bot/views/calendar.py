"""The words under the calendar file."""

from bot.i18n import Locale


def caption(_: Locale) -> str:
    """What the file is for, and what to do when the programme changes."""
    return _.plain(
        "📆 The programme for your phone's calendar. Open the file, and the calendar offers to add the sessions. When "
        "the programme changes, send /calendar again: most calendars move what they have and add nothing twice."
    )
