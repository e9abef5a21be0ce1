"""What was to be passed on and has not reached whom it is for: no row was made, or its row came to nothing.

A row is lost that expired, or was cancelled because its reader could not be reached then. One that Telegram refused is
not made again, nor one that may have arrived. A lost row stays as it ended; the next one gets a key of its own.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import NamedTuple

import orjson

from bot.clock import from_text, to_text
from bot.store.outbox import Draft

_LOST = "(o.state = 'expired' OR (o.state = 'cancelled' AND o.error IN ('unreachable', 'left', 'not a member')))"
# By the event, which has as many rows as it has readers; of an organizer's own rows there are too many (so the "+").
# For a reader `p` of an event: no row at all, or a lost one without another for the same piece after it.
_MISSING = """
(NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.event = {event} AND +o.person_id = p.id)
 OR EXISTS (SELECT 1 FROM outbox AS o WHERE o.event = {event} AND +o.person_id = p.id AND {lost}
               AND NOT EXISTS (SELECT 1 FROM outbox AS n WHERE n.event = o.event AND +n.person_id = p.id
                                  AND n.kind = o.kind AND n.data = o.data AND n.id > o.id)))
"""
# Who comes late is not flooded with what a colleague who can be reached has: what is older than a day comes only where
# nobody has it, or somebody in trouble whom nobody has taken. Most questions are answered and never settled.
_STILL_NEWS = """
({at} > :recent OR (h.state = 'open' AND h.kind IN ('help', 'unwell', 'lost'))
 OR NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.event = {event} AND o.state = 'sent'
                   AND +o.person_id IN (SELECT value FROM json_each(:staff)) AND o.person_id <> h.person_id))
"""
_OPEN_CALLS = """(
SELECT c.id FROM alert AS a CROSS JOIN help AS c ON c.alert_id = a.id WHERE a.state <> 'settled')"""
_LOST_WORDS = """
outbox AS l INDEXED BY outbox_lost_words CROSS JOIN help_message AS m ON m.id = CAST(substr(l.event, 12) AS INTEGER)
"""
_IS_LOST_WORDS = """
l.state IN ('expired', 'cancelled') AND l.kind IN ('help.words', 'help.copy', 'help.pin', 'help.album')
AND l.done_at > :since AND l.event LIKE 'help.words:%'
"""
_STAFF = "person AS p ON p.id IN (SELECT value FROM json_each(:staff))"
_ALERTS = """
SELECT h.id AS number, p.id AS reader FROM help_call AS h JOIN {staff}
 WHERE h.id IN {open} AND h.asked_at > :since AND h.person_id <> p.id AND {missing} AND {news}
 ORDER BY h.id
"""
# Words of an open call are for all, those of one that is taken for who took it; where that one cannot be reached and
# nobody has them, for all. Short first words of a question are in its alert and have no rows.
_WORDS = """
SELECT m.id AS number, p.id AS reader
  FROM help_call AS h JOIN help_message AS m ON m.help_id = h.id JOIN {staff}
 WHERE h.id IN {open} AND m.passed_at IS NOT NULL AND m.author_id = m.person_id AND m.written_at > :since
   AND p.id <> m.author_id
   AND (h.state = 'open' OR p.id = h.taken_by
        OR (h.taken_by NOT IN (SELECT value FROM json_each(:staff)) AND NOT EXISTS (
            SELECT 1 FROM outbox AS o WHERE o.event = 'help.words:' || m.id AND o.state = 'sent'
                                        AND o.person_id <> m.author_id)))
   AND NOT (h.kind IN ('question', 'other') AND m.media IS NULL AND length(m.words) <= 1400
            AND m.id = (SELECT min(f.id) FROM help_message AS f WHERE f.help_id = h.id AND f.author_id = f.person_id))
   AND {missing} AND {news}
 ORDER BY m.id
"""
_MESSAGES = """
SELECT m.id AS number, p.id AS reader
  FROM help_message AS m JOIN person AS p ON p.id = m.person_id
 WHERE m.help_id IS NULL AND m.passed_at IS NOT NULL AND m.written_at > :since AND m.author_id <> m.person_id
   AND p.state = 'active' AND p.reachable = 1 AND {missing}
 ORDER BY m.id
"""
_ANSWERS = """
SELECT DISTINCT m.id AS number, p.id AS reader
  FROM {lost_words} CROSS JOIN person AS p ON p.id = l.person_id
 WHERE {is_lost_words} AND m.help_id IS NULL AND m.passed_at IS NOT NULL AND m.written_at > :since
   AND m.author_id = m.person_id AND p.id IN (SELECT value FROM json_each(:staff)) AND {missing}
 ORDER BY m.id
"""
# An answer to one organizer who cannot be reached any more, before all of it was there.
_LOST_ANSWERS = """
SELECT DISTINCT m.id FROM {lost_words}
 WHERE {is_lost_words} AND m.help_id IS NULL AND m.passed_at IS NOT NULL AND m.written_at > :since
   AND m.author_id = m.person_id
   AND NOT EXISTS (
       SELECT 1 FROM outbox AS o WHERE o.event = 'help.words:' || m.id
          AND +o.person_id IN (SELECT value FROM json_each(:staff)))
   AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.event = 'help.words:' || m.id AND {lost})
   AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.event = 'help.words:' || m.id
                                               AND o.state IN ('sending', 'sent', 'unknown', 'dead'))
 ORDER BY m.id
