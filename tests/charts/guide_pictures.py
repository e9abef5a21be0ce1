"""Pictures for the guides: `make screenshots` writes docs/screenshots/pictures/*.png, each kind in four languages.

The numbers are of a made-up seminar: the sample's programme, with thirty teachers of the rehearsal's names.
"""

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from bot import picture_charts
from bot.charts.drawing import draw
from bot.charts.model import Chart, Look
from bot.i18n import Html, Locale, Locales
from bot.languages import LANGUAGES, Language
from bot.people_filter import FigureFilter
from bot.programme import load
from bot.programme.attendance import of_day
from bot.programme.checkin import Slot, window
from bot.programme.model import Seminar
from bot.store.picture import (
    AttendanceFigures,
    AttendedSession,
    DayFigures,
    GroupDay,
    LessonFigures,
    PersonMarks,
    QuestionFigures,
)
from rehearsal.personas import NAMES

ROOT: Final = Path(__file__).parent.parent.parent
FOLDER: Final = ROOT / "docs" / "screenshots" / "pictures"
_TEACHERS: Final = 30
_LOOKS: Final = {"attendance": Look.LIGHT, "days": Look.DARK, "lessons": Look.LIGHT, "quizzes": Look.DARK}

Told = tuple[Chart, list[Html]] | None


def charts(locale: Locale, seminar: Seminar, *, named: bool = True) -> dict[str, Told]:
    """Each kind of picture as it could be on the last day."""
    chance, chosen, on = Random(7), FigureFilter(), seminar.last
    return {
        "attendance": picture_charts.attendance(locale, seminar, chosen, _attendance(seminar, chance), on, named=named),
        "days": picture_charts.days(locale, seminar, chosen, _days(seminar, chance), on),
        "lessons": picture_charts.lessons(locale, seminar, chosen, _lessons(seminar, chance), on),
        "quizzes": picture_charts.questions(locale, seminar, chosen, _questions(seminar, chance), on),
    }


def _attendance(seminar: Seminar, chance: Random) -> AttendanceFigures:
    taken = [one for number in range(1, seminar.days_count + 1) for one in of_day(seminar, seminar.date_of(number))]
    sessions = tuple(AttendedSession(one.on.session, one.on.date) for one in taken)
    names = [" ".join(name) for name in NAMES[Language.TAJIK]] + [" ".join(name) for name in NAMES[Language.RUSSIAN]]
    states = ("present", "late", "excused", "absent", "unknown")
    people = []
    for at in range(_TEACHERS):
        group = seminar.groups[at % len(seminar.groups)]
        marks = [chance.choices(states, (84, 7, 3, 2, 4))[0] if one.is_for(group.key) else "" for one in taken]
        people.append(PersonMarks(names[at % len(names)], group.key, tuple(marks)))
    days = []
    for group in seminar.groups:
        its = [one for one in people if one.group == group.key]
        for on in dict.fromkeys(one.date for one in sessions):
            marks = [one.states[at] for one in its for at, session in enumerate(sessions) if session.date == on]
            asked = [state for state in marks if state]
            if asked:
                days.append(GroupDay(group.key, on, sum(one in {"present", "late"} for one in asked), len(asked)))
    return AttendanceFigures(sessions, tuple(sorted(people, key=lambda one: one.group)), tuple(days))


def _days(seminar: Seminar, chance: Random) -> tuple[DayFigures, ...]:
    found = []
    for number in range(1, seminar.days_count + 1):
        answered = {slot: (chance.randint(22, _TEACHERS), _TEACHERS) for slot in Slot if window(seminar, number, slot)}
        if answered:
            mood = chance.uniform(3.2, 4.8) if Slot.EVENING in answered else None
            found.append(DayFigures(seminar.first + timedelta(days=number - 1), answered, mood))
    return tuple(found)


def _lessons(seminar: Seminar, chance: Random) -> tuple[LessonFigures, ...]:
    found = []
    for lesson in seminar.lessons:
        opened = chance.randint(20, _TEACHERS)
        quiz = opened - chance.randint(0, 6)
        found.append(LessonFigures(lesson.key, opened, quiz, quiz - chance.randint(0, 5), _TEACHERS))
    return tuple(found)


def _questions(seminar: Seminar, chance: Random) -> tuple[QuestionFigures, ...]:
    found = [
        QuestionFigures(lesson.key, question.key, chance.randint(6, 25), 26)
        for lesson in seminar.lessons
        for question in lesson.quiz
    ]
    return tuple(sorted(found, key=lambda one: one.right))


def main() -> None:
    """Write them all."""
    seminar, locales = load(ROOT / "seminars" / "sejong-2025"), Locales.load()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for kind, told in charts(locales[language], seminar, named=False).items():
            assert told is not None, kind
            (FOLDER / f"{kind}.{language}.png").write_bytes(draw(told[0], _LOOKS[kind]))


if __name__ == "__main__":
    main()
