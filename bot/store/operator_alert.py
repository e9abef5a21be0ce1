"""What alerts to who runs the seminar are about (messages refused, updates that could not be handled), and to whom."""

import sqlite3
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from bot.clock import to_text
from bot.store import person

_UNDELIVERED = "SELECT count(*), min(error) FROM outbox WHERE event = ? AND state = 'dead'"
_UNHANDLED = """
SELECT count(*), min(error) FROM inbox
 WHERE state IN ('failed', 'poisoned') AND done_at BETWEEN ? AND ?
   AND sender_id IN (SELECT telegram_id FROM person)
"""


class AlertRecipient(NamedTuple):
    """Whom to tell: `person_id` is None for one of the settings' owners, who need not be a member."""

    chat_id: int
    person_id: int | None


class Failures(NamedTuple):
    """How often something failed, and one of the errors ("" where there is none)."""

    times: int
    error: str


def recipients(connection: sqlite3.Connection, owners: Collection[int]) -> list[AlertRecipient]:
    """Every organizer and owner that can be reached; the settings' owners where there is none."""
    people = [AlertRecipient(one.telegram_id, one.id) for one in person.staff(connection, owners)]
    return people or [AlertRecipient(owner, None) for owner in sorted(owners)]


def undelivered(connection: sqlite3.Connection, occurrence: str) -> Failures:
    """How many rows of the occurrence Telegram refused, and its words for the first of them."""
    row = connection.execute(_UNDELIVERED, (occurrence,)).fetchone()
    return Failures(row[0], row[1] or "")


def unhandled(connection: sqlite3.Connection, since: datetime, until: datetime) -> Failures:
    """How many updates of the seminar's people could not be handled between two moments, and one of the errors."""
    row = connection.execute(_UNHANDLED, (to_text(since), to_text(until))).fetchone()
    return Failures(row[0], row[1] or "")
