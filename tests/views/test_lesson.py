"""Lessons as teachers see them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.languages import LANGUAGES
from bot.learning.progress import LessonProgress, progress
from bot.learning.quiz import mark
from bot.programme.lesson_model import Lesson, Option, Question
from bot.programme.loading import load
from bot.views import lesson as lesson_view
from tests.views.samples import SEMINAR, data, labels, lesson, shown, text, units, words

FOLDER = Path(__file__).parents[2] / "seminars" / "sejong-2025"
EN = words()
FIRST, SECOND = SEMINAR.lessons


def at(one: Lesson, reached: int = 0, answers: Mapping[str, str] | None = None) -> LessonProgress:
    return progress(one, reached, answers or {})


def test_a_card_says_which_it_is_and_leads_on() -> None:
    screen = lesson_view.card(EN, FIRST, 1)
    assert shown(screen) == "About passwords · 1 of 3\n\npasswords card 1"
    assert "<b>passwords</b>" in screen.text
    assert labels(screen) == ["Next ›", "📚 All lessons"]
    middle = lesson_view.card(EN, FIRST, 2)
    assert (data(middle, "‹ Back"), data(middle, "Next ›")) == ("card1:passwords:1", "card1:passwords:3")
    last = lesson_view.card(EN, FIRST, 3)
    assert (data(last, "‹ Back"), data(last, "To the questions ›")) == ("card1:passwords:2", "quiz1:passwords:1")


@pytest.mark.parametrize("number", [0, -1, 4])
def test_a_card_or_question_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(IndexError):
        lesson_view.card(EN, FIRST, number)
    with pytest.raises(IndexError):
        lesson_view.question(EN, SEMINAR, FIRST, number, None)


def test_a_picture_is_sent_on_request_only(tmp_path: Path) -> None:
    screen = lesson_view.card(EN, lesson("pictures", 1, photo=tmp_path / "x.png"), 2)
    assert data(screen, "🖼 See the picture") == "photo1:pictures:2"


def test_a_question_offers_its_options_by_number() -> None:
    screen = lesson_view.question(EN, SEMINAR, FIRST, 1, None)
    assert shown(screen) == (
        "About passwords\nQuestion 1 of 2\n\npasswords question 1?\n\n1. option 1.1\n2. option 1.2\n3. option 1.3"
    )
    assert labels(screen) == ["1", "2", "3", "‹ Back"]
    assert data(screen, "3") == f"answer3:sample:passwords:1:3:{mark(FIRST.quiz[0], FIRST.quiz[0].options[2])}"
    assert data(screen, "‹ Back") == "card1:passwords:3"


def test_a_right_answer_is_explained() -> None:
    screen = lesson_view.question(EN, SEMINAR, FIRST, 1, 1)
    assert shown(screen).endswith("▫️ 1. option 1.1\n✅ 2. option 1.2\n▫️ 3. option 1.3\n\nRight! because 1.2")
    assert labels(screen) == ["‹ Back", "Next question ›"]
    assert data(screen, "Next question ›") == "quiz1:passwords:2"


def test_a_wrong_answer_is_explained_beside_the_right_one() -> None:
    screen = lesson_view.question(EN, SEMINAR, FIRST, 2, 2)
    assert shown(screen).endswith(
        "▫️ 1. option 2.1\n✅ 2. option 2.2\n▪️ 3. option 2.3\n\n"
        "Not quite. You chose 3. because 2.3\n\nThe right answer is 2. because 2.2"
    )
    assert labels(screen) == ["‹ Back", "See the result ›"]
    assert data(screen, "‹ Back") == "quiz1:passwords:1"


@pytest.mark.parametrize(
    ("answers", "words_of_score", "encouragement"),
    [
        ({"q1": "2", "q2": "2"}, "You answered 2 of 2 questions right.", "All correct. Wonderful!"),
        ({"q1": "2", "q2": "1"}, "You answered 1 of 2 questions right.", "Well done!"),
        ({"q1": "1", "q2": "1"}, "You answered 0 of 2 questions right.", "Thank you for working through it."),
    ],
)
def test_the_result_encourages(answers: Mapping[str, str], words_of_score: str, encouragement: str) -> None:
    screen = lesson_view.result(EN, at(FIRST, 4, answers), at(SECOND))
    assert "About passwords is done." in shown(screen)
    assert f"{words_of_score}\n{encouragement}" in shown(screen)
    assert data(screen, "▶️ Next: About networks") == "lesson1:networks"
    assert data(screen, "Read again") == "card1:passwords:1"
    assert data(screen, "My answers") == "quiz1:passwords:1"


def test_the_result_names_the_sources_as_links_that_open_no_preview() -> None:
    screen = lesson_view.result(EN, at(FIRST, 4, {"q1": "2", "q2": "2"}), None)
    assert shown(screen).endswith("All correct. Wonderful!\n\n🔗 Sources:\n• All <about> passwords")
    assert 'href="https://example.org/passwords?a=1&amp;b=2"' in screen.text
    assert screen.params()["link_preview_options"] == {"is_disabled": True}
    without = lesson_view.result(EN, at(replace(FIRST, sources=()), 4, {"q1": "2", "q2": "2"}), None)
    assert shown(without).endswith("All correct. Wonderful!")


def test_the_last_result_offers_no_next_lesson() -> None:
    assert labels(lesson_view.result(EN, at(FIRST, 4, {"q1": "2", "q2": "2"}), None)) == [
        "Read again",
        "My answers",
        "📚 All lessons",
    ]


def test_the_list_offers_the_lesson_of_the_day() -> None:
    screen = lesson_view.overview(EN, [at(FIRST), at(SECOND)], 3)
    assert shown(screen) == "📚 Lessons\n0 of 2 lessons done.\n\nToday's lesson: About networks"
    assert labels(screen) == ["▶️ Begin", "▫️ About passwords", "▫️ About networks"]
    assert data(screen, "▶️ Begin") == "lesson1:networks"


@pytest.mark.parametrize("day", [None, 2])
def test_without_a_lesson_that_day_the_list_offers_the_next(day: int | None) -> None:
    assert shown(lesson_view.overview(EN, [at(FIRST), at(SECOND)], day)).endswith("\n\nNext: About passwords")


def test_the_list_resumes_what_was_started() -> None:
    screen = lesson_view.overview(EN, [at(FIRST), at(SECOND, 2)], 1)
    assert shown(screen).endswith("You are in the middle of: About networks\nYou stopped at card 2 of 3.")
    assert data(screen, "▶️ Go on") == "lesson1:networks"
    assert "▶️ About networks" in labels(screen)
    quiz = lesson_view.overview(EN, [at(FIRST), at(SECOND, 4, {"q1": "1"})], 1)
    assert shown(quiz).endswith("You stopped at question 2 of 2.")


def test_a_finished_list_offers_nothing() -> None:
    done = {"q1": "2", "q2": "2"}
    screen = lesson_view.overview(EN, [at(FIRST, 4, done), at(SECOND, 4, done)], 1)
    assert shown(screen) == "📚 Lessons\n2 of 2 lessons done."
    assert labels(screen) == ["✅ About passwords", "✅ About networks"]


def test_a_seminar_without_lessons_says_so() -> None:
    assert shown(lesson_view.overview(EN, [], 1)) == "📚 This seminar has no lessons."


def test_the_invitation_is_short_and_says_when_it_is_late() -> None:
    screen = lesson_view.invitation(EN, FIRST)
    assert shown(screen) == "📚 Today's lesson: About passwords\nAbout 4 minutes, whenever it suits you."
    assert data(screen, "▶️ Begin") == "lesson1:passwords"
    assert shown(lesson_view.invitation(EN, FIRST, late=True)).startswith(
        "📚 Today's lesson comes late, sorry: About passw"
    )


def test_the_longest_question_fits_one_message() -> None:
    option = Option("1", text("<" * 100), False, text("&" * 200))
    asked = Question("q", text("😀" * 125), (*(option,) * 5, replace(option, right=True)))
    longest = replace(FIRST, title=text("&" * 60), quiz=(asked,))
    assert units(lesson_view.question(EN, SEMINAR, longest, 1, 0)) <= 4096


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_the_sample_lessons_fits(language: str) -> None:
    _ = words(language)
    for one in load(FOLDER).lessons:
        screens = [lesson_view.card(_, one, n + 1) for n in range(len(one.cards))]
        for number, asked in enumerate(one.quiz, 1):
            screens += [
                lesson_view.question(_, SEMINAR, one, number, chosen) for chosen in (None, *range(len(asked.options)))
            ]
        assert all(0 < units(screen) <= 4096 for screen in screens)
        assert all(
            button.callback_data or button.copy_text for screen in screens for row in screen.rows for button in row
        )
