"""Which lesson is offered."""

from bot.learning.progress import progress
from bot.learning.suggestion import suggestion
from tests.views.samples import lesson

ONE, TWO, THREE = (lesson(f"l{day}", day) for day in (1, 2, 3))
NEW = [progress(one, 0, {}) for one in (ONE, TWO, THREE)]
DONE = progress(ONE, 4, {"q1": "1", "q2": "1"})


def test_the_days_own_lesson_comes_before_earlier_ones() -> None:
    suggested = suggestion(NEW, 2)
    assert suggested is not None
    assert suggested.lesson is TWO


def test_what_was_started_comes_before_the_days_own() -> None:
    started = progress(THREE, 2, {})
    assert suggestion([*NEW[:2], started], 2) is started


def test_without_a_lesson_of_the_day_the_earliest_open_one_comes() -> None:
    suggested = suggestion([DONE, *NEW[1:]], None)
    assert suggested is not None
    assert suggested.lesson is TWO


def test_the_lesson_that_one_comes_from_is_not_offered_again() -> None:
    suggested = suggestion(NEW, 1, besides="l1")
    assert suggested is not None
    assert suggested.lesson is TWO


def test_when_all_is_done_nothing_is_offered() -> None:
    assert suggestion([DONE], 1) is None
    assert suggestion([], 1) is None
