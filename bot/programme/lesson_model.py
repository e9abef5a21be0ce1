"""What a lesson is: cards, then a quiz. Texts are plain, but for those of cards (see `model`)."""

from dataclasses import dataclass
from pathlib import Path

from bot.languages import Localized
from bot.programme.competency import Competency


@dataclass(frozen=True, slots=True)
class Card:
    """One screen of a lesson. `text` is HTML; `photo` is a file of the seminar's folder."""

    text: Localized
    photo: Path | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, and why it is right or wrong.

    `key` says within its question which one it is, whatever it is moved to: by it answers are kept. An option for which
    the files have none is called by its number, from "1".
    """

    key: str
    text: Localized
    right: bool
    explanation: Localized


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a quiz; exactly one option is right."""

    key: str
    text: Localized
    options: tuple[Option, ...]

    @property
    def right(self) -> int:
        """The index of the right option."""
        return next(index for index, option in enumerate(self.options) if option.right)

    def index_of(self, option: str) -> int | None:
        """The index of the option of that key, or None."""
        return next((index for index, one in enumerate(self.options) if one.key == option), None)


@dataclass(frozen=True, slots=True)
class LessonSource:
    """Where more can be read about a lesson. `title` is in the language of the page; `address` begins with https://."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A short lesson of one day: cards, then a quiz. `sources` and `competencies` may be empty."""

    key: str
    day: int
    title: Localized
    minutes: int
    cards: tuple[Card, ...]
    quiz: tuple[Question, ...]
    sources: tuple[LessonSource, ...] = ()
    competencies: tuple[Competency, ...] = ()

    def question(self, key: str) -> Question | None:
        """The question of that key, or None (an old button may name one that is gone)."""
        return next((question for question in self.quiz if question.key == key), None)
