"""A small seminar for tests of views, with exactly what they ask about."""

import html
import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.i18n import Locale, Locales
from bot.languages import LANGUAGES, Localized
from bot.programme.lesson_model import Card, Lesson, LessonSource, Option, Question
from bot.programme.model import Contact, Day, Group, Hours, InfoPage, Place, Seminar, Session, SessionKind
from bot.screen import Screen

CATALOGUES = Locales.load()


def text(english: str, **others: str) -> Localized:
    return Localized({**{language.value: english for language in LANGUAGES}, **others})


def words(language: str = "en") -> Locale:
    return CATALOGUES[language]


def session(key: str, day: int, hours: str, title: str = "", **changes: Any) -> Session:
    start, end = (time.fromisoformat(part) for part in hours.split("-"))
    kind = SessionKind(changes.pop("kind", "lecture"))
    return Session(key, day, start, end, text(title or key), kind, **changes)


def lesson(key: str, day: int, *, cards: int = 3, questions: int = 2, photo: Path | None = None) -> Lesson:
    """Every question has three options; the second one is right."""
    return Lesson(
        key=key,
        day=day,
        title=text(f"About {key}"),
        minutes=4,
        cards=tuple(Card(text(f"<b>{key}</b> card {n}"), photo) for n in range(1, cards + 1)),
        quiz=tuple(
            Question(
                f"q{n}",
                text(f"{key} question {n}?"),
                tuple(Option(str(o), text(f"option {n}.{o}"), o == 2, text(f"because {n}.{o}")) for o in (1, 2, 3)),
            )
            for n in range(1, questions + 1)
        ),
        sources=(LessonSource(f"All <about> {key}", f"https://example.org/{key}?a=1&b=2"),),
    )


HALL = Place("hall", text("City hall <3", ko="시청"), text("2130 Hannuri-daero"), "세종 한누리대로 2130", 36.48, 127.29)
SEMINAR = Seminar(
    key="sample",
    title=text("Digital & kind", ko="디지털"),
    about=text("Two days <together>."),
    place=text("Sejong"),
    zone=ZoneInfo("Asia/Seoul"),
    home_zone=ZoneInfo("Asia/Dushanbe"),
    starts_on=date(2025, 8, 4),
    hours=Hours(time(7), time(18, 30), time(8), time(20), timedelta(minutes=30), timedelta(minutes=60)),
    groups=(Group("a", text("Pamir")), Group("b", text("Vakhsh"))),
    contacts=(Contact("duty", text("Minji <on duty>"), text("Day and night"), "+82 10 0000 0001", "hamroh_duty"),),
    places={"hall": HALL},
    days=(
        Day(
            1,
            text("First steps"),
            (
                session("open", 1, "09:00-10:30", "Opening & welcome", place="hall", speaker=text("Kim Minsu")),
                session("tablets", 1, "11:00-12:30", "Tablets", groups=("a",), note=text("Bring a pen")),
                session("robots", 1, "11:00-12:30", "Robots", groups=("b",), kind="workshop"),
                session("museum", 1, "14:00-15:00", "Museum", kind="culture", place="hall", cancelled=True),
            ),
        ),
        Day(2, None, ()),
        Day(3, None, (session("bus", 3, "02:00-03:30", "Night bus", kind="travel"),)),
    ),
    lessons=(lesson("passwords", 1), lesson("networks", 3)),
    info=(InfoPage("money", text("Money"), text("Cards work <b>everywhere</b>.\n")),),
)


def at(moment: str) -> datetime:
    """A moment on the seminar's own clock: `2025-08-04 09:00`."""
    return datetime.fromisoformat(moment).replace(tzinfo=SEMINAR.zone)


def with_day(sessions: tuple[Session, ...], **changes: Any) -> Seminar:
    """The sample with another day 1."""
    places = {one.place: replace(HALL, key=one.place) for one in sessions if one.place}
    days = (Day(1, text("T" * 100), sessions), *SEMINAR.days[1:])
    return replace(SEMINAR, days=days, places={"hall": HALL, **places}, **changes)


def shown(screen: Screen) -> str:
    """The text as people read it."""
    return html.unescape(re.sub(r"<[^<>]+>", "", screen.text))


def labels(screen: Screen) -> list[str]:
    return [button.text for row in screen.rows for button in row]


def data(screen: Screen, label: str) -> str:
    """The callback data of the button with this label."""
    [found] = [button for row in screen.rows for button in row if button.text == label]
    assert isinstance(found.callback_data, str)
    return found.callback_data


def units(screen: Screen) -> int:
    """UTF-16 units, as Telegram counts them."""
    return len(shown(screen).encode("utf-16-le")) // 2
