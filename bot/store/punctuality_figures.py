"""Figures of the bot's own punctuality: how long after its moment each kind of message was sent."""

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import to_text
from bot.people_filter import FigureFilter
from bot.programme.model import Seminar
from bot.store.figure_query import Query, span

# By whole seconds, rounded up: a million messages are some rows.
_DELAYS: Final = """
SELECT o.kind, o.state IN ('sent', 'unknown') AS sent,
       max(0, CAST(ceil((julianday(o.done_at) - julianday(o.due_at)) * 86400 - 0.001) AS INTEGER)) AS seconds,
       count(*) AS messages
  FROM outbox AS o JOIN person AS p ON p.id = o.person_id
 WHERE o.due_at >= :since AND o.due_at < :until AND o.state IN ('sent', 'unknown', 'dead', 'expired') AND {teachers}
 GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class PunctualityFigure:
    """Messages of one kind to teachers that were due in the chosen days, but for those of people who are erased.

    In whole seconds from when a message was due until Telegram had it: half of them took `median` at most, and no one
    more than `longest`. `missed` came to nothing: Telegram refused them, or they were of no use any more.
    """

    kind: str
    sent: int
    median: int
    longest: int
    missed: int


def punctuality(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, now: datetime
) -> tuple[PunctualityFigure, ...]:
    """Each kind of which a message has come to its end, in the order of their names."""
    since, until = span(seminar, chosen)
    delays: dict[str, Counter[int]] = defaultdict(Counter)
    missed = Counter[str]()
    for row in Query(chosen.people).rows(connection, _DELAYS, since=since, until=min(until, to_text(now))):
        if row["sent"]:
            delays[row["kind"]][row["seconds"]] += row["messages"]
        else:
            missed[row["kind"]] += row["messages"]
    return tuple(
        PunctualityFigure(kind, delays[kind].total(), _median(delays[kind]), max(delays[kind], default=0), missed[kind])
        for kind in sorted(delays.keys() | missed.keys())
    )


def _median(delays: Counter[int]) -> int:
    """What half of them took at most; 0 for none."""
    counted = 0
    for seconds in sorted(delays):
        counted += delays[seconds]
        if 2 * counted >= delays.total():
            return seconds
    return 0
