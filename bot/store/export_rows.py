"""The rows of each table of a file with data, one query a table; columns are called as `bot.export_columns` says.

The rows come as they are read, so that a table of a million is never in memory. `{people}` is whom the file is about.
"""

import html
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Final

Row = tuple[str | int | float | None, ...]

# Of whom something is told: teachers who have joined, also those who are no members any more; nobody who is erased.
TEACHER: Final = "p.role = 'teacher' AND p.telegram_id > 0 AND p.joined_at IS NOT NULL"

_WHO: Final = 'p.id AS person, p.name, p.group_key AS "group"'
PEOPLE: Final = f"""
SELECT {_WHO}, nullif(r.latin_name, '') AS latin_name, p.username, CAST(p.telegram_id AS TEXT) AS telegram_id,
       nullif(r.phone, '') AS phone, nullif(r.district, '') AS district, nullif(r.school, '') AS school, p.language,
       CASE WHEN p.state <> 'active' THEN 'left' WHEN p.paused_at IS NOT NULL THEN 'paused' ELSE 'member' END AS state,
       p.reachable, p.joined_at
  FROM person AS p LEFT JOIN roster AS r ON r.person_id = p.id WHERE {{people}} ORDER BY p.id
"""  # noqa: S608 - constants of this page
# Of one session on a date: whoever has a mark, and whoever was expected.
ATTENDANCE: Final = f"""
SELECT {_WHO}, :date AS date, :session AS session, :begins AS begins,
       coalesce(m.state, CASE WHEN e.id IS NULL THEN 'none' ELSE 'excused' END) AS mark,
       CASE WHEN m.id IS NULL AND e.id IS NOT NULL THEN 'day' ELSE m.how END AS how, coalesce(m.at, e.at) AS marked_at
  FROM person AS p
  LEFT JOIN mark AS m ON m.id = (SELECT max(id) FROM mark WHERE subject = :subject AND person_id = p.id)
  LEFT JOIN excuse AS e ON (e.seminar, e.date, e.person_id) = (:seminar, :date, p.id) AND e.ended_at IS NULL
 WHERE {{people}} AND (m.id IS NOT NULL OR (
       p.state = 'active' AND p.joined_at < :ends
       AND (:of = '[]' OR p.group_key IN (SELECT value FROM json_each(:of)))))
 ORDER BY p.id
"""  # noqa: S608
CHECKINS: Final = f"""
SELECT {_WHO}, c.date, c.slot, c.answered_at, c.late, c.mood, c.words
  FROM checkin AS c JOIN person AS p ON p.id = c.person_id
 WHERE c.seminar = :seminar AND c.date BETWEEN :first AND :last AND {{people}} ORDER BY c.date, c.slot, c.person_id
"""  # noqa: S608
LESSONS: Final = f"""
SELECT {_WHO}, l.lesson_key AS lesson, l.begun_at, l.reached, l.done_at,
       CASE WHEN l.done_at IS NOT NULL THEN l.score END AS score,
       CASE WHEN l.done_at IS NOT NULL THEN l.questions END AS questions
  FROM lesson_progress AS l JOIN person AS p ON p.id = l.person_id
 WHERE l.seminar = :seminar AND l.begun_at >= :since AND l.begun_at < :until AND l.lesson_key GLOB :lesson
   AND {{people}}
 ORDER BY l.person_id, l.lesson_key
"""  # noqa: S608
ANSWERS: Final = f"""
SELECT {_WHO}, a.lesson_key AS lesson, a.lesson_key || '/' || a.question_key AS question,
       a.lesson_key || '/' || a.question_key || '/' || a.option_key AS answer,
       a.lesson_key || '/' || a.question_key || '/' || a.option_key IN (SELECT value FROM json_each(:right)) AS right,
       a.answered_at
  FROM lesson_answer AS a JOIN person AS p ON p.id = a.person_id
 WHERE a.seminar = :seminar AND a.answered_at >= :since AND a.answered_at < :until AND a.lesson_key GLOB :lesson
   AND {{people}}
 ORDER BY a.person_id, a.lesson_key, a.question_key
"""  # noqa: S608
# What was passed on. Words of calls for help are in no file: they may be about somebody's health.
QUESTIONS: Final = f"""
SELECT h.id AS number, {_WHO}, h.asked_at,
       (SELECT q.words FROM help_message AS q WHERE q.help_id = h.id AND q.author_id = h.person_id
           AND q.passed_at IS NOT NULL ORDER BY q.id LIMIT 1) AS words,
       (SELECT min(q.written_at) FROM help_message AS q WHERE q.person_id = h.person_id AND q.author_id <> h.person_id
           AND q.passed_at IS NOT NULL AND q.written_at >= h.asked_at) AS answered_at,
       h.state, h.settled_at
  FROM help_call AS h JOIN person AS p ON p.id = h.person_id
 WHERE h.kind IN ('question', 'other') AND h.asked_at >= :since AND h.asked_at < :until AND {{people}} ORDER BY h.id
"""  # noqa: S608
# One that is about nobody is told of where the file is about all. Files are passed on: who was unwell is not in them.
ALERTS: Final = f"""
SELECT a.id AS number, CASE a.kind WHEN 'unwell' THEN 'help' ELSE a.kind END AS kind, {_WHO}, a.opened_at, a.state,
       a.taken_at,
       round((julianday(a.taken_at) - julianday(a.opened_at)) * 1440, 1) AS minutes_to_taken, a.settled_at,
       round((julianday(a.first_settled_at) - julianday(a.opened_at)) * 1440, 1) AS minutes_to_settled, a.reopened
  FROM alert AS a LEFT JOIN person AS p ON p.id = a.person_id
 WHERE a.opened_at >= :since AND a.opened_at < :until AND a.subject NOT GLOB 'erased:*'
   AND ((:whole AND a.person_id IS NULL) OR ({{people}})) ORDER BY a.id
"""  # noqa: S608
BROADCASTS: Final = """
SELECT * FROM (
    SELECT b.id AS number,
           (SELECT v.text FROM broadcast_version AS v WHERE v.broadcast_id = b.id ORDER BY v.language LIMIT 1) AS text,
           b.state, coalesce(b.due_at, b.confirmed_at) AS sent_at,
           (SELECT count(*) FROM outbox AS o JOIN person AS p ON p.id = o.person_id
             WHERE o.event = 'broadcast:' || b.id AND o.kind = 'broadcast' AND {people}) AS messages,
           (SELECT count(*) FROM outbox AS o JOIN person AS p ON p.id = o.person_id
             WHERE o.event = 'broadcast:' || b.id AND o.kind = 'broadcast' AND o.state IN ('sent', 'unknown')
               AND {people}) AS delivered,
           (SELECT count(*) FROM broadcast_confirmation AS c JOIN person AS p ON p.id = c.person_id
             WHERE c.broadcast_id = b.id AND {people}) AS confirmed
      FROM broadcast AS b
     WHERE b.state NOT IN ('draft', 'dropped') AND b.confirmed_at >= :since AND b.confirmed_at < :until
) WHERE :whole OR messages > 0 ORDER BY number
"""
DELIVERIES: Final = f"""
SELECT o.id AS number, {_WHO}, o.kind, o.due_at, o.state, o.done_at, o.attempts, o.error
  FROM outbox AS o JOIN person AS p ON p.id = o.person_id
 WHERE o.due_at >= :since AND o.due_at < :until AND o.chat_id > 0
   AND (:kinds = '[]' OR o.kind IN (SELECT value FROM json_each(:kinds))) AND {{people}} ORDER BY o.id
"""  # noqa: S608
QUERIES: Final[Mapping[str, str]] = {
    "people": PEOPLE,
    "attendance": ATTENDANCE,
    "checkins": CHECKINS,
    "lessons": LESSONS,
    "answers": ANSWERS,
    "questions": QUESTIONS,
    "alerts": ALERTS,
    "broadcasts": BROADCASTS,
    "deliveries": DELIVERIES,
}
_TAG: Final = re.compile(r"<[^>]*>")


def read(
    connection: sqlite3.Connection, table: str, people: str, values: Mapping[str, object], columns: tuple[str, ...]
) -> Iterator[Row]:
    """The rows of a table, with these columns in this order."""
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(QUERIES[table].format(people=f"{TEACHER} AND {people}"), values)
    names = [one[0] for one in cursor.description]
    places = [names.index(one) for one in columns]
    changes = [(place, _PLAIN[one]) for place, one in enumerate(columns) if one in _PLAIN]
    for row in cursor:
        picked = [row[place] for place in places]
        for place, plain in changes:
            picked[place] = plain(picked[place])
        yield tuple(picked)


def _unmarked(text: object) -> str:
    """A broadcast's text without its HTML."""
    return html.unescape(_TAG.sub("", str(text or "")))


_PLAIN: Final[Mapping[str, Callable[[object], str]]] = {"text": _unmarked}
