"""Numbers asked for in words, in four languages: a table of what people type, and what it is understood as."""

from datetime import date
from typing import Final

import pytest

from bot.languages import Language
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.loading import load
from bot.stats_query import Asked, understood
from bot.stats_words import StatsTopic
from tests.kit.settings import SEMINAR

_SEMINAR: Final = load(SEMINAR)
_TODAY: Final = date(2025, 8, 6)  # day 3, a Wednesday
_DISTRICTS: Final = ("Суғд", "Хатлон", "Душанбе", "ноҳияи Сино")
_SCHOOLS: Final = ("МТМУ №5", "Мактаби №12, Хуҷанд", "Лицей «Ориён»")
_LESSON_3: Final = _SEMINAR.lessons[2].key


def ask(query: str) -> Asked:
    return understood(query, _SEMINAR, districts=_DISTRICTS, schools=_SCHOOLS, today=_TODAY)


def people(
    *groups: str, district: str = "", school: str = "", language: Language | None = None, day: int | None = None
) -> FigureFilter:
    return FigureFilter(
        PeopleFilter(
            groups, (district,) if district else (), (school,) if school else (), (language,) if language else ()
        ),
        day,
        day,
    )


def session(key: str, day: int | None = None) -> FigureFilter:
    return FigureFilter(first_day=day, last_day=day, session=key)


TABLE: Final[dict[str, tuple[FigureFilter, StatsTopic]]] = {
    # groups
    "group B yesterday": (people("zarafshon", day=2), StatsTopic.OVERVIEW),
    "group 2": (people("zarafshon"), StatsTopic.OVERVIEW),
    "вчера группа Б": (people("zarafshon", day=2), StatsTopic.OVERVIEW),
    "группа В": (people("vakhsh"), StatsTopic.OVERVIEW),
    "어제 B조": (people("zarafshon", day=2), StatsTopic.OVERVIEW),
    "2모둠 오늘": (people("zarafshon", day=3), StatsTopic.OVERVIEW),
    "дирӯз гурӯҳи Б": (people("zarafshon", day=2), StatsTopic.OVERVIEW),
    "Pamir": (people("pamir"), StatsTopic.OVERVIEW),
    "group Pamir": (people("pamir"), StatsTopic.OVERVIEW),
    "гурӯҳи Помир имрӯз": (people("pamir", day=3), StatsTopic.OVERVIEW),
    "Памира": (people("pamir"), StatsTopic.OVERVIEW),
    "파미르 모둠": (people("pamir"), StatsTopic.OVERVIEW),
    "Pamir and Zarafshon": (people("pamir", "zarafshon"), StatsTopic.OVERVIEW),
    "ПАМИР, вчера!": (people("pamir", day=2), StatsTopic.OVERVIEW),
    "groups": (people(), StatsTopic.GROUPS),
    "по группам вчера": (people(day=2), StatsTopic.GROUPS),
    "аз рӯи гурӯҳҳо": (people(), StatsTopic.GROUPS),
    "모둠별": (people(), StatsTopic.GROUPS),
    # lessons
    "lesson 3": (FigureFilter(lesson=_LESSON_3), StatsTopic.LESSONS),
    "урок 3": (FigureFilter(lesson=_LESSON_3), StatsTopic.LESSONS),
    "3-й урок": (FigureFilter(lesson=_LESSON_3), StatsTopic.LESSONS),
    "дарси 3": (FigureFilter(lesson=_LESSON_3), StatsTopic.LESSONS),
    "3강": (FigureFilter(lesson=_LESSON_3), StatsTopic.LESSONS),
    "A strong password": (FigureFilter(lesson="passwords"), StatsTopic.LESSONS),
    "Надёжный пароль": (FigureFilter(lesson="passwords"), StatsTopic.LESSONS),
    "lessons": (people(), StatsTopic.LESSONS),
    "lesson 3 questions": (FigureFilter(lesson=_LESSON_3), StatsTopic.QUESTIONS),
    "вопросы урока 3": (FigureFilter(lesson=_LESSON_3), StatsTopic.QUESTIONS),
    # sessions
    "Opening ceremony": (session("opening"), StatsTopic.SESSIONS),
    "attendance": (people(), StatsTopic.SESSIONS),
    "посещаемость вчера": (people(day=2), StatsTopic.SESSIONS),
    "давомоти имрӯз": (people(day=3), StatsTopic.SESSIONS),
    "어제 출석": (people(day=2), StatsTopic.SESSIONS),
    "Урок при слабом интернете": (session("low-data"), StatsTopic.SESSIONS),
    "day 1 session 2": (session("korea-story", 1), StatsTopic.SESSIONS),
    # districts, schools, languages
    "Суғд": (people(district="Суғд"), StatsTopic.OVERVIEW),
    "Sughd": (people(district="Суғд"), StatsTopic.OVERVIEW),
    "Хатлон дирӯз": (people(district="Хатлон", day=2), StatsTopic.OVERVIEW),
    "район Сино": (people(district="ноҳияи Сино"), StatsTopic.OVERVIEW),
    "Душанбе": (people(district="Душанбе"), StatsTopic.OVERVIEW),
    "school 5": (people(school="МТМУ №5"), StatsTopic.OVERVIEW),
    "школа № 12": (people(school="Мактаби №12, Хуҷанд"), StatsTopic.OVERVIEW),
    "Ориён": (people(school="Лицей «Ориён»"), StatsTopic.OVERVIEW),
    "по районам": (people(), StatsTopic.DISTRICTS),
    "мактабҳо": (people(), StatsTopic.SCHOOLS),
    "Korean": (people(language=Language.KOREAN), StatsTopic.OVERVIEW),
    "на русском": (people(language=Language.RUSSIAN), StatsTopic.OVERVIEW),
    "тоҷикӣ": (people(language=Language.TAJIK), StatsTopic.OVERVIEW),
    "по языкам": (people(), StatsTopic.LANGUAGES),
    # days
    "today": (people(day=3), StatsTopic.OVERVIEW),
    "позавчера": (people(day=1), StatsTopic.OVERVIEW),
    "4 August": (people(day=1), StatsTopic.OVERVIEW),
    "August 4": (people(day=1), StatsTopic.OVERVIEW),
    "4 августа": (people(day=1), StatsTopic.OVERVIEW),
    "8월 4일": (people(day=1), StatsTopic.OVERVIEW),
    "2025-08-04": (people(day=1), StatsTopic.OVERVIEW),
    "04.08": (people(day=1), StatsTopic.OVERVIEW),
    "day 2": (people(day=2), StatsTopic.OVERVIEW),
    "рӯзи 2": (people(day=2), StatsTopic.OVERVIEW),
    "2일차": (people(day=2), StatsTopic.OVERVIEW),
    "Monday": (people(day=1), StatsTopic.OVERVIEW),
    "вторник": (people(day=2), StatsTopic.OVERVIEW),
    "from 4 August to 5 August": (FigureFilter(first_day=1, last_day=2), StatsTopic.OVERVIEW),
    "days": (people(), StatsTopic.DAYS),
    # other topics
    "компетенции": (people(), StatsTopic.COMPETENCIES),
    "silent": (people(), StatsTopic.REACH),
    "огоҳиҳо": (people(), StatsTopic.ALERTS),
    "": (people(), StatsTopic.OVERVIEW),
}


