"""The longest of what is still to be sent, in every stage."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.store.upcoming import PAGE, Stage, UpcomingItem, UpcomingList
from bot.text import NAME_LIMIT
from tests.views.longest_seminar import LONGEST, plain

_FULL = 10_000_000  # rows of ours
_DAY = 24  # it has a long date
_NOON = datetime(2025, 8, 27, 3, tzinfo=UTC)

_ITEMS = tuple(
    UpcomingItem("f" * 12, "agenda", _NOON, _NOON, stage, _FULL, _FULL, by, True, LONGEST.days[0].sessions[0].key)
    for stage in Stage
    for by in ("", plain(NAME_LIMIT))
)
_LISTS = (
    *(
        UpcomingList(LONGEST.first, on, (one,) * PAGE, 5, _FULL)
        for one in _ITEMS
        for on in (LONGEST.first, LONGEST.date_of(_DAY))
    ),
    UpcomingList(LONGEST.first, LONGEST.first, (), 0, 0),
)

BY_TYPE: Mapping[object, Sequence[object]] = {
    UpcomingItem: _ITEMS,
    UpcomingList: _LISTS,
    Mapping[str, str]: ({"agenda": plain(80)},),  # titles
}
