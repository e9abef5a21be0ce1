"""How a shift of duty and the people in it are written."""

from collections.abc import Sequence
from typing import Final

from bot.i18n import Html, Locale
from bot.programme.duty import DutyPeriod
from bot.programme.markup import shortened
from bot.programme.model import DutyShift, Seminar

_NAMED: Final = 2
_NAME: Final = 24


def title(_: Locale, shift: DutyShift) -> str:
    """What a shift is called."""
    return shift.title.get(_.language) if shift.title is not None else _.plain("Whole day")


def when(_: Locale, period: DutyPeriod) -> str:
    """A shift and its date; to be escaped."""
    return _.plain("{shift} {day}", shift=title(_, period.shift), day=_.short_day(period.on))


def hours(_: Locale, seminar: Seminar, period: DutyPeriod) -> Html:
    """From when until when it is, where the seminar is: `22:00–07:00`."""
    return Html(f"{_.time(period.starts, seminar.zone)}–{_.time(period.ends, seminar.zone)}")


def names(people: Sequence[str]) -> str:
    """Two of their names, and how many more; to be escaped."""
    more = f" +{len(people) - _NAMED}" if len(people) > _NAMED else ""
    return ", ".join(shortened(one, _NAME) for one in people[:_NAMED]) + more
