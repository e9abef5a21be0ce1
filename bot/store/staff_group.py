"""The group of the staff: whether it may be used, who is in it, and who is in it that should not be."""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.clock import from_text, to_text


class GroupProblem(StrEnum):
    """Why nothing is said in the group. The values stand in the database, the worst first."""

    GONE = "gone"  # the bot is not in it
    NO_FORUM = "no forum"
    NO_ADMIN = "no admin"
    NO_TOPICS = "no topics"  # it may not manage topics
    STRANGERS = "strangers"  # somebody in it is no organizer
    NONE = ""


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """The group that is connected. `unknown` members are nobody whom the bot knows by name."""

    chat_id: int
    title: str
    language: str
    connected_at: datetime
    problem: GroupProblem
    since: datetime
    checked_at: datetime | None
    unknown: int

    @property
    def usable(self) -> bool:
        """Whether names and words may stand in it: everybody there is an organizer, and the bot may do its work."""
        return self.problem is GroupProblem.NONE


_GET = "SELECT * FROM staff_group"
_CONNECT = """
INSERT INTO staff_group (one, group_id, title, language, connected_at, problem, since, checked_at)
VALUES (1, ?, ?, ?, ?, ?, ?, NULL)
ON CONFLICT (one) DO UPDATE
SET group_id = excluded.group_id, title = excluded.title, language = excluded.language,
    connected_at = excluded.connected_at, problem = excluded.problem, since = excluded.since, checked_at = NULL,
    unknown = 0
"""
_CHECKED = "UPDATE staff_group SET title = ?, unknown = ?, checked_at = ? WHERE group_id = ?"
_CALL_OFF = """
UPDATE outbox SET state = 'cancelled', error = 'not wanted', done_at = ? WHERE chat_id = ? AND state = 'due'
"""


def get(connection: sqlite3.Connection) -> StaffGroup | None:
    """The group, or None where none is connected."""
    row = connection.execute(_GET).fetchone()
    if row is None:
        return None
    return StaffGroup(
        row["group_id"],
        row["title"],
        row["language"],
        from_text(row["connected_at"]),
        GroupProblem(row["problem"]),
        from_text(row["since"]),
        from_text(row["checked_at"]) if row["checked_at"] else None,
        row["unknown"],
    )


def in_chat(connection: sqlite3.Connection, chat_id: int) -> StaffGroup | None:
    """The group, if it is this chat."""
    group = get(connection) if chat_id < 0 else None
    return group if group is not None and group.chat_id == chat_id else None


def connect(connection: sqlite3.Connection, chat_id: int, title: str, language: str, now: datetime) -> None:
    """Connect a group, instead of the one before. Until Telegram was asked about it, nothing is said there."""
    disconnect(connection, now)
    moment = to_text(now)
    connection.execute(_CONNECT, (chat_id, title, language, moment, GroupProblem.GONE, moment))


def disconnect(connection: sqlite3.Connection, now: datetime) -> None:
    """No group is connected; what waits for it does so no more. Its topics are remembered, for when it comes back."""
    if (group := get(connection)) is None:
        return
    connection.execute(_CALL_OFF, (to_text(now), group.chat_id))
    connection.execute("DELETE FROM live_card WHERE chat_id = ?", (group.chat_id,))
    for table in ("staff_group", "staff_group_member", "staff_group_stranger"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of this page


def checked(connection: sqlite3.Connection, chat_id: int, title: str, unknown: int, now: datetime) -> None:
    """Telegram has told what the group is called, and how many of its members nobody knows."""
    connection.execute(_CHECKED, (title, unknown, to_text(now), chat_id))


def set_problem(connection: sqlite3.Connection, problem: GroupProblem, now: datetime) -> None:
    """Another problem, or none, from now on."""
    connection.execute("UPDATE staff_group SET problem = ?, since = ?", (problem, to_text(now)))


def ask_again(connection: sqlite3.Connection) -> None:
    """Something has changed in the group: Telegram is to be asked at once."""
    connection.execute("UPDATE staff_group SET checked_at = NULL")


def set_members(connection: sqlite3.Connection, people: Iterable[int]) -> None:
    """These organizers (their numbers) are in the group."""
    connection.execute("DELETE FROM staff_group_member")
    connection.executemany("INSERT INTO staff_group_member (person_id) VALUES (?)", [(one,) for one in people])


def members(connection: sqlite3.Connection) -> frozenset[int]:
    """The numbers of the organizers who are in the group."""
    return frozenset(row["person_id"] for row in connection.execute("SELECT person_id FROM staff_group_member"))


def strangers(connection: sqlite3.Connection) -> dict[int, str]:
    """Who is in the group and is no organizer, as far as Telegram tells: their names by their accounts."""
    rows = connection.execute("SELECT telegram_id, name FROM staff_group_stranger ORDER BY telegram_id")
    return {row["telegram_id"]: row["name"] for row in rows}


def seen(connection: sqlite3.Connection) -> list[int]:
    """The accounts of whoever was in the group when it was looked at last: some may be organizers no more."""
    known = (
        "SELECT telegram_id FROM staff_group_stranger UNION "
        "SELECT telegram_id FROM person JOIN staff_group_member ON person_id = id"
    )
    return [row["telegram_id"] for row in connection.execute(known)]


def add_stranger(connection: sqlite3.Connection, telegram_id: int, name: str) -> bool:
    """Somebody is in the group; return whether that is new."""
    add = "INSERT INTO staff_group_stranger (telegram_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING"
    return connection.execute(add, (telegram_id, name)).rowcount == 1


def forget_strangers(connection: sqlite3.Connection, gone: Collection[int]) -> None:
    """These are not in the group any more, or are organizers now."""
    remove = "DELETE FROM staff_group_stranger WHERE telegram_id = ?"
    connection.executemany(remove, [(one,) for one in gone])
