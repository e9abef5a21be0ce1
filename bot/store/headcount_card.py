"""The cards on organizers' phones that show a headcount and change by themselves: which message, and what it shows.

Everything is a row, so that a restart forgets no card.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from bot.store.headcount_list import HeadcountList


@dataclass(frozen=True, slots=True)
class HeadcountCard:
    """A row of `headcount_card` with its reader's language. `is_staff`: whether they may still read it."""

    chat_id: int
    message_id: int
    headcount_id: int
    shown_list: HeadcountList
    page: int
    shown: str
    hurry: bool
    language: str
    is_staff: bool


_CARDS = """
SELECT c.chat_id, c.message_id, c.headcount_id, c.list, c.page, c.shown, c.hurry, p.language,
       p.state = 'active' AND (p.role = 'organizer' OR p.owner = 1
                               OR p.telegram_id IN (SELECT value FROM json_each(?))) AS is_staff
  FROM headcount_card AS c JOIN person AS p ON p.id = c.person_id
 WHERE p.reachable = 1 ORDER BY c.chat_id, c.message_id
"""
_SAVE = """
INSERT INTO headcount_card (chat_id, message_id, person_id, headcount_id, list, page, shown, hurry)
VALUES (?, ?, ?, ?, ?, ?, ?, 0)
ON CONFLICT (chat_id, message_id) DO UPDATE
SET headcount_id = excluded.headcount_id, list = excluded.list, page = excluded.page, shown = excluded.shown, hurry = 0
"""
# What nobody has pressed yet shows nothing of the headcount.
_ADOPT = """
INSERT INTO headcount_card (chat_id, message_id, person_id, headcount_id, list, page, shown, hurry)
SELECT chat_id, message_id, person_id, ?, 'missing', 0, '', 1 FROM outbox
 WHERE event >= ? AND event < ? AND kind = ? AND state = 'sent' AND message_id IS NOT NULL AND person_id IS NOT NULL
ON CONFLICT (chat_id, message_id) DO NOTHING
"""
_TURN = """
UPDATE headcount_card SET list = ?, page = ?, hurry = 1 WHERE chat_id = ? AND message_id = ? AND headcount_id = ?
"""
_HURRY = "UPDATE headcount_card SET hurry = 1 WHERE headcount_id = ?"
# What was pressed while the card was being changed is still waited for.
_SET_SHOWN = """
UPDATE headcount_card SET shown = :shown, hurry = hurry AND NOT (list = :list AND page = :page)
 WHERE chat_id = :chat AND message_id = :message
"""
_DELETE = "DELETE FROM headcount_card WHERE chat_id = ? AND message_id = ?"


def save(
    connection: sqlite3.Connection,
    chat_id: int,
    message_id: int,
    *,
    person_id: int,
    headcount_id: int,
    shown_list: HeadcountList,
    page: int,
    shown: str,
) -> None:
    """From here on this message changes by itself; it shows `shown` (a fingerprint) already."""
    connection.execute(_SAVE, (chat_id, message_id, person_id, headcount_id, shown_list, page, shown))


def adopt(connection: sqlite3.Connection, headcount_id: int, occurrences: str, kind: str) -> None:
    """From here on the messages of this kind that arrived are its cards, of occurrences that begin so."""
    connection.execute(_ADOPT, (headcount_id, occurrences, f"{occurrences}\U0010ffff", kind))


def turn(
    connection: sqlite3.Connection,
    chat_id: int,
    message_id: int,
    *,
    headcount_id: int,
    shown_list: HeadcountList,
    page: int,
) -> bool:
    """Have the card of this message show another list or page at once; False for a message that is no live card."""
    return connection.execute(_TURN, (shown_list, page, chat_id, message_id, headcount_id)).rowcount == 1


def hurry(connection: sqlite3.Connection, headcount_id: int) -> None:
    """Have every card of a headcount show at once what has become of it."""
    connection.execute(_HURRY, (headcount_id,))


def all_reachable(connection: sqlite3.Connection, owners: Iterable[int]) -> list[HeadcountCard]:
    """The cards of everyone who can be reached; `owners` are the Telegram ids of those whom the settings name."""
    rows = connection.execute(_CARDS, (orjson.dumps(sorted(owners)).decode(),))
    return [
        HeadcountCard(
            row["chat_id"],
            row["message_id"],
            row["headcount_id"],
            HeadcountList(row["list"]),
            row["page"],
            row["shown"],
            bool(row["hurry"]),
            row["language"],
            bool(row["is_staff"]),
        )
        for row in rows
    ]


def set_shown(connection: sqlite3.Connection, card: HeadcountCard, shown: str) -> None:
    """The card shows this now."""
    values = {"list": card.shown_list, "page": card.page, "chat": card.chat_id, "message": card.message_id}
    connection.execute(_SET_SHOWN, {**values, "shown": shown})


def delete(connection: sqlite3.Connection, card: HeadcountCard) -> None:
    """The message changes no more."""
    connection.execute(_DELETE, (card.chat_id, card.message_id))
