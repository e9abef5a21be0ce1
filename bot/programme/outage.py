"""What an outage means for the buttons that people could press meanwhile. Pure rules."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.programme.checkin import Window, open_now, windows_around
from bot.programme.model import Seminar

# Telegram keeps a tap for so long and then drops it: nobody hears of it, neither the bot nor who tapped.
TAP_TTL: Final = timedelta(seconds=150)
_REACH: Final = timedelta(days=1)  # the button under a card that is older is not the one that people press for help
_LONGEST: Final = timedelta(days=1)  # who needed help before has found it by now
_UNSURE: Final = timedelta(seconds=75)  # the bot may have gone so long after it was last known to be there
_SOON: Final = timedelta(minutes=10)
_NIGHT: Final = time(22)


@dataclass(frozen=True, slots=True)
class Lost:
    """Taps may be lost: those on the check-in that is open (None where none is), and calls for help.

    `asked_again`: a reminder goes out at once or soon to whoever has not answered. `cards` are the check-ins under
    which the button for help stands; `night` is when only what is open is worth a message.
    """

    open: Window | None
    asked_again: bool
    cards: tuple[Window, ...]
    night: bool


def lost(seminar: Seminar, began: datetime, ended: datetime) -> Lost | None:
    """What could be pressed in vain between two moments, or None: taps wait as long as a restart takes."""
    if ended - began < TAP_TTL or not seminar.first <= seminar.today(ended) <= seminar.last:
        return None
    latest = open_now(seminar, ended)
    window = latest if latest is not None and latest.opens <= began + _UNSURE and began < latest.closes else None
    again = window is not None and began < window.nudge <= ended + _SOON and ended < window.alert
    cards = () if ended - began > _LONGEST else tuple(_opened(seminar, began - _REACH, began + _UNSURE))
    return Lost(window, again, cards, _is_night(seminar, ended))


def morning_after(seminar: Seminar, moment: datetime) -> datetime:
    """When the day begins for people, at or after a moment of the night."""
    number = (seminar.today(moment) - seminar.first).days + 1
    today, tomorrow = (seminar.moment(day, seminar.hours_of(day).agenda) for day in (number, number + 1))
    return today if today >= moment else tomorrow


def _opened(seminar: Seminar, since: datetime, until: datetime) -> list[Window]:
    around = [*windows_around(seminar, since), *windows_around(seminar, until)]
    return list({one.opens: one for one in around if since <= one.opens < until}.values())


def _is_night(seminar: Seminar, moment: datetime) -> bool:
    here, number = moment.astimezone(seminar.zone).time(), (seminar.today(moment) - seminar.first).days + 1
    return here >= _NIGHT or here < seminar.hours_of(number).agenda
