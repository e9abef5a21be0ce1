"""A file of `lessons/`: cards, then a quiz, then sources, and the competencies that it teaches."""

from pathlib import Path

from bot.programme.competency import COMPETENCIES, Competency
from bot.programme.fields import Fields
from bot.programme.files import file_name
from bot.programme.keys import Keys
from bot.programme.lesson_model import Card, Lesson, LessonSource, Option, Question
from bot.programme.parts import NAME
from bot.programme.picture_fields import read_picture
from bot.programme.values import is_public_page

# A card is what fits a small phone; Telegram's own limits for a quiz are 100 an option, 200 an explanation.
CARD, QUESTION, OPTION, EXPLANATION = 900, 250, 100, 200
# As many as are looked at on a phone; together they fit into the message with the result.
SOURCES, SOURCE_TITLE, SOURCE_ADDRESS = 6, 120, 300
_COMPETENCIES = 3  # a lesson of some minutes that claims more teaches none of them


class Lessons:
    """Reads one lesson after another; keys and days must differ between them."""

    def __init__(self, folder: Path, days_count: int | None) -> None:
        self._folder = folder
        self._days_count = days_count
        self._keys = Keys()
        self._days: dict[int, str] = {}

    def read(self, fields: Fields, path: Path) -> Lesson:
        """Read the lesson that is in the file `path`."""
        lesson = Lesson(
            key=self._keys.take(fields),
            day=fields.number("day", 1, self._days_count or 60),
            title=fields.localized("title", NAME),
            minutes=fields.number("minutes", 1, 60),
            cards=tuple(self._read_card(card) for card in fields.children("cards", "card", 1, 12)),
            quiz=_read_quiz(fields),
            sources=_read_sources(fields),
            competencies=tuple(
                one
                for text in fields.words("competencies", [str(each) for each in COMPETENCIES], _COMPETENCIES)
                if (one := Competency.of(text)) is not None
            ),
        )
        if fields.ok:
            self._check_day(lesson, fields, path)
        fields.finish()
        return lesson

    def _check_day(self, lesson: Lesson, fields: Fields, path: Path) -> None:
        first = self._days.setdefault(lesson.day, path.name)
        if first != path.name:
            fields.wrong("day", f"day {lesson.day} has its lesson in {first}", "choose another day")
        name = file_name(lesson.day, lesson.key)
        if path.name != name:
            fields.wrong("key", f"the file of this lesson is called {path.name}", f"rename it to {name}")

    def _read_card(self, fields: Fields) -> Card:
        text = fields.languages(CARD, markup=True)
        photo = read_picture(fields, "photo", self._folder)
        fields.finish()
        return Card(text, photo)


def _read_quiz(fields: Fields) -> tuple[Question, ...]:
    keys = Keys()
    return tuple(_read_question(item, keys) for item in fields.children("quiz", "question", 1, 10))


def _read_question(fields: Fields, keys: Keys) -> Question:
    question = Question(
        key=keys.take(fields),
        text=fields.localized("question", QUESTION),
        options=_read_options(fields),
    )
    right = sum(option.right for option in question.options)
    if fields.has("options") and right != 1:
        what = f"{fields.name} has {right} right answers"
        fields.wrong("options", what, "write `right: true` at exactly one option")
    fields.finish()
    return question


def _read_options(fields: Fields) -> tuple[Option, ...]:
    keys = Keys()
    return tuple(
        _read_option(item, keys.take(item) if item.has("key") else str(number))
        for number, item in enumerate(fields.children("options", "option", 2, 6), 1)
    )


def _read_option(fields: Fields, key: str) -> Option:
    option = Option(
        key=key,
        text=fields.localized("text", OPTION),
        right=fields.flag("right"),
        explanation=fields.localized("explanation", EXPLANATION),
    )
    fields.finish()
    return option


def _read_sources(fields: Fields) -> tuple[LessonSource, ...]:
    if not fields.has("sources"):
        return ()
    return tuple(_read_source(item) for item in fields.children("sources", "source", 1, SOURCES))


def _read_source(fields: Fields) -> LessonSource:
    source = LessonSource(title=fields.text("title", SOURCE_TITLE), address=fields.text("address", SOURCE_ADDRESS))
    if source.address and not is_public_page(source.address):
        what = f"`address: {source.address[:60]}` is not the address of a public page"
        fields.wrong("address", what, "copy it from a browser, like https://www.unesco.org/en/digital-education")
    fields.finish()
    return source
