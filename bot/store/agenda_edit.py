"""How far the agendas that were delivered today say what runs now."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import orjson

_GET = "SELECT version, since, cursor, done FROM programme_agenda WHERE seminar = ? AND date = ?"
_SAVE = """
INSERT INTO programme_agenda (seminar, date, version, since, cursor, done) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (seminar, date) DO UPDATE SET version = excluded.version, since = excluded.since, cursor = excluded.cursor,
                                          done = excluded.done
"""
# By the table's own order, so that a page is a range of rows.
_DELIVERED = """
SELECT o.id, o.chat_id, o.message_id, p.language, p.group_key
  FROM outbox o JOIN person p ON p.id = o.person_id
 WHERE o.event = ? AND o.state = 'sent' AND o.message_id IS NOT NULL AND o.id > ?
   AND p.state = 'active' AND p.reachable = 1
 ORDER BY o.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class AgendaEdits:
    """One day's: changed to `version` up to the outbox row `cursor`; some may still say what one of `since` did."""

    version: int
    since: tuple[int, ...]
    cursor: int = 0
    done: bool = False

    def followed_by(self, version: int) -> "AgendaEdits":
        """From the first again, to a newer version."""
        unfinished = () if self.done else self.since
        return AgendaEdits(version, tuple(sorted({*unfinished, self.version})))


class DeliveredAgenda(NamedTuple):
    """One message in a chat, and for whom it is rendered."""

    id: int
    chat_id: int
    message_id: int
    language: str
    group: str | None


def get(connection: sqlite3.Connection, seminar: str, on: date) -> AgendaEdits | None:
    """How far this day's agendas are, or None while none had to be changed."""
    row = connection.execute(_GET, (seminar, on.isoformat())).fetchone()
    if row is None:
        return None
    return AgendaEdits(row["version"], tuple(orjson.loads(row["since"])), row["cursor"], bool(row["done"]))


def save(connection: sqlite3.Connection, seminar: str, on: date, edits: AgendaEdits) -> None:
    """Keep how far they are."""
    since = orjson.dumps(edits.since).decode()
    connection.execute(_SAVE, (seminar, on.isoformat(), edits.version, since, edits.cursor, int(edits.done)))


def delivered(connection: sqlite3.Connection, occurrence: str, *, after: int, limit: int) -> list[DeliveredAgenda]:
    """The next agendas of an occurrence that arrived, after an outbox row."""
    return [DeliveredAgenda(*row) for row in connection.execute(_DELIVERED, (occurrence, after, limit))]
