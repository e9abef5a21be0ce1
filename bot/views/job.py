"""What people read while something is made for them that takes a while, and when it cannot be made."""

from collections.abc import Mapping
from typing import Final

from bot.i18n import N_, Locale
from bot.jobs.job import JobFailure
from bot.screen import Screen

_FAILED: Final[Mapping[JobFailure, str]] = {
    JobFailure.BUSY: N_("Many things are being made at the moment. Please try again in a few minutes."),
    JobFailure.TOO_SLOW: N_("This takes too long. Please choose less: fewer days, one group or one session."),
    JobFailure.TOO_BIG: N_("This is too much at once. Please choose less: fewer days, one group or one session."),
    JobFailure.STOPPED: N_("This was interrupted before it was ready. Please try again."),
    JobFailure.BROKEN: N_("I could not make this. Please tell whoever runs the bot: the log says why."),
}


def waiting(_: Locale) -> Screen:
    """It is being made."""
    return Screen(_("⏳ I am making this. It comes here when it is ready."), silent=True)


def enough(_: Locale) -> Screen:
    """Several things are being made for this person."""
    return Screen(_("⏳ I am making other things for you already. Please try again when they are here."))


def failed(_: Locale, reason: JobFailure) -> Screen:
    """It was not made."""
    return Screen(_(_FAILED[reason]))
