"""The topics that the bot has made in a forum: what each is about, and its number there."""

import sqlite3
from typing import Final

from bot.store.person import Person

ALERTS: Final = "alerts"

_SAVE = """
INSERT INTO forum_topic (group_id, subject, person_id, thread_id) VALUES (?, ?, ?, ?)
ON CONFLICT (group_id, subject) DO UPDATE SET thread_id = excluded.thread_id, closed = 0
"""
_GET = "SELECT thread_id, closed FROM forum_topic WHERE group_id = ? AND subject = ?"
_FORGET = "DELETE FROM forum_topic WHERE group_id = ? AND thread_id = ?"
_SET_CLOSED = "UPDATE forum_topic SET closed = ? WHERE group_id = ? AND subject = ?"
_PERSON_IN = "SELECT person_id FROM forum_topic WHERE group_id = ? AND thread_id = ?"
_OF_PERSON = "SELECT group_id, thread_id FROM forum_topic WHERE person_id = ?"
_PREFIX = "person-"


def about(someone: Person) -> str:
    """The subject of a person's topic."""
    return f"{_PREFIX}{someone.id}"


def get(connection: sqlite3.Connection, chat_id: int, subject: str) -> tuple[int, bool] | None:
    """The number of the topic, and whether it is closed; None where there is none."""
    row = connection.execute(_GET, (chat_id, subject)).fetchone()
    return (row["thread_id"], bool(row["closed"])) if row is not None else None


def save(connection: sqlite3.Connection, chat_id: int, subject: str, thread_id: int) -> None:
    """The topic was made; whoever has left meanwhile has none."""
    person_id = int(subject.removeprefix(_PREFIX)) if subject.startswith(_PREFIX) else None
    connection.execute(_SAVE, (chat_id, subject, person_id, thread_id))


def forget(connection: sqlite3.Connection, chat_id: int, thread_id: int) -> None:
    """Somebody has deleted the topic."""
    connection.execute(_FORGET, (chat_id, thread_id))


def set_closed(connection: sqlite3.Connection, chat_id: int, subject: str, *, closed: bool) -> None:
    """Somebody has closed the topic, or it is open again."""
    connection.execute(_SET_CLOSED, (closed, chat_id, subject))


def person_in(connection: sqlite3.Connection, chat_id: int, thread_id: int) -> int | None:
    """The number of the person whose topic this is, or None."""
    row = connection.execute(_PERSON_IN, (chat_id, thread_id)).fetchone()
    return row["person_id"] if row is not None else None


def of_person(connection: sqlite3.Connection, person_id: int) -> list[tuple[int, int]]:
    """Where a person has topics: the group, and the number of the topic there."""
    return [(row["group_id"], row["thread_id"]) for row in connection.execute(_OF_PERSON, (person_id,))]
