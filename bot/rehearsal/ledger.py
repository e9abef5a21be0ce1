"""What the bot's database says, asked in SQL of the rehearsal's own: a judge does not ask the judged for help."""

import sqlite3
from datetime import datetime

from bot.clock import from_text, to_text

_OUTBOX = "SELECT state, count(*) FROM outbox GROUP BY state"
_INBOX = "SELECT state, count(*) FROM inbox WHERE state <> 'done' GROUP BY state"
_UNREACHABLE = "SELECT count(*) FROM person WHERE state = 'active' AND reachable = 0"
_ALERTS = """
SELECT kind, max(due_at) AS at, count(*) AS copies FROM outbox
WHERE priority <= ? GROUP BY event ORDER BY max(id) DESC LIMIT ?
"""
_NEXT = """
SELECT min(at) FROM (
    SELECT min(next_at) AS at FROM outbox WHERE state = 'due' AND next_at > :now
    UNION ALL SELECT min(due_at) FROM fanout WHERE done_at IS NULL AND due_at > :now
)
"""
_PEOPLE = "SELECT telegram_id, role, language, state FROM person"


def next_at(connection: sqlite3.Connection, now: datetime) -> datetime | None:
    """The first moment after `now` for which a row or an event waits."""
    found = connection.execute(_NEXT, {"now": to_text(now)}).fetchone()[0]
    return from_text(found) if found else None


def counters(connection: sqlite3.Connection) -> dict[str, dict[str, int] | int]:
    """Rows of the outbox by state, of the inbox that are not done by state, and people who blocked the bot."""
    return {
        "outbox": {row[0]: row[1] for row in connection.execute(_OUTBOX)},
        "inbox": {row[0]: row[1] for row in connection.execute(_INBOX)},
        "unreachable": int(connection.execute(_UNREACHABLE).fetchone()[0]),
    }


def alerts(connection: sqlite3.Connection, urgent: int, most: int) -> list[tuple[str, datetime, int]]:
    """The newest alerts: kind, moment, to how many; `urgent` is the priority of alerts."""
    rows = connection.execute(_ALERTS, (urgent, most))
    return [(row[0], from_text(row[1]), row[2]) for row in rows]


def people(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Role and language by Telegram id, for members and for those who join; who has left is a stranger."""
    rows = connection.execute(_PEOPLE)
    return {row[0]: ("stranger" if row[3] == "left" else row[1], row[2]) for row in rows}
