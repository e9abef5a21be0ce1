"""What is open, page by page: the list of `/open`."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from bot.store import alert as alert_store
from bot.store.alert import Alert

PAGE: Final = 8  # on a narrow phone without much scrolling

_COUNTS = "SELECT count(*), count(taken_by) FROM alert WHERE state <> 'settled'"
_PAGE = "SELECT id FROM alert WHERE state <> 'settled' ORDER BY opened_at, id LIMIT ? OFFSET ?"


@dataclass(frozen=True, slots=True)
class OpenAlerts:
    """One page, counted from 0, of the alerts that are not settled; `taken` of the `total` somebody has."""

    alerts: tuple[Alert, ...]
    page: int
    total: int
    taken: int

    @property
    def pages(self) -> int:
        """How many there are, one at least."""
        return max(1, -(-self.total // PAGE))


def open_alerts(connection: sqlite3.Connection, page: int) -> OpenAlerts:
    """A page of what is open, the oldest first; a page past the end is the last one."""
    total, taken = connection.execute(_COUNTS).fetchone()
    page = min(max(page, 0), max(0, (total - 1) // PAGE))
    rows = connection.execute(_PAGE, (PAGE, page * PAGE)).fetchall()
    found = tuple(alert for row in rows if (alert := alert_store.get(connection, row["id"])))
    return OpenAlerts(found, page, total, taken)
