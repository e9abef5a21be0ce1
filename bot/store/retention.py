"""How long is kept what nobody agreed to for longer, or nobody needs. People read these spans on their screens."""

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from bot.clock import to_text
from bot.store import admission as admission_store
from bot.store import duty_note as duty_note_store
from bot.store import help_message as help_message_store
from bot.store import joining as joining_store
from bot.store import person, roster_import, wiping
from bot.store import roster as roster_store
from bot.store import sheet as sheet_store

JOINING: Final = timedelta(days=14)  # who stops halfway, since the last question
UNANSWERED: Final = timedelta(days=30)  # a stranger's request that no organizer answers
REFUSED: Final = timedelta(days=7)  # one that was refused: so long the organizers can change their minds
PUT_OUT: Final = timedelta(days=14)  # a member whom the organizers put out
LISTED: Final = timedelta(days=180)  # somebody on the roster who has not joined, since the list last said something new
SHEETS: Final = timedelta(days=180)  # what stood on attendance sheets: the papers are with the office

_AT_ONCE: Final = 200
_SHEETS_AT_ONCE: Final = 5  # of up to 600 people each
_STOPPED = """
SELECT p.telegram_id FROM person AS p LEFT JOIN conversation AS c ON c.chat_id = p.telegram_id
 WHERE p.state = 'joining' AND max(p.created_at, coalesce(c.since, '')) < ? ORDER BY p.id LIMIT ?
"""
_PUT_OUT = """
SELECT p.telegram_id FROM person AS p
 WHERE p.state = 'left' AND p.telegram_id > 0
   AND coalesce(p.removed_at, '') < :before
   AND NOT EXISTS (SELECT 1 FROM role_grant WHERE person_id = p.id AND ended_at >= :before)
 ORDER BY p.id LIMIT :limit
"""
_OLD_REQUESTS = """
SELECT telegram_id FROM admission
 WHERE (state = 'asked' AND asked_at < :unanswered) OR (state = 'refused' AND answered_at < :refused)
 ORDER BY id LIMIT :limit
"""
# What a chat waits for where nobody is known any more.
_NOBODY_WAITS = """
DELETE FROM conversation
 WHERE chat_id > 0 AND since < ? AND NOT EXISTS (SELECT 1 FROM person WHERE telegram_id = conversation.chat_id)
"""
_OVER = "DELETE FROM pause WHERE until <= ?"
# The words of an erased organizer are gone once they have reached everybody they were for.
_BROADCASTS = """
DELETE FROM broadcast_version WHERE broadcast_id IN (
    SELECT id FROM broadcast
     WHERE state NOT IN ('draft', 'sending') AND by_id IN (SELECT id FROM person WHERE telegram_id < 0))
"""


def sweep(connection: sqlite3.Connection, now: datetime) -> bool:
    """Forget what has been kept for long enough; return whether there is more of it."""
    stopped = [row[0] for row in connection.execute(_STOPPED, (to_text(now - JOINING), _AT_ONCE))]
    put_out = {"before": to_text(now - PUT_OUT), "limit": _AT_ONCE - len(stopped)}
    stopped += [row[0] for row in connection.execute(_PUT_OUT, put_out)]
    for telegram_id in stopped:
        someone = person.by_telegram_id(connection, telegram_id)
        if someone is not None:
            joining_store.decline(connection, someone, now)
    spans = {"unanswered": to_text(now - UNANSWERED), "refused": to_text(now - REFUSED), "limit": _AT_ONCE}
    requests = [row[0] for row in connection.execute(_OLD_REQUESTS, spans)]
    for telegram_id in requests:
        admission_store.forget(connection, telegram_id)
    undecided = help_message_store.prune_undecided(connection, now)
    notes = duty_note_store.prune(connection, now)
    orphans = connection.execute(_NOBODY_WAITS, (to_text(now - JOINING),)).rowcount
    unsigned = connection.execute(_BROADCASTS).rowcount
    listed = roster_store.prune(connection, now - LISTED, _AT_ONCE)
    files = roster_import.prune(connection, now)
    sheets = sheet_store.prune(connection, now - SHEETS, _SHEETS_AT_ONCE)
    connection.execute(_OVER, (to_text(now),))
    if any((stopped, requests, undecided, notes, orphans, unsigned, listed, files, sheets)):
        wiping.ask(connection)
    return _AT_ONCE in {len(stopped), len(requests), listed} or sheets == _SHEETS_AT_ONCE
