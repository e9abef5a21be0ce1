"""An attendance sheet with the longest number."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.people_filter import PeopleFilter
from bot.programme.attendance import of_day
from bot.store.sheet import Sheet, SheetKind, SheetOf
from tests.views.longest_seminar import LONGEST

_FULL = 10_000_000
_NOON = datetime(2025, 8, 27, 3, tzinfo=UTC)
_TAKEN = tuple(one for day in LONGEST.days for one in of_day(LONGEST, LONGEST.date_of(day.number)))
_ABOUT = max((one.on.session for one in _TAKEN), key=len, default="")
_OF = SheetOf(LONGEST.key, LONGEST.first, SheetKind.SESSION, _ABOUT, PeopleFilter(), 98)

BY_TYPE: Mapping[object, Sequence[Any]] = {
    Sheet: (Sheet(_FULL, _OF, 99, _FULL, (), _NOON, ""), Sheet(_FULL, _OF._replace(part=99), 99, 1, (), _NOON, "")),
}
