"""The sample seminar: complete, honest about being a sample, and written with the right letters."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.languages import LANGUAGES, Localized
from bot.programme import Seminar, load
from bot.programme.markup import find_fault, plain_text, utf16_length
from bot.programme.model import SessionKind

FOLDER = Path(__file__).parents[2] / "seminars/sejong-2025"
TAJIK = set("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя")
RUSSIAN = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


@pytest.fixture(scope="module")
def seminar() -> Seminar:
    return load(FOLDER)


def texts(value: object) -> Iterator[Localized]:
    """Every text in four languages anywhere below a value."""
    if isinstance(value, Localized):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)


def test_it_is_the_two_weeks_from_4_august_2025_in_sejong(seminar: Seminar) -> None:
    assert (seminar.first, seminar.last) == (date(2025, 8, 4), date(2025, 8, 17))
    assert (seminar.zone, seminar.home_zone) == (ZoneInfo("Asia/Seoul"), ZoneInfo("Asia/Dushanbe"))
    assert [day.number for day in seminar.days] == list(range(1, 15))
    assert len(seminar.groups) == 3
    assert {session.kind for day in seminar.days for session in day.sessions} == set(SessionKind)
    assert all(3 <= len(day.sessions) <= 7 for day in seminar.days)


def test_each_working_day_has_a_lesson(seminar: Seminar) -> None:
    assert [lesson.day for lesson in seminar.lessons] == [1, 2, 3, 4, 5, 8, 9, 10, 11, 12]
    assert all(len(lesson.cards) >= 4 for lesson in seminar.lessons)
    assert all(len(lesson.quiz) == 3 for lesson in seminar.lessons)


def test_the_right_answer_is_not_always_in_the_same_place(seminar: Seminar) -> None:
    places = [question.right for lesson in seminar.lessons for question in lesson.quiz]
    assert all(places.count(place) >= 7 for place in range(3))
    assert all(len({question.right for question in lesson.quiz}) > 1 for lesson in seminar.lessons)


def test_the_right_answer_is_never_the_longest(seminar: Seminar) -> None:
    """Lesson 3 teaches it: where the right answer is longer than every other, pupils pick the longest."""
    for lesson in seminar.lessons:
        for question in lesson.quiz:
            for language in LANGUAGES:
                lengths = [len(option.text.get(language)) for option in question.options]
                right = lengths.pop(question.right)
                assert right <= max(lengths), (lesson.key, question.key, language)


def test_how_to_begin_at_home_is_read_before_the_plans_are_made(seminar: Seminar) -> None:
    lesson, plans = seminar.lesson("first-month"), seminar.session("plan-draft")
    assert lesson is not None
    assert plans is not None
    assert lesson.day < plans.day


def test_fridays_name_the_prayer(seminar: Seminar) -> None:
    fridays = [day for day in seminar.days if seminar.date_of(day.number).weekday() == 4]
    assert [day.number for day in fridays] == [5, 12]
    for day in fridays:
        assert any(session.note and "Friday prayer" in session.note.get("en") for session in day.sessions)


def test_each_lesson_names_public_sources(seminar: Seminar) -> None:
    assert all(lesson.sources for lesson in seminar.lessons)
    addresses = [source.address for lesson in seminar.lessons for source in lesson.sources]
    assert len(addresses) == len(set(addresses))


def test_every_place_of_the_seminar_is_used(seminar: Seminar) -> None:
    used = {session.place for day in seminar.days for session in day.sessions} - {None}
    assert used == set(seminar.places)


def test_every_text_is_there_in_every_language_and_in_its_own_letters(seminar: Seminar) -> None:
    for text in texts(seminar):
        assert set(text.texts) == set(LANGUAGES)
        shown: dict[str, str] = {language: plain_text(text.get(language)).lower() for language in LANGUAGES}
        cyrillic: dict[str, set[str]] = {
            language: set(re.findall(r"[\u0400-\u04ff]", shown[language])) for language in LANGUAGES
        }
        assert cyrillic["tg"] <= TAJIK | RUSSIAN, shown["tg"]
        assert cyrillic["ru"] <= RUSSIAN, shown["ru"]
        assert not cyrillic["en"], shown["en"]
        assert not cyrillic["ko"], shown["ko"]
        # a Latin letter inside a Cyrillic word looks right and is found by no search
        for language in ("tg", "ru"):
            assert not re.search(r"[а-яёғӣқӯҳҷ][a-z]|[a-z][а-яёғӣқӯҳҷ]", shown[language]), shown[language]


def test_tajik_is_written_with_tajik_letters(seminar: Seminar) -> None:
    words = re.findall(r"\w+", " ".join(plain_text(text.get("tg")) for text in texts(seminar)).lower())
    foreign = {word for word in words if set(word) & set("щыьц")}
    # names of menus, buttons and functions in Russian programs, which many teachers have on their phones
    menus = {"счётесли", "конфиденциальность", "облачный", "пароль", "викторины", "закрепить"}
    menus |= {"универсальный", "устный"}
    assert foreign <= menus | {"литсей"}


def test_markup_and_lengths_hold_in_every_language(seminar: Seminar) -> None:
    for lesson in seminar.lessons:
        for card in lesson.cards:
            for language in LANGUAGES:
                assert find_fault(card.text.get(language)) is None
                assert 60 < utf16_length(plain_text(card.text.get(language))) <= 900


def test_its_files_say_that_it_is_a_sample() -> None:
    for name in ("seminar.yaml", "places.yaml", "programme.yaml", "info.yaml"):
        assert "plausible sample" in (FOLDER / name).read_text(encoding="utf-8").split("\n\n")[0].lower()
