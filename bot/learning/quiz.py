"""How a quiz is graded. The first answer to a question counts; a later one is explained but changes nothing.

Answers are plain data, as the store keeps them: from question key to the key of the option chosen.
"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s

from bot.learning.options import is_number
from bot.programme.lesson_model import Lesson, Option, Question

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """What to tell someone who chose an option."""

    option: Option
    right: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Right answers, answers, and questions of a quiz."""

    right: int
    answered: int
    questions: int

    @property
    def complete(self) -> bool:
        """Whether every question has an answer."""
        return self.answered == self.questions


def grade(question: Question, chosen: int, earlier: int | None = None) -> GradedAnswer:
    """The grade of an answer with the option of index `chosen`; `earlier` is the answer that was given before, if any.

    A tap that comes twice (the same option again) counts as the first one. Raises IndexError for an option
    that does not exist.
    """
    if not 0 <= chosen < len(question.options):
        raise IndexError(f"question {question.key} has no option {chosen}")
    option = question.options[chosen]
    return GradedAnswer(option, option.right, earlier is None or earlier == chosen)


def score(lesson: Lesson, answers: Answers) -> Score:
    """The score so far. Answers to questions that are gone are left out; an option that is gone is wrong."""
    given = [(question, answers[question.key]) for question in lesson.quiz if question.key in answers]
    right = sum(question.options[question.right].key == option for question, option in given)
    return Score(right, len(given), len(lesson.quiz))


def mark(question: Question, option: Option) -> str:
    """Six characters that tell an option from all others of its lesson, wherever it is moved to."""
    said = repr(sorted(option.text.texts.items())) if is_number(option.key) else option.key
    digest = blake2s(f"{question.key}:{said}".encode("utf-8", "replace"), digest_size=4).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def marked(lesson: Lesson, number: int, place: int, mark_: str) -> tuple[int, int] | None:
    """The number of a question and the index of its option that a mark means, or None where it is not there any more.

    `number` and `place` say where they were when the mark was made.
    """
    places = [
        (n, index)
        for n, question in enumerate(lesson.quiz, 1)
        for index, option in enumerate(question.options)
        if mark(question, option) == mark_
    ]
    return (number, place) if (number, place) in places else next(iter(places), None)


def next_question(lesson: Lesson, answers: Answers) -> int | None:
    """The number, from 1, of the first question without an answer, or None when all have one."""
    for number, question in enumerate(lesson.quiz, 1):
        if question.key not in answers:
            return number
    return None
