"""Attendance at a session of a part of the people, counted one by one: roll-ups are by group alone."""

import sqlite3
from typing import Final

import orjson

from bot.people_filter import PeopleFilter
from bot.programme.attendance import SessionOn
from bot.store.attendance import AttendanceNumbers
from bot.store.mark import MarkMethod, MarkState
from bot.store.picture_query import Query

_EXPECTED: Final = """
SELECT count(*) AS people FROM person AS p
 WHERE {teachers} AND (:groups = '[]' OR p.group_key IN (SELECT value FROM json_each(:groups)))
"""
_MARKS: Final = """
SELECT m.state, m.how, count(*) AS people
  FROM (SELECT person_id, state, how, max(id) FROM mark WHERE subject = :subject GROUP BY person_id) AS m
  JOIN person AS p ON p.id = m.person_id
 WHERE {teachers}
   AND (:groups = '[]' OR p.group_key IN (SELECT value FROM json_each(:groups)))
 GROUP BY 1, 2
"""
_EXCUSED: Final = """
SELECT count(*) AS people FROM excuse AS e CROSS JOIN person AS p ON p.id = e.person_id
 WHERE (e.seminar, e.date) = (:seminar, :date) AND e.ended_at IS NULL AND {teachers}
   AND (:groups = '[]' OR p.group_key IN (SELECT value FROM json_each(:groups)))
   AND NOT EXISTS (SELECT 1 FROM mark WHERE subject = :subject AND person_id = p.id)
"""


def numbers(
    connection: sqlite3.Connection, on: SessionOn, groups: tuple[str, ...], people: PeopleFilter
) -> AttendanceNumbers:
    """How many of these people, as far as they are in the session's groups (none: all), are in which state now."""
    query, asked = Query(people), orjson.dumps(sorted(groups)).decode()
    about = {"groups": asked, "subject": on.subject, "seminar": on.seminar, "date": on.date.isoformat()}
    rows = query.rows(connection, _MARKS, **about)
    tally = {(MarkState(row["state"]), MarkMethod(row["how"])): row["people"] for row in rows}
    by_state = {state: sum(count for (its, _), count in tally.items() if its is state) for state in MarkState}
    here = {how: tally.get((MarkState.PRESENT, how), 0) + tally.get((MarkState.LATE, how), 0) for how in MarkMethod}
    return AttendanceNumbers(
        query.rows(connection, _EXPECTED, **about)[0]["people"],
        by_state[MarkState.PRESENT],
        by_state[MarkState.LATE],
        by_state[MarkState.EXCUSED] + query.rows(connection, _EXCUSED, **about)[0]["people"],
        tuple((how, count) for how, count in here.items() if count),
        tally.get((MarkState.PRESENT, MarkMethod.ROLL_CALL), 0),
    )
