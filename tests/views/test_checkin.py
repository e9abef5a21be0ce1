"""What check-ins look like, with the longest words too."""

import pytest

from bot.programme.checkin import Slot, Window, window
from bot.screen import Screen
from bot.store.checkin import Checkin
from bot.views import checkin as checkin_view
from tests.views.samples import SEMINAR, at, shown, units, words

_ = words()
LONG = "<&" * 32


def the(slot: Slot) -> Window:
    checkin = window(SEMINAR, 1, slot)
    assert checkin is not None
    return checkin


def answer(mood: int | None, words: str | None = None) -> Checkin:
    return Checkin(at("2025-08-04 08:03"), late=False, mood=mood, words=words)


@pytest.mark.parametrize("language", ["en", "ru", "tg", "ko"])
def test_every_language_has_the_five_faces_in_one_row(language: str) -> None:
    screen = checkin_view.ask(words(language), the(Slot.EVENING), LONG)
    assert [button.text for button in screen.rows[0]] == list(checkin_view.FACES)
    assert LONG in shown(screen)


def test_a_nudge_is_silent_and_a_question_is_not() -> None:
    assert checkin_view.nudge(_, the(Slot.MORNING), "Ann").silent
    assert checkin_view.nudge(_, the(Slot.EVENING), "Ann").silent
    assert not checkin_view.ask(_, the(Slot.MORNING), "Ann").silent


def test_nobody_says_good_morning_in_the_afternoon() -> None:
    screen = checkin_view.ask(_, the(Slot.MORNING), "Ann", late=True)
    assert shown(screen).startswith("☀️ Ann, are you with us today?")
    assert "How was your day" in shown(checkin_view.ask(_, the(Slot.EVENING), "Ann", late=True))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("tg", "😞 ва 🙁-ро ташкилотчиён бо номи шумо мебинанд."),
        ("ru", "😞 и 🙁 организаторы увидят с вашим именем."),
        ("en", "Organizers see 😞 and 🙁 with your name."),
        ("ko", "😞·🙁는 이름과 함께 담당자에게 전해집니다."),
    ],
)
def test_who_sees_the_two_sad_faces_is_read_before_one_is_pressed(language: str, said: str) -> None:
    speaks, evening, other = words(language), the(Slot.EVENING), Screen("Dinner is at 19:00.")
    for screen in (
        checkin_view.ask(speaks, evening, "Ann"),
        checkin_view.tap(speaks, evening, "Ann"),
        checkin_view.tap(speaks, evening, "Ann", other=other),
        checkin_view.still_open(speaks, evening, other),
        checkin_view.nudge(speaks, evening, "Ann"),
    ):
        assert said in shown(screen).splitlines()
    assert said not in shown(checkin_view.ask(speaks, the(Slot.MORNING), "Ann"))


def test_a_low_mood_is_answered_honestly_and_kindly() -> None:
    low = checkin_view.answered(_, the(Slot.EVENING), answer(2), SEMINAR.zone, changeable=True)
    assert "The organizers know, and will ask how you are." in shown(low)
    assert "organizers" not in shown(
        checkin_view.answered(_, the(Slot.EVENING), answer(3), SEMINAR.zone, changeable=True)
    )


def test_words_of_any_length_fit_where_they_are_shown() -> None:
    said = "<&>😀 " * 1_000
    kept = answer(1, said)
    for screen in (
        checkin_view.answered(_, the(Slot.EVENING), kept, SEMINAR.zone, changeable=True, asking=True),
        checkin_view.low_mood(_, the(Slot.EVENING), checkin_view.HardDay(1, LONG, 1, 1, said)),
        checkin_view.low_mood_words(_, the(Slot.EVENING), checkin_view.HardDay(1, LONG, 1, 1, said)),
    ):
        assert units(screen) <= 4096
        assert "…" in shown(screen)


def test_a_mood_that_became_better_is_told_as_such() -> None:
    screen = checkin_view.low_mood(_, the(Slot.EVENING), checkin_view.HardDay(1, "Ann", 1, 4, None))
    assert "😞 1 of 5\nChanged to 🙂 4 of 5 afterwards." in shown(screen)
