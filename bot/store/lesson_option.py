"""What people could choose in quizzes when the bot last started, so that their answers keep their meaning."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bot.learning.options import Asked, Change, Choice, Comparison, compare
from bot.programme.model import Seminar
from bot.store import preview as previews

_OF = """
SELECT lesson_key, question_key, option_key, texts, is_right, gone FROM lesson_option WHERE seminar = ?
 ORDER BY lesson_key, question_key, option_key
"""
_FORGET = "DELETE FROM lesson_option WHERE seminar = ?"
_KEEP = """
INSERT INTO lesson_option (seminar, lesson_key, question_key, option_key, texts, is_right, gone)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
"""
# One statement: two options that change places would else become one.
_RENAME = """
UPDATE lesson_answer SET option_key = json_extract(moved.value, '$[3]')
  FROM json_each(?) AS moved
 WHERE seminar = ?
   AND lesson_key = json_extract(moved.value, '$[0]') AND question_key = json_extract(moved.value, '$[1]')
   AND option_key = json_extract(moved.value, '$[2]')
"""
_PEOPLE = """
SELECT lesson_key, question_key, option_key, count(*) AS people FROM lesson_answer WHERE seminar = ? GROUP BY 1, 2, 3
"""


def follow(connection: sqlite3.Connection, seminar: Seminar) -> list[tuple[Change, int]]:
    """Let the answers follow their options into the lessons as they are now, and remember these.

    Returns what changed since the last time of the options that people chose, and how many did.
    """
    before = _remembered(connection, seminar.key)
    comparison = compare(before, seminar.lessons)
    told = _answered(connection, seminar.key, comparison, fresh=True)
    if comparison.renamed:
        moved = [[*asked, old, new] for (asked, old), new in comparison.renamed.items()]
        connection.execute(_RENAME, (json.dumps(moved), seminar.key))
    if set(map(_row, comparison.choices)) != set(map(_row, before)):
        connection.execute(_FORGET, (seminar.key,))
        connection.executemany(_KEEP, [(seminar.key, *_row(choice)) for choice in comparison.choices])
    return told


def preview(path: Path, seminar: Seminar) -> list[tuple[Change, int]]:
    """What `follow` would return, with what it has told of before and is still so. The file is only read.

    Nothing where there is no database, or none that can be read.
    """

    def changed(connection: sqlite3.Connection) -> list[tuple[Change, int]]:
        comparison = compare(_remembered(connection, seminar.key), seminar.lessons)
        return _answered(connection, seminar.key, comparison, fresh=False)

    return previews.preview(path, changed)


def _remembered(connection: sqlite3.Connection, seminar: str) -> list[Choice]:
    return [
        Choice(
            Asked(row["lesson_key"], row["question_key"]),
            row["option_key"],
            json.loads(row["texts"]),
            bool(row["is_right"]),
            bool(row["gone"]),
        )
        for row in connection.execute(_OF, (seminar,))
    ]


def _answered(
    connection: sqlite3.Connection, seminar: str, comparison: Comparison, *, fresh: bool
) -> list[tuple[Change, int]]:
    changes = [one for one in comparison.changes if not (fresh and one.before.gone and one.now is None)]
    if not changes:
        return []
    people = _people(connection.execute(_PEOPLE, (seminar,)))
    counted = [(one, people.get((one.before.asked, one.before.key), 0)) for one in changes]
    return [(one, count) for one, count in counted if count]


def _people(rows: Iterable[sqlite3.Row]) -> dict[tuple[Asked, str], int]:
    return {(Asked(row["lesson_key"], row["question_key"]), row["option_key"]): row["people"] for row in rows}


def _row(choice: Choice) -> tuple[str, str, str, str, int, int]:
    texts = json.dumps(dict(choice.texts), ensure_ascii=False, sort_keys=True)
    return (*choice.asked, choice.key, texts, int(choice.right), int(choice.gone))
