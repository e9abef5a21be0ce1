"""A day's numbers of a part of the people, counted one by one: roll-ups are by group alone."""

import sqlite3
from dataclasses import replace
from datetime import date
from typing import Final

from bot.people_filter import PeopleFilter
from bot.programme.checkin import Slot
from bot.store.picture_query import Query
from bot.store.stats import Numbers, SlotNumbers, Stats

_PEOPLE: Final = """
SELECT coalesce(p.group_key, '') AS group_key, count(*) AS registered, sum(p.reachable) AS reachable
  FROM person AS p WHERE {teachers} GROUP BY 1
"""
_CHECKINS: Final = """
SELECT coalesce(p.group_key, '') AS group_key, c.slot, count(*) AS answered, sum(c.late) AS late,
       sum(c.mood IS 1) AS mood_1, sum(c.mood IS 2) AS mood_2, sum(c.mood IS 3) AS mood_3, sum(c.mood IS 4) AS mood_4,
       sum(c.mood IS 5) AS mood_5
  FROM checkin AS c JOIN person AS p ON p.id = c.person_id
 WHERE c.seminar = :seminar AND c.date = :date AND {teachers} GROUP BY 1, 2
"""
_ACCOUNTED: Final = """
SELECT coalesce(p.group_key, '') AS group_key, a.slot, count(*) AS people
  FROM accounted AS a JOIN person AS p ON p.id = a.person_id
 WHERE a.seminar = :seminar AND a.date = :date AND {teachers} GROUP BY 1, 2
"""
_EXCUSED: Final = """
SELECT coalesce(p.group_key, '') AS group_key, slot.value AS slot, count(*) AS people
  FROM excuse AS e JOIN person AS p ON p.id = e.person_id JOIN json_each('["morning", "evening"]') AS slot
  LEFT JOIN checkin AS c ON (c.seminar, c.date, c.slot, c.person_id) = (:seminar, :date, slot.value, p.id)
  LEFT JOIN accounted AS a ON (a.seminar, a.date, a.slot, a.person_id) = (:seminar, :date, slot.value, p.id)
 WHERE e.seminar = :seminar AND e.date = :date AND e.ended_at IS NULL AND {teachers}
   AND c.person_id IS NULL AND a.person_id IS NULL
 GROUP BY 1, 2
"""
_LESSONS: Final = """
SELECT coalesce(p.group_key, '') AS group_key, count(*) AS done, sum(l.lesson_key IS :lesson) AS of_day
  FROM lesson_progress AS l JOIN person AS p ON p.id = l.person_id
 WHERE l.seminar = :seminar AND l.done_at IS NOT NULL AND {teachers} GROUP BY 1
"""
_SENT: Final = """
SELECT count(*) AS people FROM person AS p JOIN outbox AS o ON o.key = :event || ':person-' || p.id
 WHERE o.state IN ('sent', 'unknown') AND {teachers}
"""


def get(
    connection: sqlite3.Connection,
    seminar: str,
    on: date,
    people: PeopleFilter,
    *,
    agenda_occurrence: str,
    lesson_key: str | None,
) -> Stats:
    """The numbers of a day of a seminar (its key) now, of these people. For the others see `bot.store.stats.get`."""
    query = Query(people)
    day = {"seminar": seminar, "date": on.isoformat()}
    groups: dict[str, Numbers] = {}
    for row in query.rows(connection, _PEOPLE):
        groups[row["group_key"]] = Numbers(row["registered"], row["reachable"])
    for row in query.rows(connection, _CHECKINS, **day):
        numbers, slot = groups[row["group_key"]], Slot(row["slot"])
        numbers.slots[slot] = SlotNumbers(row["answered"], row["late"])
        if slot is Slot.EVENING:
            numbers.moods = tuple(row[f"mood_{mood}"] for mood in range(1, 6))
    for row in query.rows(connection, _ACCOUNTED, **day):
        numbers, slot = groups[row["group_key"]], Slot(row["slot"])
        numbers.slots[slot] = replace(numbers.slot(slot), accounted=row["people"])
    for row in query.rows(connection, _EXCUSED, **day):
        numbers, slot = groups[row["group_key"]], Slot(row["slot"])
        numbers.slots[slot] = replace(numbers.slot(slot), excused=row["people"])
    lessons = 0
    for row in query.rows(connection, _LESSONS, seminar=seminar, lesson=lesson_key):
        groups[row["group_key"]].lessons = row["done"]
        lessons += row["of_day"]
    everyone = Numbers()
    for numbers in groups.values():
        everyone.add(numbers)
    agendas = query.rows(connection, _SENT, event=agenda_occurrence)[0]["people"]
    return Stats(everyone, groups, agendas, lessons)
