"""How pictures ask: about the teachers and the days of a filter, within what their reader may see."""

import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.clock import to_text
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.model import Seminar
from bot.store import figure_filter, people_filter
from bot.store import scope as scope_store

_HOUR: Final = 13  # letters of a moment, up to its hour
_TEACHERS: Final = "p.role = 'teacher' AND p.state = 'active' AND {people}"
_NEWEST: Final = """
(SELECT subject, person_id, state, max(id) FROM mark WHERE subject IN (SELECT value FROM json_each(:subjects))
  GROUP BY subject, person_id) AS m JOIN person AS p ON p.id = m.person_id
"""
_JOINED: Final = """
SELECT coalesce(p.group_key, '') AS group_key, substr(p.joined_at, 1, 13) AS hour, count(*) AS people
  FROM person AS p WHERE {teachers} GROUP BY 1, 2
"""


def within(connection: sqlite3.Connection, person_id: int, filter_id: int) -> FigureFilter | None:
    """What a person may be told of a filter (0: of everything); None for nobody, or a filter that is not there."""
    chosen = figure_filter.get(connection, filter_id) if filter_id else FigureFilter()
    people = chosen.people.within(scope_store.get(connection, person_id)) if chosen is not None else None
    return replace(chosen, people=people) if chosen is not None and people is not None else None


def numbers(seminar: Seminar, chosen: FigureFilter) -> range:
    """The days of a filter, as far as the seminar has them."""
    first, last = chosen.first_day or 1, chosen.last_day or seminar.days_count
    return range(max(first, 1), min(last, seminar.days_count) + 1)


class Query:
    """Asks about the teachers whom a filter lets through."""

    def __init__(self, people: PeopleFilter) -> None:
        condition, self._values = people_filter.condition(people)
        self._teachers = _TEACHERS.replace("{people}", condition)

    def rows(self, connection: sqlite3.Connection, sql: str, **values: object) -> list[sqlite3.Row]:
        """What a query with `{teachers}`, alias `p`, and `{newest}` in it gives."""
        return connection.execute(
            sql.replace("{newest}", _NEWEST).replace("{teachers}", self._teachers), {**self._values, **values}
        ).fetchall()


class Joined:
    """How many of today's teachers had joined by a moment, to the hour."""

    def __init__(self, connection: sqlite3.Connection, people: PeopleFilter) -> None:
        rows = Query(people).rows(connection, _JOINED)
        self._counts = [(row["group_key"], row["hour"] or "", row["people"]) for row in rows]
        self.groups = sorted({group for group, _, _ in self._counts})

    def by_group(self, by: datetime) -> Counter[str]:
        """By the key of their group, '' for none."""
        until, counted = to_text(by)[:_HOUR], Counter[str]()
        for group, hour, people in self._counts:
            if hour <= until:
                counted[group] += people
        return counted

    def everyone(self, by: datetime) -> int:
        """All of them."""
        return self.by_group(by).total()
