"""One's own progress: what is there is counted, what is missing is not mentioned."""

from bot.learning.progress import progress
from bot.views import progress as progress_view
from tests.views.samples import SEMINAR, data, labels, shown, words

EN = words()
FIRST, SECOND = SEMINAR.lessons
NOTHING = [progress(FIRST, 0, {}), progress(SECOND, 0, {})]


def test_someone_who_begins_is_offered_a_lesson_and_not_blamed() -> None:
    screen = progress_view.progress(EN, NOTHING, 1, progress_view.Counts(0, 0, 0))
    assert shown(screen) == "📈 Your progress\n\n▱▱▱▱▱▱▱▱▱▱\n0 of 2 lessons done."
    assert data(screen, "▶️ Take a lesson") == "lesson1:passwords"


def test_lessons_and_checkins_are_counted() -> None:
    lessons = [progress(FIRST, 4, {"q1": "2", "q2": "1"}), progress(SECOND, 2, {})]
    screen = progress_view.progress(EN, lessons, 1, progress_view.Counts(3, 1, 0))
    assert shown(screen) == (
        "📈 Your progress\n\n▰▰▰▰▰▱▱▱▱▱\n1 of 2 lessons done.\n1 of 2 answers right.\n\n"
        "✅ About passwords: 1 of 2 right\n▶️ About networks: card 2 of 3\n\n"
        "☀️ You said you were here on 3 mornings.\n🌙 You said how 1 day was."
    )
    assert data(screen, "▶️ Go on learning") == "lesson1:networks"


def test_a_half_done_quiz_says_its_question() -> None:
    screen = progress_view.progress(EN, [progress(FIRST, 4, {"q1": "2"})], 1, progress_view.Counts(0, 0, 0))
    assert "▶️ About passwords: question 2 of 2" in shown(screen)


def test_all_done_offers_the_list_only() -> None:
    screen = progress_view.progress(EN, [progress(FIRST, 4, {"q1": "2", "q2": "2"})], 1, progress_view.Counts(0, 0, 0))
    assert "▰▰▰▰▰▰▰▰▰▰" in shown(screen)
    assert labels(screen) == ["📚 All lessons"]


def test_a_seminar_without_lessons_still_counts_days() -> None:
    screen = progress_view.progress(EN, [], 1, progress_view.Counts(1, 0, 0))
    assert shown(screen) == "📈 Your progress\n\n☀️ You said you were here on 1 morning."
    assert labels(screen) == []


def test_a_seminar_without_lessons_says_so_before_the_first_checkin() -> None:
    screen = progress_view.progress(EN, [], 1, progress_view.Counts(0, 0, 0))
    assert shown(screen) == "📈 Your progress\n\nThere is nothing to count yet. For today's agenda: /today"
