"""Answers to what organizers wrote: to whom a person's words go, and those that wait behind the card of a broadcast."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.clock import to_text
from bot.store import help_message as help_message_store
from bot.store.help_message import HelpMessage


@dataclass(frozen=True, slots=True)
class Letter:
    """What an organizer wrote and somebody got: message number `message` to them alone, or a broadcast."""

    message: int | None = None
    broadcast: int | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many answers to a broadcast wait behind its card, how many of them ask something, and the first of them."""

    number: int
    questions: int
    first: int


# By the index of what organizers wrote to a person: nobody has more than some hundred of that.
_NEWEST = """
SELECT event, CAST(substr(event, instr(event, ':') + 1) AS INTEGER) AS number
  FROM outbox AS o INDEXED BY outbox_letter
 WHERE person_id = ?
   AND kind IN ('help.written', 'help.copy', 'help.pin', 'help.album', 'broadcast', 'broadcast.note')
   AND state = 'sent' AND done_at > ? AND done_at <= ?
   AND (event LIKE 'help.written:%' OR (event LIKE 'broadcast:%' AND message_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM broadcast AS b
        WHERE b.id = CAST(substr(o.event, 11) AS INTEGER) AND b.by_id = o.person_id)))
 ORDER BY done_at DESC, id DESC LIMIT 1
"""
_BROADCAST_IN = """
SELECT CAST(substr(event, 11) AS INTEGER) AS broadcast FROM outbox INDEXED BY outbox_letter
 WHERE person_id = ?1
   AND kind IN ('help.written', 'help.copy', 'help.pin', 'help.album', 'broadcast', 'broadcast.note')
   AND chat_id = ?2 AND event LIKE 'broadcast:%'
   AND (message_id = ?3 OR (album_ids IS NOT NULL AND EXISTS (
       SELECT 1 FROM json_each(outbox.album_ids) AS part WHERE part.value = ?3)))
 LIMIT 1
"""
_FIRST = """
SELECT author_id FROM help_message WHERE broadcast_id = ? AND part_of IS NULL AND passed_at IS NOT NULL
 ORDER BY id LIMIT ?
"""
_GATHER = """
UPDATE help_message
   SET asks = :asks, gathered = coalesce(
       (SELECT g.gathered FROM help_message AS g INDEXED BY help_message_gathered
         WHERE g.broadcast_id = :broadcast AND g.gathered IS NOT NULL LIMIT 1), :id)
 WHERE id = :id
"""
_GATHERED = """
SELECT count(*) AS number, coalesce(sum(asks), 0) AS questions, max(gathered) AS first
  FROM help_message INDEXED BY help_message_gathered
 WHERE broadcast_id = ?1 AND gathered IS NOT NULL AND part_of IS NULL AND (?2 IS NULL OR gathered = ?2)
"""
_NEXT = """
SELECT id, chat_id, message_id FROM help_message INDEXED BY help_message_gathered
 WHERE broadcast_id = ? AND gathered IS NOT NULL AND part_of IS NULL ORDER BY asks DESC, id LIMIT ?
"""
_TAKE = "UPDATE help_message SET gathered = NULL WHERE chat_id = ? AND ? IN (message_id, part_of)"
_OPEN = """
SELECT DISTINCT broadcast_id FROM help_message INDEXED BY help_message_gathered WHERE gathered IS NOT NULL
"""
_SINCE = """
SELECT gathered FROM help_message INDEXED BY help_message_gathered
 WHERE broadcast_id = ? AND gathered IS NOT NULL LIMIT 1
"""
_IS_GATHERED = "SELECT 1 FROM help_message WHERE id = ? AND gathered IS NOT NULL"


def newest_letter(connection: sqlite3.Connection, person_id: int, since: datetime, until: datetime) -> Letter | None:
    """The newest of what organizers wrote to a person that arrived between two moments, or None."""
    row = connection.execute(_NEWEST, (person_id, to_text(since), to_text(until))).fetchone()
    if row is None:
        return None
    number = row["number"]
    return Letter(broadcast=number) if row["event"].startswith("broadcast:") else Letter(message=number)


def broadcast_in(connection: sqlite3.Connection, person_id: int, chat_id: int, message_id: int) -> int | None:
    """The number of the broadcast that a person has got as this message, or None."""
    row = connection.execute(_BROADCAST_IN, (person_id, chat_id, message_id)).fetchone()
    return row["broadcast"] if row is not None else None


def comes_first(connection: sqlite3.Connection, broadcast: int, author_id: int, most: int) -> bool:
    """Whether one of the first `most` answers to a broadcast is this person's, or would be."""
    first = [row["author_id"] for row in connection.execute(_FIRST, (broadcast, most))]
    return len(first) < most or author_id in first


def gather(connection: sqlite3.Connection, message: HelpMessage, *, asks: bool) -> None:
    """An answer waits behind the card of its broadcast, until somebody opens that."""
    connection.execute(_GATHER, {"id": message.id, "broadcast": message.broadcast, "asks": int(asks)})


def is_gathered(connection: sqlite3.Connection, message: HelpMessage) -> bool:
    """Whether the message waits behind a card."""
    return connection.execute(_IS_GATHERED, (message.id,)).fetchone() is not None


def gathered(connection: sqlite3.Connection, broadcast: int, first: int | None = None) -> Gathered | None:
    """What waits behind a broadcast's card (the one of those that wait since message `first`); None for nothing."""
    row = connection.execute(_GATHERED, (broadcast, first)).fetchone()
    return Gathered(row["number"], row["questions"], row["first"]) if row["number"] else None


def gathered_since(connection: sqlite3.Connection, broadcast: int) -> int | None:
    """The first of the answers that wait together behind a broadcast's card; None where none waits."""
    row = connection.execute(_SINCE, (broadcast,)).fetchone()
    return row["gathered"] if row is not None else None


def broadcasts_with_gathered(connection: sqlite3.Connection) -> list[int]:
    """The broadcasts with answers that wait."""
    return [row["broadcast_id"] for row in connection.execute(_OPEN).fetchall() if row["broadcast_id"] is not None]


def take_next(connection: sqlite3.Connection, broadcast: int, most: int) -> list[HelpMessage]:
    """So many of the answers that wait do so no longer, with all their parts: those that ask first, then the oldest."""
    rows = connection.execute(_NEXT, (broadcast, most)).fetchall()
    taken: list[HelpMessage] = []
    for row in rows:
        connection.execute(_TAKE, (row["chat_id"], row["message_id"]))
        taken += help_message_store.all_parts(connection, row["chat_id"], row["message_id"])
    return taken
