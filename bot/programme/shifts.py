"""`duty` of seminar.yaml: the shifts in which organizers are on duty."""

from typing import Final

from bot.programme.fields import Fields
from bot.programme.keys import Keys
from bot.programme.model import DutyShift

TITLE: Final = 20  # UTF-16 units: it stands on a button beside a date
_MOST: Final = 6


def read_shifts(fields: Fields, days_count: int) -> tuple[DutyShift, ...]:
    """Read `duty`; empty where the key is missing: organizers then take whole days."""
    if not fields.has("duty"):
        return ()
    keys = Keys()
    return tuple(_read_shift(item, keys, days_count) for item in fields.children("duty", "shift", 1, _MOST))


def _read_shift(fields: Fields, keys: Keys, days_count: int) -> DutyShift:
    shift = DutyShift(
        key=keys.take(fields),
        title=fields.localized("title", TITLE),
        start=fields.time("from"),
        end=fields.time("to"),
        days=fields.numbers("days", 1, days_count),
    )
    fields.finish()
    return shift
