"""How a quiz is graded. The first answer to a question counts; a later one is explained but changes nothing.

Answers are plain data, as the store keeps them: from question key to the index of the option chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.programme.model import Lesson, Option, Question

Answers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Verdict:
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


def judge(question: Question, chosen: int, earlier: int | None = None) -> Verdict:
    """The verdict on the option of index `chosen`; `earlier` is the answer that was given before, if any.

    A tap that comes twice (the same option again) counts as the first one. Raises IndexError for an option
    that does not exist.
    """
    if not 0 <= chosen < len(question.options):
        raise IndexError(f"question {question.key} has no option {chosen}")
    option = question.options[chosen]
    return Verdict(option, option.right, earlier is None or earlier == chosen)


def score(lesson: Lesson, answers: Answers) -> Score:
    """The score so far. Answers to questions that the lesson no longer has are left out."""
    given = [(question, answers[question.key]) for question in lesson.quiz if question.key in answers]
    right = sum(question.right == option for question, option in given)
    return Score(right, len(given), len(lesson.quiz))


def next_question(lesson: Lesson, answers: Answers) -> int | None:
    """The number, from 1, of the first question without an answer, or None when all have one."""
    for number, question in enumerate(lesson.quiz, 1):
        if question.key not in answers:
            return number
    return None