"""
# What has not left yet for one organizer who leaves the staff.
_UNSENT_ANSWERS = """
SELECT DISTINCT m.id
  FROM outbox AS l CROSS JOIN help_message AS m ON m.id = CAST(substr(l.event, 12) AS INTEGER)
 WHERE l.person_id = :person AND l.event LIKE 'help.words:%'
   AND m.help_id IS NULL AND m.passed_at IS NOT NULL AND m.author_id = m.person_id
   AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.event = 'help.words:' || m.id
                                               AND o.state IN ('sending', 'sent', 'unknown', 'dead'))
 ORDER BY m.id
"""
_OCCURRENCES = """
SELECT f.event, f.kind, f.priority, f.data, f.due_at, f.expires_at, p.id AS reader, p.telegram_id
  FROM fanout AS f JOIN {staff}
 WHERE f.audience = 'staff' AND f.done_at IS NOT NULL AND f.cancelled = 0 AND f.due_at <= :now AND f.expires_at > :now
   AND {missing}
 ORDER BY f.due_at
"""
_BEFORE = """
SELECT count(*) AS made, max(id) AS newest FROM outbox WHERE event = ? AND +person_id = ? AND kind = ? AND data = ?
"""
_IS_LOST = "SELECT 1 FROM outbox AS o WHERE o.id = ? AND {lost}"


class MissingDelivery(NamedTuple):
    """A call or a message (its number), and the number of the person who should have it and has not."""

    number: int
    reader: int


def missing_alerts(
    connection: sqlite3.Connection, staff: Collection[int], since: datetime, recent: datetime
) -> list[MissingDelivery]:
    """Calls that are not settled, and organizers who have no alert of them; of old ones those that nobody has."""
    return _missing_deliveries(connection, _ALERTS, "'help:' || h.id", staff, since, recent=recent, at="h.asked_at")


def missing_words(
    connection: sqlite3.Connection, staff: Collection[int], since: datetime, recent: datetime
) -> list[MissingDelivery]:
    """Words of calls that are not settled, and organizers whom they have not reached; of old ones as of calls."""
    return _missing_deliveries(
        connection, _WORDS, "'help.words:' || m.id", staff, since, recent=recent, at="m.written_at"
    )


def missing_answers(connection: sqlite3.Connection, staff: Collection[int], since: datetime) -> list[MissingDelivery]:
    """Answers to one organizer each, who can be reached and has not got them."""
    return _missing_deliveries(connection, _ANSWERS, "'help.words:' || m.id", staff, since)


def missing_messages(connection: sqlite3.Connection, since: datetime) -> list[MissingDelivery]:
    """What organizers wrote to people who can be reached and have not got it."""
    return _missing_deliveries(connection, _MESSAGES, "'help.written:' || m.id", (), since)


def lost_answers(connection: sqlite3.Connection, staff: Collection[int], since: datetime) -> list[int]:
    """Answers to one organizer each whom they have not reached and will not reach."""
    values = {"staff": orjson.dumps(sorted(staff)).decode(), "since": to_text(since)}
    return [row["id"] for row in connection.execute(_query(_LOST_ANSWERS, "''"), values)]


def unsent_answers_to(connection: sqlite3.Connection, person_id: int) -> list[int]:
    """Answers to this organizer of which nothing has left."""
    return [row["id"] for row in connection.execute(_UNSENT_ANSWERS, {"person": person_id})]


def missing_occurrences(connection: sqlite3.Connection, staff: Collection[int], now: datetime) -> Iterator[Draft]:
    """Occurrences for organizers that were fanned out, have not expired, and have not reached all of these."""
    values = {"staff": orjson.dumps(sorted(staff)).decode(), "now": to_text(now)}
    for row in connection.execute(_query(_OCCURRENCES, "f.event"), values).fetchall():
        yield Draft(
            key=f"{row['event']}:person-{row['reader']}",
            occurrence=row["event"],
            kind=row["kind"],
            chat_id=row["telegram_id"],
            person_id=row["reader"],
            priority=row["priority"],
            due_at=from_text(row["due_at"]),
            expires_at=from_text(row["expires_at"]),
            data=row["data"],
        )


def move_to_call(connection: sqlite3.Connection, message_id: int, call_id: int) -> None:
    """What was for one person belongs to this call from now on."""
    connection.execute("UPDATE help_message SET help_id = ? WHERE id = ?", (call_id, message_id))


def only_missing(connection: sqlite3.Connection, drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts whose pieces have no row, and, with a new key, those whose last row is lost."""
    kept = []
    for draft in drafts:
        piece = (draft.occurrence, draft.person_id, draft.kind, draft.data)
        before = connection.execute(_BEFORE, piece).fetchone()
        if not before["made"]:
            kept.append(draft)
        elif connection.execute(_IS_LOST.format(lost=_LOST), (before["newest"],)).fetchone():
            kept.append(replace(draft, key=f"{draft.key}:again-{before['made']}"))
    return kept


def _missing_deliveries(
    connection: sqlite3.Connection,
    query: str,
    event: str,
    staff: Collection[int],
    since: datetime,
    *,
    recent: datetime | None = None,
    at: str = "",
) -> list[MissingDelivery]:
    values = {
        "staff": orjson.dumps(sorted(staff)).decode(),
        "since": to_text(since),
        "recent": to_text(recent or since),
    }
    rows = connection.execute(_query(query, event, at), values).fetchall()
    return [MissingDelivery(row["number"], row["reader"]) for row in rows]


@cache
def _query(query: str, event: str, at: str = "") -> str:
    missing, news = _MISSING.format(event=event, lost=_LOST), _STILL_NEWS.format(event=event, at=at)
    return query.format(
        staff=_STAFF,
        missing=missing,
        news=news,
        open=_OPEN_CALLS,
        lost=_LOST,
        lost_words=_LOST_WORDS,
        is_lost_words=_IS_LOST_WORDS,
    )
