"""Whom to count, on a narrow phone."""

from bot.views import headcount as headcount_view
from tests.views.longest_seminar import GROUPS, LONGEST
from tests.views.samples import labels, words


def test_the_longest_group_leaves_room_for_its_number() -> None:
    screen = headcount_view.audiences(words(), LONGEST, {GROUPS[0].key: 130}, [])
    [label] = labels(screen)
    assert label.endswith("…: 130")
    assert len(label) <= 32
