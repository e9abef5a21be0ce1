"""Where a person stands in a lesson, and over all lessons."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.progress import LessonStage, Totals, further, progress, totals
from bot.learning.suggestion import suggestion
from bot.programme import load

SEMINAR = load(Path(__file__).parents[2] / "seminars/sejong-2025")
LESSON = SEMINAR.lessons[0]
CARDS = len(LESSON.cards)
ALL_RIGHT = {question.key: question.options[question.right].key for question in LESSON.quiz}


@pytest.mark.parametrize(
    ("reached", "answered", "stage", "number", "of"),
    [
        (0, 0, LessonStage.NOT_STARTED, 0, 0),
        (1, 0, LessonStage.CARD, 1, CARDS),
        (CARDS, 0, LessonStage.CARD, CARDS, CARDS),
        (CARDS + 1, 0, LessonStage.QUESTION, 1, 3),
        (CARDS + 1, 1, LessonStage.QUESTION, 2, 3),
        (1, 2, LessonStage.QUESTION, 3, 3),
        (CARDS + 1, 3, LessonStage.DONE, 0, 0),
        (0, 3, LessonStage.DONE, 0, 0),
    ],
)
def test_a_lesson_is_resumed_where_it_was_left(
    reached: int, answered: int, stage: LessonStage, number: int, of: int
) -> None:
    answers = dict(list(ALL_RIGHT.items())[:answered])
    lesson_progress = progress(LESSON, reached, answers)
    assert (lesson_progress.stage, lesson_progress.number, lesson_progress.of) == (stage, number, of)
    assert lesson_progress.done is (stage is LessonStage.DONE)
    assert lesson_progress.score.right == answered


def test_a_lesson_that_became_shorter_goes_on_with_its_quiz() -> None:
    shorter = replace(LESSON, cards=LESSON.cards[:2])
    assert progress(shorter, 3, {}).stage is LessonStage.QUESTION


@given(st.lists(st.integers(0, CARDS + 3)))
def test_looking_back_loses_nothing(shown: list[int]) -> None:
    reached = 0
    for card in shown:
        kept = further(LESSON, reached, card)
        assert reached <= kept <= CARDS + 1
        reached = kept
    assert reached == min(max(shown, default=0), CARDS + 1)


def test_totals_over_all_lessons() -> None:
    wrong = {one.key: one.options[(one.right + 1) % len(one.options)].key for one in SEMINAR.lessons[1].quiz}
    standing = [
        progress(LESSON, CARDS + 1, ALL_RIGHT),
        progress(SEMINAR.lessons[1], CARDS + 1, wrong),
        progress(SEMINAR.lessons[2], 1, {}),
        *(progress(lesson, 0, {}) for lesson in SEMINAR.lessons[3:]),
    ]
    assert totals(standing) == Totals(lessons=10, started=3, done=2, right=3, answered=6, questions=30)
    assert totals([]) == Totals(0, 0, 0, 0, 0, 0)


def test_what_was_started_is_offered_first_then_the_days_lesson_then_the_earliest() -> None:
    fresh = [progress(lesson, 0, {}) for lesson in SEMINAR.lessons]
    started = [*fresh[:3], progress(SEMINAR.lessons[3], 1, {}), *fresh[4:]]
    assert suggestion(started, 2) is started[3]
    assert suggestion(fresh, 2) is fresh[1]
    assert suggestion(fresh, 2, besides=SEMINAR.lessons[1].key) is fresh[0]
    assert suggestion(fresh, None) is fresh[0]
    assert suggestion([progress(LESSON, 0, ALL_RIGHT)], 1) is None
