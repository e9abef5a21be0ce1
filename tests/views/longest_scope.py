"""The longest that a coordinator can be limited to."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.buttons.scope import ScopeChoose
from bot.people_filter import PeopleFilter
from bot.store.scope import ScopeOption
from tests.views import longest_stats_topic
from tests.views.longest_seminar import GROUPS, plain

_FULL: Final = 10_000_000
_GROUPS: Final = tuple(group.key for group in GROUPS)
_DISTRICTS: Final = tuple(f"{n} {plain(200)}" for n in range(40))

BY_TYPE: Mapping[object, Sequence[object]] = {
    **longest_stats_topic.BY_TYPE,
    PeopleFilter: (PeopleFilter(), PeopleFilter((*_GROUPS, ""), (*_DISTRICTS, ""))),
    Sequence[ScopeOption]: (
        [*(ScopeOption("group", one) for one in _GROUPS), *(ScopeOption("district", one) for one in _DISTRICTS)],
        (),
    ),
    ScopeChoose: (ScopeChoose(_FULL, _FULL, 1),),
}
