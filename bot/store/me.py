"""All that is kept about one person: to hand it over, and to erase it.

Which tables those are is read from the database itself: each has a `person_id`, or the account under `telegram_id` or
`chat_id`. So a new table is never forgotten.
"""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.clock import to_text
from bot.store import conversation, inbox, outbox, wiping
from bot.store.person import Person

_OF_PERSON: Final = "person_id"
_OF_ACCOUNT: Final = ("telegram_id", "chat_id")
_ELSEWHERE: Final = frozenset(
    {"person", "broadcast", "broadcast_part", "alert", "certificate"}
)  # these have a statement of their own
_STAYS: Final = frozenset({"audit"})  # numbers alone, which lead to nobody once the person is erased
# Of no use to the person: numbers of chats, which may be somebody else's, and how a menu looks.
_LEFT_OUT: Final = frozenset({"menu", "step", "chat_id", "has_keyboard"})

# What they did and wrote that is about others, or for all.
_BY_THEM: Final[Mapping[str, str]] = {
    "help_message": "SELECT * FROM help_message WHERE person_id = :person OR author_id = :person ORDER BY id",
    "broadcast": "SELECT * FROM broadcast WHERE by_id = :person ORDER BY id",
    "broadcast_version": """
        SELECT v.* FROM broadcast_version AS v JOIN broadcast AS b ON b.id = v.broadcast_id
         WHERE b.by_id = :person ORDER BY v.broadcast_id, v.language
    """,
    "invite": "SELECT id, role, expires_at, made_at FROM invite WHERE made_by = :account ORDER BY id",
    "programme_version": "SELECT number, source, published_at, reason FROM programme_version WHERE by_id = :person",
    "person_note": "SELECT * FROM person_note WHERE person_id = :person OR by_id = :person ORDER BY id",
    "mark": "SELECT * FROM mark WHERE person_id = :person OR by_id = :person ORDER BY id",
    "inbox": "SELECT update_id, raw, received_at FROM inbox WHERE sender_id = :account ORDER BY id",
}
_TABLES = """
SELECT kept.name FROM sqlite_schema AS kept JOIN pragma_table_info(kept.name) AS info
WHERE kept.type = 'table' AND info.name = ? ORDER BY kept.name
"""
_ANONYMOUS = """
UPDATE person SET telegram_id = -id, username = NULL, name = '', group_key = NULL, state = 'left', reachable = 0,
                  step = NULL, menu = NULL, consented_at = NULL, owner = 0, reminder_minutes = NULL, paused_at = NULL,
                  removed_at = NULL
WHERE id = ?
"""
# Numbers that were counted stay counted; nothing in the database leads from them to the person any more.
_ERASURES = (
    "DELETE FROM person_note WHERE by_id = :person",
    "DELETE FROM help_message WHERE person_id = :person OR author_id = :person",
    # Its moments stay, for how long people wait until they are helped is told from them.
    """
    UPDATE alert SET person_id = NULL, subject = 'erased:' || id, detail = '', state = 'settled', due_at = NULL,
                     settled_at = coalesce(settled_at, :now)
     WHERE person_id = :person
    """,
    # Its number stays verifiable, for whoever has it on paper; whose it is, is known no more.
    """
    UPDATE certificate SET person_id = NULL, name = '', latin_name = '', competencies = '[]', reason = '',
                           code = 'erased:' || id
     WHERE person_id = :person
    """,
    "UPDATE certificate SET reason = '' WHERE ended_by = :person",
    "UPDATE certificate_exception SET reason = '' WHERE by_id = :person",
    "UPDATE invite SET made_by = 0 WHERE made_by = :account",
    "UPDATE inbox SET sender_id = 0 WHERE sender_id = :account AND state <> 'new'",
    "UPDATE broadcast SET chat_id = 0, card_id = NULL WHERE chat_id = :account",
    """
    UPDATE fanout SET cancelled = 1, done_at = :now WHERE done_at IS NULL AND event IN (
        SELECT 'broadcast:' || id FROM broadcast WHERE by_id = :person AND state = 'scheduled')
    """,
    """
    UPDATE broadcast SET state = 'dropped', ended_at = :now
     WHERE by_id = :person AND state IN ('draft', 'scheduled')
    """,
    # What is still on its way is the organizers' news; its words go when it has arrived (bot.store.retention).
    """
    DELETE FROM broadcast_version
     WHERE broadcast_id IN (SELECT id FROM broadcast WHERE by_id = :person AND state <> 'sending')
    """,
    # A list that was sent and not taken yet may hold the person: whoever sent it sends it again.
    "DELETE FROM roster_import",
    # The programme stays: it is the seminar's.
    "UPDATE programme_version SET by_id = NULL, reason = '' WHERE by_id = :person",
    """
    UPDATE outbox SET data = json_set(data, '$.owners', json(
        (SELECT json_group_array(value) FROM json_each(data, '$.owners') WHERE value <> :account)))
     WHERE event IN (SELECT event FROM fanout, json_each(fanout.data, '$.owners') WHERE value = :account)
       AND json_type(data, '$.owners') IS NOT NULL
    """,
    """
    UPDATE fanout SET data = json_set(data, '$.owners', json(
        (SELECT json_group_array(value) FROM json_each(data, '$.owners') WHERE value <> :account)))
     WHERE EXISTS (SELECT 1 FROM json_each(data, '$.owners') WHERE value = :account)
    """,
)

