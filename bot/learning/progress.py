"""How far a person has come in a lesson, where they resume, and what that makes over all lessons.

`reached` is what the store keeps for a person and a lesson: 0 before it was opened, then the number of the
furthest card shown, then one more than there are cards once the quiz was opened. It only grows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.learning.quiz import Answers, Score, next_question, score
from bot.programme.lesson_model import Lesson


class LessonStage(StrEnum):
    """Where a person is in a lesson."""

    NOT_STARTED = "not_started"
    CARD = "card"
    QUESTION = "question"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """Where to resume: `number` is of the card or the question, from 1 (0 otherwise), `of` how many there are."""

    lesson: Lesson
    stage: LessonStage
    number: int
    of: int
    score: Score

    @property
    def done(self) -> bool:
        """Whether every question is answered."""
        return self.stage is LessonStage.DONE


@dataclass(frozen=True, slots=True)
class Totals:
    """Lessons and their questions, counted over several lessons."""

    lessons: int
    started: int
    done: int
    right: int
    answered: int
    questions: int


def progress(lesson: Lesson, reached: int, answers: Answers, finished: Score | None = None) -> LessonProgress:
    """Where someone with this `reached` and these answers stands.

    Who has `finished` it keeps the score that was counted then, also where its questions have changed since.
    Who has answered a question is in the quiz, whatever card they looked at since; a lesson that has become
    shorter or longer since is resumed at what it has now.
    """
    if finished is not None:
        return LessonProgress(lesson, LessonStage.DONE, 0, 0, finished)
    result = score(lesson, answers)
    cards = len(lesson.cards)
    question = next_question(lesson, answers)
    if question is None:
        return LessonProgress(lesson, LessonStage.DONE, 0, 0, result)
    if result.answered or reached > cards:
        return LessonProgress(lesson, LessonStage.QUESTION, question, result.questions, result)
    if reached > 0:
        return LessonProgress(lesson, LessonStage.CARD, reached, cards, result)
    return LessonProgress(lesson, LessonStage.NOT_STARTED, 0, 0, result)


def further(lesson: Lesson, reached: int, shown: int) -> int:
    """The `reached` to keep after card number `shown` (one more than the cards for the quiz) was shown.

    Going back to an earlier card loses nothing.
    """
    return max(reached, min(shown, len(lesson.cards) + 1))


def totals(lessons: Iterable[LessonProgress]) -> Totals:
    """What several lessons make together."""
    seen = list(lessons)
    return Totals(
        lessons=len(seen),
        started=sum(one.stage is not LessonStage.NOT_STARTED for one in seen),
        done=sum(one.done for one in seen),
        right=sum(one.score.right for one in seen),
        answered=sum(one.score.answered for one in seen),
        questions=sum(one.score.questions for one in seen),
    )
