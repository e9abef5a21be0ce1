"""Figures of the people themselves: how many there are of each part, whom messages reach, and who is silent."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import to_text
from bot.people_filter import FigureFilter
from bot.programme.model import Seminar
from bot.store.figure_query import By, Query, days, span

# One person at a time, each question stops at its first row.
_PEOPLE: Final = """
WITH found AS MATERIALIZED (
    SELECT {part} AS part, p.state = 'active' AS member, p.reachable, p.paused_at IS NOT NULL AS paused,
           EXISTS (SELECT 1 FROM outbox AS o WHERE o.person_id = p.id AND o.state IN ('sent', 'unknown')
                      AND o.due_at >= :since AND o.due_at < :until) AS delivered,
           (EXISTS (SELECT 1 FROM checkin AS c WHERE c.person_id = p.id AND c.seminar = :seminar
                       AND c.date BETWEEN :first AND :last)
         OR EXISTS (SELECT 1 FROM lesson_progress AS l WHERE l.person_id = p.id AND l.seminar = :seminar
                       AND l.begun_at >= :since AND l.begun_at < :until)
         OR EXISTS (SELECT 1 FROM lesson_answer AS n WHERE n.person_id = p.id AND n.seminar = :seminar
                       AND n.answered_at >= :since AND n.answered_at < :until)
         OR EXISTS (SELECT 1 FROM mark AS m WHERE m.person_id = p.id AND m.by_id = p.id
                       AND m.at >= :since AND m.at < :until)) AS seen
      FROM person AS p WHERE {teachers})
SELECT part, sum(member) AS members, sum(NOT member) AS left, sum(member AND paused) AS paused,
       sum(member AND delivered) AS delivered, sum(member AND seen) AS seen,
       sum(member AND delivered AND NOT seen) AS silent, sum(member AND NOT reachable) AS blocked
  FROM found GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class ReachFigure:
    """One part of the people, and whom the bot reaches; all but `left` are among the members of now.

    `left` were members and are none any more. In the chosen days, a message came to `delivered`; `seen` have answered a
    check-in or a question, opened a lesson or said themselves that they are there; `silent` have got a message and done
    none of these. `blocked` cannot be reached now, and `paused` want no messages for the time being.
    """

    part: str
    members: int
    left: int
    paused: int
    delivered: int
    seen: int
    silent: int
    blocked: int


def reach(
    connection: sqlite3.Connection,
    seminar: Seminar,
    chosen: FigureFilter,
    now: datetime,
    by: By = By.EVERYBODY,
) -> tuple[ReachFigure, ...]:
    """Each part that has or had members; what was sent or done after `now` does not count."""
    since, until = span(seminar, chosen)
    numbers = days(seminar, chosen)
    rows = Query(chosen.people, by).rows(
        connection,
        _PEOPLE,
        seminar=seminar.key,
        since=since,
        until=min(until, to_text(now)),
        first=seminar.date_of(numbers.start).isoformat(),
        last=seminar.date_of(numbers.stop - 1).isoformat(),
    )
    return tuple(ReachFigure(**dict(row)) for row in rows)
