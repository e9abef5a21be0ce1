"""Reads the bot's alerts in SQL of its own."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.clock import from_text

_ALERTS_OPENED = """
SELECT a.id, a.kind, a.opened_at, min(coalesce(a.taken_at, a.settled_at), coalesce(a.settled_at, a.taken_at)) AS had_at,
       a.round,
       (SELECT count(DISTINCT o.event) FROM outbox o WHERE o.kind = 'alert.again' AND o.state = 'sent'
           AND json_extract(o.data, '$.alert') = a.id) AS came_again,
       (SELECT max(o.due_at) FROM outbox o WHERE o.kind = 'alert.again' AND json_extract(o.data, '$.alert') = a.id
       ) AS again_at
  FROM alert a ORDER BY a.id
"""


@dataclass(frozen=True, slots=True)
class OpenedAlert:
    """An alert: when somebody had it first (None: nobody yet), how often its card came again, and when last."""

    id: int
    kind: str
    opened_at: datetime
    had_at: datetime | None
    rounds: int  # how often it was open again
    came_again: int
    again_at: datetime | None


def opened_alerts(connection: sqlite3.Connection) -> list[OpenedAlert]:
    """Every alert, in the order in which they were opened."""
    return [_alert(row) for row in connection.execute(_ALERTS_OPENED)]


def _alert(row: sqlite3.Row | tuple[Any, ...]) -> OpenedAlert:
    number, kind, opened_at, had_at, rounds, came_again, again_at = row
    had, last = from_text(had_at) if had_at else None, from_text(again_at) if again_at else None
    return OpenedAlert(number, kind, from_text(opened_at), had, rounds, came_again, last)
