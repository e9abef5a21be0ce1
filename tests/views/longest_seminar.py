"""The longest seminar that `check` lets through: every name, text and list as long as it may be."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.languages import LANGUAGES, Localized
from bot.programme import lessons, maps, parts, sessions, shifts
from bot.programme.lesson_model import Card, Lesson, LessonSource, Option, Question
from bot.programme.model import (
    Contact,
    Day,
    DutyShift,
    Group,
    InfoPage,
    MapProvider,
    Place,
    Seminar,
    Session,
    SessionKind,
)
from bot.programme.values import KEY_LENGTH
from tests.views.samples import SEMINAR


def plain(units: int) -> str:
    """Text of that many UTF-16 units, with everything that has to be escaped."""
    return ("Ҷӯӣ <b>&amp; " * units)[: units - 1] + "ӯ"


def text(units: int) -> Localized:
    return Localized({language.value: plain(units) for language in LANGUAGES})


def html(units: int) -> Localized:
    whole = "<b>" + "ҷ" * (units - 1) + "</b>\n"
    return Localized({language.value: whole for language in LANGUAGES})


def key(letter: str, number: int) -> str:
    return f"{letter}{number}".ljust(KEY_LENGTH, "x")


def _lesson(day: int) -> Lesson:
    option = Option("1", text(lessons.OPTION), False, text(lessons.EXPLANATION))
    options = (*(replace(option, key=key("o", n)) for n in range(5)), replace(option, key=key("o", 5), right=True))
    quiz = tuple(Question(key("q", n), text(lessons.QUESTION), options) for n in range(10))
    cards = tuple(Card(html(lessons.CARD)) for _ in range(12))
    source = LessonSource(plain(lessons.SOURCE_TITLE), "https://example.org/?a=1&b=".ljust(lessons.SOURCE_ADDRESS, "x"))
    return Lesson(key("l", day), day, text(parts.NAME), 60, cards, quiz, (source,) * lessons.SOURCES)


GROUPS = tuple(Group(key("g", n), text(parts.BUTTON)) for n in range(20))
_PLACES = {
    key("p", n): Place(key("p", n), text(parts.NAME), text(parts.ADDRESS), plain(parts.ADDRESS), -89.123456, 179.123456)
    for n in range(30)
}


def _session(day: int, number: int) -> Session:
    start = (datetime(2025, 1, 1, 8, tzinfo=UTC) + timedelta(minutes=20 * number)).time()
    return Session(
        key("s", 100 * day + number),
        day,
        start,
        (datetime.combine(date(2025, 1, 1), start) + timedelta(minutes=20)).time(),
        text(parts.TITLE),
        SessionKind.SCHOOL_VISIT,
        speaker=text(sessions.SPEAKER),
        place=key("p", number),
        groups=tuple(group.key for group in GROUPS[1:]),
        note=text(sessions.NOTE),
    )


LONGEST: Seminar = replace(
    SEMINAR,
    key=key("s", 1),
    title=text(parts.TITLE),
    about=text(parts.ABOUT),
    place=text(parts.NAME),
    groups=GROUPS,
    contacts=tuple(
        Contact(key("c", n), text(parts.NAME), text(parts.TITLE), "+82 10 1234 5678 901", "a" * 32) for n in range(20)
    ),
    places=_PLACES,
    days=tuple(Day(n, text(sessions.THEME), tuple(_session(n, s) for s in range(30))) for n in range(1, 61)),
    lessons=tuple(_lesson(day) for day in range(1, 61)),
    maps=(MapProvider(text(maps.NAME), "https://example.org/{latitude}/{longitude}/{name}/".ljust(300, "x")),) * 4,
    duty=tuple(DutyShift(key("d", n), text(shifts.TITLE), time(7), time(7)) for n in range(6)),
    info=tuple(InfoPage(key("i", n), text(parts.BUTTON), html(parts.PAGE)) for n in range(30)),
)
