"""Who plays: people who read the seminar's languages, whichever these are."""

import pytest

from bot.access import Role
from bot.languages import LANGUAGES, Language
from rehearsal import habits, staff
from rehearsal.cast import NAMES, Cast
from rehearsal.clock import RehearsalClock
from rehearsal.stage import opening, read_seminar
from rehearsal.telegram import World
from tests.rehearsal.sessions import SEMINAR

RU, EN, KO = Language.RUSSIAN, Language.ENGLISH, Language.KOREAN


def cast_of(*languages: Language) -> Cast:
    return Cast(World(RehearsalClock(opening(read_seminar(SEMINAR, None)), speed=0)), 7, languages)


@pytest.mark.parametrize(
    ("languages", "roles", "share"),
    [
        (LANGUAGES, ("tg", "ru", "en", "ko"), {"tg": 0.6, "ru": 0.3, "en": 0.1}),
        ((RU, EN), ("ru", "en", "ru", "en"), {"ru": 0.7, "en": 0.3}),
        ((KO,), ("ko", "ko", "ko", "ko"), {"ko": 1.0}),
    ],
)
def test_people_read_what_the_seminar_is_written_in(
    languages: tuple[Language, ...], roles: tuple[str, ...], share: dict[str, float]
) -> None:
    cast = cast_of(*languages)
    assert (cast.most, cast.some, cast.working, cast.host) == roles
    read = [cast.teacher().language_code for _ in range(300)]
    assert {one: round(read.count(one) / 300, 1) for one in set(read)} == share


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_of_each_language_have_names_and_words(language: Language) -> None:
    someone = cast_of(language).person(language, Role.ORGANIZER)
    assert (someone.user["first_name"], someone.user["last_name"]) in NAMES[language]
    for words in (habits._WORDS, habits._CALLS, habits._THANKS, staff._CARE):
        assert words[language]
    assert staff.news([language]).count("13:30") == 1


def test_news_are_told_once_in_each_language() -> None:
    assert len(staff.news(LANGUAGES).splitlines()) == len(LANGUAGES)
    assert "автобус" not in staff.news([EN]).lower()