@pytest.mark.parametrize("query", list(TABLE))
def test_what_people_type_is_understood(query: str) -> None:
    asked = ask(query)
    assert (asked.chosen, asked.topic) == TABLE[query]
    assert asked.unknown == ()


NOT_UNDERSTOOD: Final = {
    "Pmair": ("pmair", "pamir"),
    "Согд": ("согд", "Суғд"),
    "Зарафшхн вчера": ("зарафшхн", "zarafshon"),
    "lesson 99": ("99", ""),
    "30 February": ("30 february", ""),
    "xyzzy": ("xyzzy", ""),
    "lunch": ("lunch", "lunch-1"),
}


@pytest.mark.parametrize("query", list(NOT_UNDERSTOOD))
def test_what_is_not_understood_is_told_with_the_nearest(query: str) -> None:
    asked = ask(query)
    word, value = NOT_UNDERSTOOD[query]
    assert word in asked.unknown
    assert [one.meaning.value for one in asked.offers if one.meaning.value == value] == ([value] if value else [])
    assert len(asked.offers) <= 4


def test_an_offer_keeps_what_was_understood() -> None:
    [offer] = [one for one in ask("Согд вчера").offers if one.meaning.value == "Суғд"]
    assert offer.chosen == people(district="Суғд", day=2)


def test_anything_typed_gives_an_answer() -> None:
    for query in (
        "\x00",
        "'" * 500,
        "1" * 400,
        "#3",
        "session 99",
        "день 0",
        "group ٣",
        "²",
        "조 조 조",
        "<b>",
        "день",
    ):
        assert ask(query).topic in set(StatsTopic)


def test_a_session_that_the_day_does_not_have_is_not_understood() -> None:
    assert ask("day 1 session 9").unknown == ("#9",)
    assert ask("day 1 session 9").chosen == FigureFilter(first_day=1, last_day=1)
    assert ask("day 1 session 2").unknown == ()
