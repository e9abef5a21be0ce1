"""Payloads of buttons: lessons and their quizzes."""

from bot.payload import Payload


class LessonList(Payload, code="lessons1"):
    """Show all lessons."""


class LessonOpen(Payload, code="lesson1"):
    """Open a lesson where one left off."""

    lesson: str


class LessonCard(Payload, code="card1"):
    """Show card number `card` (from 1) of a lesson."""

    lesson: str
    card: int


class LessonPhoto(Payload, code="photo1"):
    """Send the picture of card number `card` (from 1) of a lesson."""

    lesson: str
    card: int


class LessonQuestion(Payload, code="quiz1"):
    """Show question number `question` (from 1) of a lesson's quiz; one past the last shows the result."""

    lesson: str
    question: int


class LessonAnswer(Payload, code="answer3"):
    """Answer question `question` of a lesson with its option `option` (from 1), or with where its `mark` is by now."""

    seminar: str
    lesson: str
    question: int
    option: int
    mark: str
