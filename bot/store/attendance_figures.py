"""Figures of attendance: who came to each session, and how that is known."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bot.people_filter import FigureFilter
from bot.programme.attendance import Taken, of_day
from bot.programme.model import Seminar
from bot.store.figure_query import Asking, By, Query, Share, days
from bot.store.mark import MarkMethod, MarkState

_MARKS: Final = """
WITH {asked}
SELECT a.key, {part} AS part, {was_asked} AS was_asked, m.state, m.how, count(*) AS people
  FROM asked AS a JOIN mark AS m ON m.subject = a.key JOIN person AS p ON p.id = m.person_id
 WHERE {teachers} AND NOT EXISTS (
       SELECT 1 FROM mark AS n WHERE n.subject = m.subject AND n.person_id = m.person_id AND n.id > m.id)
 GROUP BY 1, 2, 3, 4, 5
"""
_EXCUSED: Final = """
WITH {asked}
SELECT a.key, {part} AS part, count(*) AS people
  FROM asked AS a
  JOIN excuse AS e ON e.seminar = :seminar AND e.date = substr(a.key, :begins, 10) AND e.ended_at IS NULL
  JOIN person AS p ON p.id = e.person_id
 WHERE {teachers} AND {was_asked} AND NOT EXISTS (SELECT 1 FROM mark WHERE subject = a.key AND person_id = p.id)
 GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class AttendanceFigure:
    """One part of the people at one session that has started.

    Of those who were asked: every teacher for whom the session is and who was a member when it ended. `excused` counts
    those excused from the session and, without a mark, for the day; `unmarked` are those of whom nobody said anything.
    `besides` came without having been asked; `how` tells of all who came how that is known.
    """

    session: str
    date: date
    part: str
    present: int
    late: int
    excused: int
    absent: int
    unmarked: int
    besides: int
    how: Mapping[MarkMethod, int]

    @property
    def of(self) -> int:
        """How many were asked."""
        return self.present + self.late + self.excused + self.absent + self.unmarked

    @property
    def came(self) -> Share:
        """Who came, in time or late, of those who were asked."""
        return Share(self.present + self.late, self.of, self.besides)


def sessions(
    connection: sqlite3.Connection,
    seminar: Seminar,
    chosen: FigureFilter,
    now: datetime,
    by: By = By.EVERYBODY,
) -> tuple[AttendanceFigure, ...]:
    """The sessions that have started, in order; each by its parts, those for whom it was not left out."""
    taken = [one for number in days(seminar, chosen) for one in of_day(seminar, seminar.date_of(number))]
    taken = [one for one in taken if one.starts <= now and chosen.session in {None, one.on.session}]
    if not taken:
        return ()
    asked = [Asking(one.on.subject, one.ends, one.session.groups) for one in taken]
    query = Query(chosen.people, by)
    told = _marks(query.rows(connection, _MARKS, asked))
    begins = len(f"attendance:{seminar.key}:") + 1
    for row in query.rows(connection, _EXCUSED, asked, seminar=seminar.key, begins=begins):
        told[row["key"], row["part"]].asked[MarkState.EXCUSED] += row["people"]
    of = query.asked(connection, asked)
    parts = defaultdict(set)
    for subject, part in (*of, *(key for key, one in told.items() if one.besides)):
        parts[subject].add(part)
    return tuple(
        _figure(one, part, told[one.on.subject, part], of.get((one.on.subject, part), 0))
        for one in taken
        for part in sorted(parts[one.on.subject])
    )


@dataclass(slots=True)
class _Marks:
    """What is said of one part at one session: of those asked by state, of others who came, of all who came by way."""

    asked: Counter[MarkState] = field(default_factory=Counter)
    besides: int = 0
    how: Counter[MarkMethod] = field(default_factory=Counter)


def _marks(rows: list[sqlite3.Row]) -> dict[tuple[str, str], _Marks]:
    told: dict[tuple[str, str], _Marks] = defaultdict(_Marks)
    for row in rows:
        marks, state = told[row["key"], row["part"]], MarkState(row["state"])
        came = state in {MarkState.PRESENT, MarkState.LATE}
        if row["was_asked"]:
            marks.asked[state] += row["people"]
        elif came:
            marks.besides += row["people"]
        if came:
            marks.how[MarkMethod(row["how"])] += row["people"]
    return told


def _figure(taken: Taken, part: str, marks: _Marks, of: int) -> AttendanceFigure:
    present, late, excused, absent = (marks.asked[one] for one in MarkState)
    return AttendanceFigure(
        taken.on.session,
        taken.on.date,
        part,
        present=present,
        late=late,
        excused=excused,
        absent=absent,
        unmarked=of - present - late - excused - absent,
        besides=marks.besides,
        how=dict(marks.how),
    )
