"""All that is kept about one person: to hand it over, and to erase it.

Which tables those are is read from the database itself: each has a `person_id`. So a new table is never forgotten.
"""

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from bot.clock import to_text
from bot.store import conversation, outbox
from bot.store.person import Person

# Also theirs, but under another column than `person_id`.
_BY_ACCOUNT = ("admission", "invite_use")
_LEFT_OUT = {"menu", "step"}

_TABLES = """
SELECT kept.name FROM sqlite_schema AS kept JOIN pragma_table_info(kept.name) AS info
WHERE kept.type = 'table' AND info.name = 'person_id' ORDER BY kept.name
"""
_ANONYMOUS = """
UPDATE person SET telegram_id = -id, username = NULL, name = '', group_key = NULL, state = 'left', reachable = 0,
                  step = NULL, menu = NULL, consented_at = NULL
WHERE id = ?
"""
# Numbers that were counted stay counted; nothing in the database leads from them to the person any more.
_ERASURES = (
    "DELETE FROM outbox WHERE chat_id = :account",
    "DELETE FROM help_message WHERE person_id = :person OR author_id = :person",
    "DELETE FROM admission WHERE telegram_id = :account",
    "DELETE FROM invite_use WHERE telegram_id = :account",
    "UPDATE invite SET made_by = 0 WHERE made_by = :account",
    "UPDATE broadcast SET chat_id = 0, card_id = NULL WHERE chat_id = :account",
    "DELETE FROM pause WHERE chat_id = :account",
    "DELETE FROM multipart WHERE chat_id = :account",
    "DELETE FROM inbox WHERE sender_id = :account AND update_id <> :update AND state <> 'new'",
    # The wish itself: its row must stay, or Telegram's second copy of it would count as another one.
    "UPDATE inbox SET raw = x'7B7D', sender_id = 0, state = 'done', done_at = :now WHERE update_id = :update",
)

Rows = list[dict[str, object]]


def export(connection: sqlite3.Connection, someone: Person) -> Mapping[str, Rows]:
    """Every row about the person by table, with columns by name; empty tables are left out."""
    found = {"person": _rows(connection, "person", "id", someone.id)}
    for table in _tables(connection):
        found[table] = _rows(connection, table, "person_id", someone.id)
    for table in _BY_ACCOUNT:
        found[table] = _rows(connection, table, "telegram_id", someone.telegram_id)
    return {table: rows for table, rows in found.items() if rows}


def erase(connection: sqlite3.Connection, someone: Person, update_id: int, now: datetime) -> None:
    """Erase the person: words, answers, identity, and what was about to be sent. What remains is a nameless row.

    `update_id` is the update that asks for it; it counts as handled from here on.
    """
    outbox.cancel(connection, now=now, person_id=someone.id, why="erased")
    conversation.forget(connection, someone.telegram_id)
    outbox.forget(connection, someone.id)
    # Identity first: counts that triggers keep by the group must see the person leave it.
    connection.execute(_ANONYMOUS, (someone.id,))
    values = {
        "account": someone.telegram_id,
        "person": someone.id,
        "update": update_id,
        "now": to_text(now),
    }
    for statement in _ERASURES:
        connection.execute(statement, values)
    for table in _tables(connection):
        connection.execute(f"DELETE FROM {table} WHERE person_id = ?", (someone.id,))  # noqa: S608 - the schema's names


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [row["name"] for row in connection.execute(_TABLES)]


def _rows(connection: sqlite3.Connection, table: str, column: str, value: int) -> Rows:
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (value,))  # noqa: S608 - the schema's names
    names = [column[0] for column in cursor.description]
    return [{name: row[name] for name in names if name not in _LEFT_OUT} for row in cursor]
