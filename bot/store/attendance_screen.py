"""The messages that show the code of a session, another one every half minute: which, and whose code they show."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from bot.store import attendance as attendance_store
from bot.store.attendance import Attendance


@dataclass(frozen=True, slots=True)
class CodeScreen:
    """A row of `attendance_screen` with its reader's language; `shown`: a window.

    `ends`: it is to show no code any more, because its reader has pressed so or may not read it.
    """

    chat_id: int
    message_id: int
    attendance: Attendance
    shown: int
    language: str
    ends: bool


_ALL = """
SELECT s.*, p.language,
       NOT (p.state = 'active' AND (p.role = 'organizer' OR p.owner = 1
                               OR p.telegram_id IN (SELECT value FROM json_each(?)))) AS is_outsider
  FROM attendance_screen AS s JOIN person AS p ON p.id = s.person_id
 WHERE p.reachable = 1 ORDER BY s.chat_id, s.message_id
"""
_ADD = """
INSERT INTO attendance_screen (chat_id, message_id, person_id, attendance_id, shown) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (chat_id, message_id) DO NOTHING
"""
_SET_SHOWN = "UPDATE attendance_screen SET shown = ? WHERE chat_id = ? AND message_id = ?"
_END = "UPDATE attendance_screen SET ends = 1 WHERE chat_id = ? AND message_id = ?"
_DELETE = "DELETE FROM attendance_screen WHERE chat_id = ? AND message_id = ?"


def add(
    connection: sqlite3.Connection, chat_id: int, message_id: int, *, person_id: int, attendance_id: int, shown: int
) -> None:
    """From here on this message changes by itself; it shows the code of the window `shown` already."""
    connection.execute(_ADD, (chat_id, message_id, person_id, attendance_id, shown))


def every(connection: sqlite3.Connection, owners: Iterable[int]) -> list[CodeScreen]:
    """The screens of everyone who can be reached; `owners` are the Telegram ids of those whom the settings name."""
    rows = connection.execute(_ALL, (orjson.dumps(sorted(owners)).decode(),)).fetchall()
    screens = []
    for row in rows:
        its = attendance_store.get(connection, row["attendance_id"])
        assert its is not None  # a screen refers to it
        place = (row["chat_id"], row["message_id"])
        screens.append(CodeScreen(*place, its, row["shown"], row["language"], bool(row["ends"] or row["is_outsider"])))
    return screens


def set_shown(connection: sqlite3.Connection, screen: CodeScreen, shown: int) -> None:
    """The message shows the code of this window now."""
    connection.execute(_SET_SHOWN, (shown, screen.chat_id, screen.message_id))


def end(connection: sqlite3.Connection, chat_id: int, message_id: int, *, person_id: int, attendance_id: int) -> None:
    """Have the message show no code any more, also one that was sent right before the bot was killed."""
    if attendance_store.get(connection, attendance_id) is not None:
        add(connection, chat_id, message_id, person_id=person_id, attendance_id=attendance_id, shown=0)
        connection.execute(_END, (chat_id, message_id))


def delete(connection: sqlite3.Connection, chat_id: int, message_id: int) -> None:
    """The message changes no more."""
    connection.execute(_DELETE, (chat_id, message_id))
