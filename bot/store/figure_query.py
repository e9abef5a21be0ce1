"""How figures ask: whom something was asked, of how many, and by which part of the people they are told.

Who was asked is every teacher who was a member at that moment: who had joined by then, and was not put out before it.
Somebody belongs to the group, school, district and language that are theirs now, whenever it was: who moves to another
group takes along what they did. Who has erased their data is counted nowhere any more. A corrected mark counts as it
is now.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Final

import orjson

from bot.clock import to_text
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.model import Seminar
from bot.store import people_filter


class By(StrEnum):
    """The sort of part by which figures are told; of `EVERYBODY` there is one, with an empty name."""

    EVERYBODY = "everybody"
    GROUP = "group"
    DISTRICT = "district"
    SCHOOL = "school"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Share:
    """How many did something, of how many who were asked; `besides` did it without having been asked.

    Those have joined later, or are in another group now.
    """

    count: int = 0
    of: int = 0
    besides: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.count + other.count, self.of + other.of, self.besides + other.besides)


@dataclass(frozen=True, slots=True)
class Asking:
    """Something that people were asked: by which key answers are kept, when, and of which groups (none: of all)."""

    key: str
    moment: datetime
    groups: tuple[str, ...] = ()


_ROSTER: Final = "coalesce((SELECT r.{0} FROM roster AS r WHERE r.person_id = p.id), '')"
_PART: Final = {
    By.EVERYBODY: "''",
    By.GROUP: "coalesce(p.group_key, '')",
    By.DISTRICT: _ROSTER.format("district"),
    By.SCHOOL: _ROSTER.format("school"),
    By.LANGUAGE: "p.language",
}
_TEACHER: Final = (
    "p.role = 'teacher' AND p.telegram_id > 0 AND p.joined_at IS NOT NULL AND p.state IN ('active', 'left')"
)
_WAS_ASKED: Final = """
(p.joined_at < a.moment AND (p.state = 'active' OR p.removed_at >= a.moment)
 AND (a.groups = '[]' OR p.group_key IN (SELECT value FROM json_each(a.groups))))
"""
_ASKED: Final = """
asked AS MATERIALIZED (
    SELECT value ->> 0 AS key, value ->> 1 AS moment, value -> 2 AS groups FROM json_each(:asked))
"""


class Query:
    """Asks about the teachers whom a filter lets through.

    In a query, alias `p` of `person`: `{teachers}` is whom it is about, also those who have left; `{members}` those who
    are members now; `{part}` to which part somebody belongs; `{asked}` a table `asked`, to go after WITH; and
    `{was_asked}` whether somebody was asked, of its alias `a`.
    """

    def __init__(self, people: PeopleFilter, by: By = By.EVERYBODY) -> None:
        condition, self._values = people_filter.condition(people)
        teachers = f"({_TEACHER} AND {condition})"
        self._pieces = {
            "{teachers}": teachers,
            "{members}": f"(p.state = 'active' AND {teachers})",
            "{part}": _PART[by],
            "{asked}": _ASKED,
            "{was_asked}": _WAS_ASKED,
        }

    def rows(
        self, connection: sqlite3.Connection, sql: str, asked: Sequence[Asking] = (), **values: object
    ) -> list[sqlite3.Row]:
        """What a query gives."""
        for name, piece in self._pieces.items():
            sql = sql.replace(name, piece)
        if asked:
            values["asked"] = orjson.dumps([[one.key, to_text(one.moment), one.groups] for one in asked]).decode()
        return connection.execute(sql, {**self._values, **values}).fetchall()

    def asked(self, connection: sqlite3.Connection, asked: Sequence[Asking]) -> dict[tuple[str, str], int]:
        """How many were asked, by what was asked and by part; parts without anybody have no number."""
        rows = self.rows(connection, _OF, asked) if asked else []
        return {(row["key"], row["part"]): row["people"] for row in rows}


_OF: Final = """
WITH {asked}
SELECT a.key, {part} AS part, count(*) AS people FROM asked AS a JOIN person AS p ON {was_asked}
 WHERE {teachers} GROUP BY 1, 2
"""


def days(seminar: Seminar, chosen: FigureFilter) -> range:
    """The days of a filter, as far as the seminar has them."""
    first, last = chosen.first_day or 1, chosen.last_day or seminar.days_count
    return range(max(first, 1), min(last, seminar.days_count) + 1)


def span(seminar: Seminar, chosen: FigureFilter) -> tuple[str, str]:
    """From when to before when the chosen days last; all time where no days are chosen."""
    since = to_text(seminar.moment(chosen.first_day, time(0))) if chosen.first_day is not None else ""
    until = to_text(seminar.moment(chosen.last_day + 1, time(0))) if chosen.last_day is not None else "9"
    return since, until


def total(shares: Iterable[Share]) -> Share:
    """All of them together."""
    return sum(shares, Share())
