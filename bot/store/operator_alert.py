"""Alerts to those who run the seminar: messages refused, updates that could not be handled, a polling conflict."""

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from bot.clock import to_text
from bot.store import outbox
from bot.store.outbox import Draft

UNDELIVERED: Final = "undelivered"  # the kinds of the messages that tell staff
UNHANDLED: Final = "unhandled"
POLLING_CONFLICT: Final = "contested"
_URGENT: Final = 10
_DIGEST = timedelta(minutes=1)  # so long more of the same may happen before staff are told, once
_TTL = timedelta(days=1)
_ORGANIZERS = """
SELECT id, telegram_id FROM person
 WHERE (role = 'organizer' OR owner = 1) AND state = 'active' AND reachable = 1 ORDER BY id
"""
_UNHANDLED = """
SELECT count(*), min(error) FROM inbox
 WHERE state IN ('failed', 'poisoned') AND done_at BETWEEN ? AND ?
   AND sender_id IN (SELECT telegram_id FROM person)
"""


def tell_staff(
    connection: sqlite3.Connection, kind: str, about: str, *, owners: Collection[int], now: datetime
) -> None:
    """Tell every organizer, or the settings' owners where there is none, that something went wrong.

    Once for each `about`.
    """
    people: list[tuple[int, int | None]] = [(row["telegram_id"], row["id"]) for row in connection.execute(_ORGANIZERS)]
    event = f"{kind}:{about}"
    outbox.enqueue(
        connection,
        [
            Draft(
                key=f"{event}:chat-{chat_id}",
                event=event,
                kind=kind,
                chat_id=chat_id,
                person_id=person_id,
                priority=_URGENT,
                due_at=now + _DIGEST,
                expires_at=now + _TTL,
                data={"about": about},
            )
            for chat_id, person_id in people or [(owner, None) for owner in sorted(owners)]
        ],
        now,
    )


def tell_of_conflict(connection: sqlite3.Connection, since: datetime, *, owners: Collection[int]) -> None:
    """Tell them that since a moment another program polls with this bot's token."""
    tell_staff(connection, POLLING_CONFLICT, to_text(since), owners=owners, now=since)


def undelivered(connection: sqlite3.Connection, event: str) -> tuple[int, str]:
    """How many rows of the event Telegram refused, and its words for the first of them."""
    row = connection.execute(
        "SELECT count(*), min(error) FROM outbox WHERE event = ? AND state = 'dead'", (event,)
    ).fetchone()
    return row[0], row[1] or ""


def unhandled(connection: sqlite3.Connection, since: str, until: str) -> tuple[int, str]:
    """How many updates of the seminar's people could not be handled between two moments, and one of the errors."""
    row = connection.execute(_UNHANDLED, (since, until)).fetchone()
    return row[0], row[1] or ""
