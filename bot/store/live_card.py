"""The messages on organizers' phones that change by themselves: which message, what it is about, and what it shows.

Everything is a row, so that a restart forgets no card. What a subject and a list are is the feature's own affair.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from bot.store.sent import SentMessage


@dataclass(frozen=True, slots=True)
class LiveCard:
    """A row of `live_card` with its reader's language. `is_staff`: whether they may still read it."""

    chat_id: int
    message_id: int
    feature: str
    subject: str
    shown_list: str
    page: int
    shown: str
    hurry: bool
    language: str
    is_staff: bool

    @property
    def place(self) -> tuple[int, int]:
        """The chat and the message."""
        return self.chat_id, self.message_id


_CARDS = """
SELECT c.chat_id, c.message_id, c.feature, c.subject, c.list, c.page, c.shown, c.hurry, p.language,
       p.state = 'active' AND (p.role = 'organizer' OR p.owner = 1
                               OR p.telegram_id IN (SELECT value FROM json_each(?))) AS is_staff
  FROM live_card AS c JOIN person AS p ON p.id = c.person_id
 WHERE p.reachable = 1
UNION ALL
SELECT c.chat_id, c.message_id, c.feature, c.subject, c.list, c.page, c.shown, c.hurry, g.language, g.problem = ''
  FROM live_card AS c JOIN staff_group AS g ON g.group_id = c.chat_id WHERE c.person_id IS NULL
 ORDER BY 1, 2
"""
_SAVE = """
INSERT INTO live_card (chat_id, message_id, person_id, feature, subject, list, page, shown, hurry)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
ON CONFLICT (chat_id, message_id) DO UPDATE
SET feature = excluded.feature, subject = excluded.subject, list = excluded.list, page = excluded.page,
    shown = excluded.shown, hurry = 0
"""
# What nobody has pressed yet shows nothing of what it is about.
_ADOPT = """
INSERT INTO live_card (chat_id, message_id, person_id, feature, subject, list, page, shown, hurry)
SELECT chat_id, message_id, person_id, ?, ?, ?, 0, '', 1 FROM outbox
 WHERE event >= ? AND event < ? AND kind = ? AND state = 'sent' AND message_id IS NOT NULL AND person_id IS NOT NULL
ON CONFLICT (chat_id, message_id) DO NOTHING
"""
_TURN = """
UPDATE live_card SET list = ?, page = ?, hurry = 1
 WHERE chat_id = ? AND message_id = ? AND feature = ? AND subject = ?
"""
_HURRY_ONE = """
UPDATE live_card SET hurry = 1 WHERE chat_id = ? AND message_id = ? AND feature = ? AND subject = ?
"""
_HURRY = "UPDATE live_card SET hurry = 1 WHERE feature = ? AND subject = ?"
_HURRY_FEATURE = "UPDATE live_card SET hurry = 1 WHERE feature = ?"
_MESSAGES = """
SELECT c.chat_id, c.message_id, p.language FROM live_card AS c JOIN person AS p ON p.id = c.person_id
 WHERE c.feature = ? AND c.subject = ? ORDER BY c.chat_id, c.message_id
"""
# What was pressed while the card was being changed is still waited for.
_SET_SHOWN = """
UPDATE live_card SET shown = :shown, hurry = hurry AND NOT (subject = :subject AND list = :list AND page = :page)
 WHERE chat_id = :chat AND message_id = :message
"""
_IS_LIVE = "SELECT 1 FROM live_card WHERE chat_id = ? AND message_id = ?"
_DELETE = "DELETE FROM live_card WHERE chat_id = ? AND message_id = ?"


def save(
    connection: sqlite3.Connection,
    chat_id: int,
    message_id: int,
    *,
    person_id: int | None,
    feature: str,
    subject: str,
    shown_list: str,
    page: int,
    shown: str,
) -> None:
    """From here on this message changes by itself; it shows `shown` (a fingerprint) already.

    `person_id` is whose phone it is on; None for the group of the staff.
    """
    connection.execute(_SAVE, (chat_id, message_id, person_id, feature, subject, shown_list, page, shown))


def adopt(
    connection: sqlite3.Connection, *, feature: str, subject: str, shown_list: str, occurrences: str, kind: str
) -> None:
    """From here on the messages of this kind that arrived are cards, of occurrences whose keys begin so."""
    until = f"{occurrences}\U0010ffff"
    connection.execute(_ADOPT, (feature, subject, shown_list, occurrences, until, kind))


def turn(
    connection: sqlite3.Connection,
    chat_id: int,
    message_id: int,
    *,
    feature: str,
    subject: str,
    shown_list: str,
    page: int,
) -> bool:
    """Have the card of this message show another list or page at once; False for a message that is no live card."""
    place = (chat_id, message_id, feature, subject)
    return connection.execute(_TURN, (shown_list, page, *place)).rowcount == 1


def hurry_one(connection: sqlite3.Connection, chat_id: int, message_id: int, *, feature: str, subject: str) -> bool:
    """Have the card of this message show at once what is true; False for a message that is no live card."""
    return connection.execute(_HURRY_ONE, (chat_id, message_id, feature, subject)).rowcount == 1


def hurry(connection: sqlite3.Connection, feature: str, subject: str) -> None:
    """Have every card about this show at once what has become of it."""
    connection.execute(_HURRY, (feature, subject))


def hurry_feature(connection: sqlite3.Connection, feature: str) -> None:
    """Have every card of a feature show at once what is true."""
    connection.execute(_HURRY_FEATURE, (feature,))


def all_reachable(connection: sqlite3.Connection, owners: Iterable[int]) -> list[LiveCard]:
    """The cards of everyone who can be reached; `owners` are the Telegram ids of those whom the settings name."""
    rows = connection.execute(_CARDS, (orjson.dumps(sorted(owners)).decode(),))
    return [
        LiveCard(
            row["chat_id"],
            row["message_id"],
            row["feature"],
            row["subject"],
            row["list"],
            row["page"],
            row["shown"],
            bool(row["hurry"]),
            row["language"],
            bool(row["is_staff"]),
        )
        for row in rows
    ]


def messages_of(connection: sqlite3.Connection, feature: str, subject: str) -> list[SentMessage]:
    """The messages that are cards about this, with their readers' languages."""
    return [SentMessage(*row) for row in connection.execute(_MESSAGES, (feature, subject))]


def set_shown(connection: sqlite3.Connection, card: LiveCard, shown: str) -> None:
    """The card shows this now."""
    values = {"subject": card.subject, "list": card.shown_list, "page": card.page}
    connection.execute(_SET_SHOWN, {**values, "shown": shown, "chat": card.chat_id, "message": card.message_id})


def delete(connection: sqlite3.Connection, card: LiveCard) -> None:
    """The message changes no more."""
    connection.execute(_DELETE, (card.chat_id, card.message_id))


def is_live(connection: sqlite3.Connection, chat_id: int, message_id: int) -> bool:
    """Whether this message changes by itself."""
    return connection.execute(_IS_LIVE, (chat_id, message_id)).fetchone() is not None
