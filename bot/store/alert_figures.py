"""Figures of alerts: how long people wait until somebody of the staff takes a matter, and until it is settled."""

import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from bot.clock import from_text
from bot.escalation import AlertKind
from bot.people_filter import FigureFilter, PeopleFilter
from bot.programme.model import Seminar
from bot.store.figure_query import Query, span

_ALERTS: Final = """
SELECT a.kind, a.state, a.opened_at, a.taken_at, a.first_settled_at
  FROM alert AS a LEFT JOIN person AS p ON p.id = a.person_id
 WHERE a.opened_at >= :since AND a.opened_at < :until AND (:whole OR {teachers})
"""
# What these tell of a few people is how somebody is.
_ABOUT_HEALTH: Final = frozenset({AlertKind.UNWELL, AlertKind.MOOD})


@dataclass(frozen=True, slots=True)
class Waited:
    """How long something took: of how many, half of them at most, and the longest."""

    count: int
    median: timedelta | None
    longest: timedelta | None


@dataclass(frozen=True, slots=True)
class AlertFigure:
    """Alerts of one kind that were opened in the chosen days, with those about people who have erased their data.

    Times are from opening until somebody first took it, and until it was first settled, also where it was opened again.
    `waiting` are open now, and nobody has taken them.
    """

    kind: AlertKind
    count: int
    waiting: int
    taken: Waited
    settled: Waited


def alerts(
    connection: sqlite3.Connection, seminar: Seminar, chosen: FigureFilter, _now: datetime
) -> tuple[AlertFigure, ...]:
    """The kinds of which there were any, in their order.

    Of some of the people, only what was about one of them, and nothing of how people are: that is told of all alone.
    """
    since, until = span(seminar, chosen)
    whole = chosen.people == PeopleFilter()
    opened: dict[AlertKind, list[sqlite3.Row]] = defaultdict(list)
    for row in Query(chosen.people).rows(connection, _ALERTS, since=since, until=until, whole=whole):
        opened[AlertKind(row["kind"])].append(row)
    return tuple(
        _figure(kind, opened[kind]) for kind in AlertKind if kind in opened and (whole or kind not in _ABOUT_HEALTH)
    )


def _figure(kind: AlertKind, rows: list[sqlite3.Row]) -> AlertFigure:
    waiting = sum(row["state"] == "open" for row in rows)
    return AlertFigure(kind, len(rows), waiting, _waited(rows, "taken_at"), _waited(rows, "first_settled_at"))


def _waited(rows: list[sqlite3.Row], until: str) -> Waited:
    spans = [from_text(row[until]) - from_text(row["opened_at"]) for row in rows if row[until] is not None]
    if not spans:
        return Waited(0, None, None)
    half = timedelta(seconds=median(one.total_seconds() for one in spans))
    return Waited(len(spans), half, max(spans))