Rows = list[dict[str, object]]


def export(connection: sqlite3.Connection, someone: Person) -> Mapping[str, Rows]:
    """Every row about the person or by them, by table, with columns by name; empty tables are left out."""
    values = {"person": someone.id, "account": someone.telegram_id}
    tables = {"person": _rows(connection, "SELECT * FROM person WHERE id = :person", values)}
    for table in _tables(connection, _OF_PERSON):
        tables[table] = _rows(connection, f"SELECT * FROM {table} WHERE person_id = :person", values)  # noqa: S608 - the schema's names
    for column in _OF_ACCOUNT:
        for table in _tables(connection, column):
            if table not in tables:
                query = f"SELECT * FROM {table} WHERE {column} = :account"  # noqa: S608 - the schema's names
                tables[table] = _rows(connection, query, values)
    for table, query in _BY_THEM.items():
        tables[table] = _rows(connection, query, values)
    return {table: rows for table, rows in tables.items() if rows}


def erase(connection: sqlite3.Connection, someone: Person, update_id: int, now: datetime) -> None:
    """Erase the person: words, answers, identity, and what was about to be sent. What remains is a nameless row.

    `update_id` is the update that asks for it; it counts as handled from here on. Have it overwritten after that.
    """
    forget(connection, someone, now)
    inbox.forget_sender(connection, update_id, now)


def forget(connection: sqlite3.Connection, someone: Person, now: datetime) -> None:
    """Erase all of the person but what they sent and is not handled yet."""
    outbox.cancel(connection, now=now, person_id=someone.id, why="erased")
    conversation.forget(connection, someone.telegram_id)
    outbox.forget(connection, someone.id)
    # Identity first: counts that triggers keep by the group must see the person leave it.
    connection.execute(_ANONYMOUS, (someone.id,))
    values = {"account": someone.telegram_id, "person": someone.id, "now": to_text(now)}
    for statement in _ERASURES:
        connection.execute(statement, values)
    for table in _tables(connection, _OF_PERSON):
        if table not in _STAYS | _ELSEWHERE:
            connection.execute(f"DELETE FROM {table} WHERE person_id = :person", values)  # noqa: S608 - the schema's names
    for column in _OF_ACCOUNT:
        for table in _tables(connection, column):
            if table not in _ELSEWHERE:
                connection.execute(f"DELETE FROM {table} WHERE {column} = :account", values)  # noqa: S608 - the schema's names
    wiping.ask(connection)


def _tables(connection: sqlite3.Connection, column: str) -> list[str]:
    return [row["name"] for row in connection.execute(_TABLES, (column,))]


def _rows(connection: sqlite3.Connection, query: str, values: Mapping[str, int]) -> Rows:
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [{name: _told(row[name]) for name in names if name not in _LEFT_OUT} for row in cursor]


def _told(value: object) -> object:
    """A column's value in JSON: what Telegram sent is JSON already."""
    return json.loads(value) if isinstance(value, bytes) else value
