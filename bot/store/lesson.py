"""How far people have come in their lessons, and what they answered first, each seminar by itself.

`lesson_total` counts both for statistics; triggers keep it, see the migration.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import to_text
from bot.learning.progress import LessonProgress, further, progress
from bot.learning.quiz import Score, score
from bot.programme.lesson_model import Lesson, Question


@dataclass(frozen=True, slots=True)
class Standing:
    """What is kept of one person and one lesson: see `bot.learning.progress` for `reached` and `finished`."""

    reached: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    finished: Score | None = None

    def progress(self, lesson: Lesson) -> LessonProgress:
        """Where the person stands in the lesson."""
        return progress(lesson, self.reached, self.answers, self.finished)


_PROGRESS = """
SELECT lesson_key, reached, score, questions, done_at FROM lesson_progress WHERE person_id = ? AND seminar = ?
"""
_ANSWERS = "SELECT lesson_key, question_key, option_key FROM lesson_answer WHERE person_id = ? AND seminar = ?"
_REACH = """
INSERT INTO lesson_progress (person_id, seminar, lesson_key, reached, begun_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (person_id, seminar, lesson_key) DO UPDATE SET reached = excluded.reached WHERE reached < excluded.reached
"""
# An answer that has become impossible, as the question does not have the option any more, does not count.
_ANSWER = """
INSERT INTO lesson_answer (person_id, seminar, lesson_key, question_key, option_key, answered_at)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (person_id, seminar, lesson_key, question_key) DO UPDATE
    SET option_key = excluded.option_key, answered_at = excluded.answered_at
    WHERE option_key NOT IN (SELECT value FROM json_each(?))
"""
_DONE = """
UPDATE lesson_progress SET done_at = ?, score = ?, questions = ?
WHERE person_id = ? AND seminar = ? AND lesson_key = ? AND done_at IS NULL
"""


def get_all(connection: sqlite3.Connection, person_id: int, seminar: str) -> dict[str, Standing]:
    """Where a person stands in every lesson of a seminar (its key) that they have started, by the lesson's key."""
    answers: dict[str, dict[str, str]] = {}
    for row in connection.execute(_ANSWERS, (person_id, seminar)):
        answers.setdefault(row["lesson_key"], {})[row["question_key"]] = row["option_key"]
    return {
        row["lesson_key"]: Standing(row["reached"], answers.get(row["lesson_key"], {}), _finished(row))
        for row in connection.execute(_PROGRESS, (person_id, seminar))
    }


def get(connection: sqlite3.Connection, person_id: int, seminar: str, lesson: str) -> Standing:
    """Where a person stands in one lesson; nothing at all where they have not started it."""
    row = connection.execute(f"{_PROGRESS} AND lesson_key = ?", (person_id, seminar, lesson)).fetchone()
    if row is None:
        return Standing()
    answers = connection.execute(f"{_ANSWERS} AND lesson_key = ?", (person_id, seminar, lesson))
    return Standing(row["reached"], {one["question_key"]: one["option_key"] for one in answers}, _finished(row))


def _finished(row: sqlite3.Row) -> Score | None:
    """The score of a lesson that is done, as it was counted then."""
    return None if row["done_at"] is None else Score(row["score"], row["questions"], row["questions"])


def record_shown(
    connection: sqlite3.Connection, person_id: int, seminar: str, lesson: Lesson, *, number: int, now: datetime
) -> Standing:
    """Card `number` (one more than the cards: the quiz) is shown; return where the person stands then.

    Going back, or seeing a card again, changes nothing.
    """
    before = get(connection, person_id, seminar, lesson.key)
    reached = further(lesson, before.reached, number)
    if reached > before.reached:
        connection.execute(_REACH, (person_id, seminar, lesson.key, reached, to_text(now)))
    return Standing(reached, before.answers, before.finished)


def answer(
    connection: sqlite3.Connection,
    person_id: int,
    seminar: str,
    lesson: Lesson,
    *,
    question: Question,
    option: str,
    now: datetime,
) -> Standing:
    """Answer a question with the option of key `option`, unless it is answered already.

    Returns where the person stands then, with the answer that counts. The last first answer ends the lesson.
    """
    moment = to_text(now)
    record_shown(connection, person_id, seminar, lesson, number=len(lesson.cards) + 1, now=now)
    options = json.dumps([one.key for one in question.options])
    connection.execute(_ANSWER, (person_id, seminar, lesson.key, question.key, option, moment, options))
    after = get(connection, person_id, seminar, lesson.key)
    result = score(lesson, after.answers)
    if result.complete:
        connection.execute(_DONE, (moment, result.right, result.questions, person_id, seminar, lesson.key))
    return after
