"""The second sample: small, in two languages, and of another country from beginning to end."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.i18n import Locales
from bot.languages import Language
from bot.programme import Seminar, load
from bot.programme.markup import plain_text
from bot.programme.warnings import warnings
from tests.seminars.test_sample import RUSSIAN, texts

FOLDER = Path(__file__).parents[2] / "seminars/tbilisi-2027"


@pytest.fixture(scope="module")
def seminar() -> Seminar:
    return load(FOLDER)


def test_it_is_three_days_in_two_languages_without_a_second_clock_or_groups(seminar: Seminar) -> None:
    assert (seminar.first, seminar.last) == (date(2027, 10, 18), date(2027, 10, 20))
    assert seminar.languages == (Language.ENGLISH, Language.RUSSIAN)
    assert (seminar.zone.key, seminar.home_zone) == ("Asia/Tbilisi", None)
    assert len(seminar.groups) == 1
    assert warnings(seminar) == []


def test_nobody_made_up_a_telephone_number(seminar: Seminar) -> None:
    assert {contact.phone for contact in seminar.contacts if contact.phone} == {"112"}


def test_every_place_is_used_and_can_be_shown_to_a_driver(seminar: Seminar) -> None:
    used = {session.place for day in seminar.days for session in day.sessions} - {None}
    assert used == set(seminar.places)
    assert seminar.driver is not None
    shown = [seminar.driver.please_take_me, *(place.local_address or "" for place in seminar.places.values())]
    assert all(re.fullmatch(r"[\u10d0-\u10ff0-9 ,:-]+", text) for text in shown), "Georgian letters alone"


def test_each_language_is_written_in_its_own_letters(seminar: Seminar) -> None:
    for text in texts(seminar):
        assert list(text.texts) == ["en", "ru"]
        english, russian = (plain_text(text.texts[language]).lower() for language in ("en", "ru"))
        assert not re.search(r"[\u0400-\u04ff]", english), english
        assert set(re.findall(r"[\u0400-\u04ff]", russian)) <= RUSSIAN, russian
        assert not re.search(r"[а-яё][a-z]|[a-z][а-яё]", russian), russian


def test_the_button_that_it_speaks_of_is_called_so(seminar: Seminar) -> None:
    page = seminar.info_page("around")
    assert page is not None
    locales = Locales.load()
    for language in seminar.languages:
        label = locales[language].plain("🚕 Show to a driver").removeprefix("🚕 ")
        assert label in page.body.get(language)


def test_the_right_answer_is_not_always_in_the_same_place(seminar: Seminar) -> None:
    assert {question.right for lesson in seminar.lessons for question in lesson.quiz} == {0, 1, 2}


def test_its_files_say_that_it_is_a_sample() -> None:
    for name in ("seminar.yaml", "places.yaml", "programme.yaml", "info.yaml"):
        assert "plausible sample" in (FOLDER / name).read_text(encoding="utf-8").split("\n\n")[0].lower()
