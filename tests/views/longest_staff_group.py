"""The longest values of what views of the staff group are given."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.screen import Topic
from bot.store.staff_group import GroupProblem, StaffGroup
from bot.text import NAME_LIMIT
from tests.views.longest_seminar import plain

_NOON: Final = datetime(2025, 8, 27, 3, tzinfo=UTC)
_TITLE: Final = plain(128)  # Telegram's own

BY_TYPE: Mapping[object, Sequence[object]] = {
    StaffGroup: tuple(
        StaffGroup(-1_001_234_567_890, _TITLE, "en", _NOON, problem, _NOON, _NOON, 200_000) for problem in GroupProblem
    ),
    Topic: (Topic("person-1", plain(NAME_LIMIT)),),
}
