"""What somebody reads who is lost, and those who look for them: where are you, and a place that moves no more."""

from datetime import datetime

from telegram import KeyboardButton

from bot.i18n import Locale
from bot.programme.model import Seminar
from bot.screen import Screen


def ask_location(_: Locale) -> Screen:
    """Asks where they are: one press sends it; the other way, for computers and for who is moving, is told."""
    text = _(
        "📍 <b>Where are you?</b> One press on the button below sends it to the organizers.\n"
        "On a computer, or if you are moving: 📎 → Location, also live."
    )
    return Screen(text, keyboard=KeyboardButton(_.plain("📍 Send where I am"), request_location=True))


def without_button(_: Locale) -> Screen:
    """Takes the button away, and says how to do without it."""
    text = _("📍 To send again where you are, or to show it while you move: 📎 → Location.")
    return Screen(text, silent=True, removes_keyboard=True)


def withdrawn(_: Locale) -> Screen:
    """The call is over: nobody minds."""
    text = _("🙂 Good that all is well. The organizers see it. For help at any time: /help")
    return Screen(text, removes_keyboard=True)


def over(_: Locale) -> str:
    """A toast: the call is settled already."""
    return _.plain("This call is settled already.")


def ended(_: Locale, seminar: Seminar, name: str, at: datetime) -> Screen:
    """To organizers: a place that somebody shared moves no more."""
    return Screen(
        _(
            "📍 <b>{name}</b>: the live location ended at {time}. The pin shows the last place.",
            name=name,
            time=_.time(at, seminar.zone),
        )
    )


def own_ended(_: Locale) -> Screen:
    """To who shared it: organizers do not see any more where they are."""
    return Screen(
        _(
            "📍 The organizers do not see any more where you are: your live location has ended. "
            "If you are still on the way, share it again: 📎 → Location."
        )
    )
