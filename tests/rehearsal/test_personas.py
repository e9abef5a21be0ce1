"""The people of a rehearsal read the seminar's languages, whichever these are."""

import pytest

from bot.access import Role
from bot.languages import LANGUAGES, Language
from rehearsal import behaviours, programme_changes, staff
from rehearsal.clock import RehearsalClock
from rehearsal.harness import read_seminar, start_of
from rehearsal.personas import NAMES, PersonaFactory
from rehearsal.telegram import World
from tests.rehearsal.sessions import SEMINAR

RU, EN, KO = Language.RUSSIAN, Language.ENGLISH, Language.KOREAN


def personas_for(*languages: Language) -> PersonaFactory:
    return PersonaFactory(World(RehearsalClock(start_of(read_seminar(SEMINAR, None)), speed=0)), 7, languages)


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
    personas = personas_for(*languages)
    assert (
        personas.first_language,
        personas.second_language,
        personas.staff_language,
        personas.host_language,
    ) == roles
    read = [personas.create_teacher().language_code for _ in range(300)]
    assert {one: round(read.count(one) / 300, 1) for one in set(read)} == share


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_of_each_language_have_names_and_words(language: Language) -> None:
    someone = personas_for(language).create(language, Role.ORGANIZER)
    assert (someone.user["first_name"], someone.user["last_name"]) in NAMES[language]
    for words in (
        behaviours.EVENING_COMMENTS,
        behaviours.HELP_REQUESTS,
        behaviours.THANKS,
        staff.QUESTIONS_TO_ABSENT,
        programme_changes.NOTES,
        programme_changes.REASONS,
    ):
        assert words[language]
    assert staff.programme_change([language]).count("13:30") == 1


def test_a_programme_change_is_written_once_in_each_language() -> None:
    assert len(staff.programme_change(LANGUAGES).splitlines()) == len(LANGUAGES)
    assert "автобус" not in staff.programme_change([EN]).lower()
