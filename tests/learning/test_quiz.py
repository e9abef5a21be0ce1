"""How a quiz is graded."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.languages import Localized
from bot.learning.quiz import Score, grade, mark, marked, next_question, score
from bot.programme import load
from bot.programme.lesson_model import Lesson

SAMPLE = Path(__file__).parents[2] / "seminars/sejong-2025"


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    lesson = load(SAMPLE).lesson("passwords")
    assert lesson is not None
    assert [question.key for question in lesson.quiz] == ["strongest", "sms", "first"]
    assert [question.right for question in lesson.quiz] == [1, 1, 2]
    return lesson


def test_the_first_answer_counts(lesson: Lesson) -> None:
    question = lesson.quiz[0]
    wrong = grade(question, 0)
    assert (wrong.right, wrong.counts) == (False, True)
    assert wrong.option is question.options[0]
    second_try = grade(question, 1, earlier=0)
    assert (second_try.right, second_try.counts) == (True, False)


def test_a_tap_that_comes_twice_is_the_same_answer(lesson: Lesson) -> None:
    assert grade(lesson.quiz[0], 1, earlier=1) == grade(lesson.quiz[0], 1)


@pytest.mark.parametrize("chosen", [-1, 3, 99])
def test_an_option_that_does_not_exist_is_refused(lesson: Lesson, chosen: int) -> None:
    with pytest.raises(IndexError, match="strongest has no option"):
        grade(lesson.quiz[0], chosen)


@pytest.mark.parametrize(
    ("answers", "expected", "following"),
    [
        ({}, Score(0, 0, 3), 1),
        ({"strongest": 1}, Score(1, 1, 3), 2),
        ({"sms": 0}, Score(0, 1, 3), 1),
        ({"strongest": 1, "first": 2}, Score(2, 2, 3), 2),
        ({"strongest": 1, "sms": 1, "first": 0}, Score(2, 3, 3), None),
        ({"strongest": 99, "removed-question": 1}, Score(0, 1, 3), 2),
    ],
)
def test_the_score_so_far(lesson: Lesson, answers: dict[str, int], expected: Score, following: int | None) -> None:
    options = {question.key: dict(enumerate(one.key for one in question.options)) for question in lesson.quiz}
    kept = {key: options.get(key, {}).get(place, "gone") for key, place in answers.items()}
    assert score(lesson, kept) == expected
    assert next_question(lesson, kept) == following
    assert score(lesson, kept).complete is (following is None)


def test_a_mark_means_its_option_wherever_it_is_moved_to(lesson: Lesson) -> None:
    question, other = lesson.quiz[0], lesson.quiz[1]
    marks = [mark(question, option) for question in lesson.quiz for option in question.options]
    assert len(set(marks)) == len(marks)
    moved = replace(question, options=question.options[::-1])
    turned = replace(lesson, quiz=(other, moved, lesson.quiz[2]))
    meant = mark(question, question.options[0])
    assert marked(lesson, 1, 0, meant) == (1, 0)
    assert marked(turned, 1, 0, meant) == (2, len(question.options) - 1)
    assert marked(replace(lesson, quiz=(other,)), 1, 0, meant) is None
    assert marked(lesson, 1, 0, "") is None


def test_an_option_with_a_key_is_the_same_when_its_words_are_mended(lesson: Lesson) -> None:
    question = lesson.quiz[0]
    keyed, nameless = (replace(question.options[0], key=key) for key in ("long", "1"))
    mended = Localized({"en": "Other words"})
    assert mark(question, keyed) == mark(question, replace(keyed, text=mended))
    assert mark(question, nameless) == mark(question, replace(nameless, key="2"))
    assert mark(question, nameless) != mark(question, replace(nameless, text=mended))
