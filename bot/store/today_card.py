"""The pinned card of a day: which message it is in each chat, what it shows, and whether it is pinned.

A row is written by a trigger in the transaction that notes that an agenda has arrived.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import orjson

from bot.clock import from_text, to_text

_COLUMNS = """
SELECT c.chat_id, c.message_id, c.person_id, c.date, c.sent_at, c.language, c.group_key, c.shown, c.pin,
       p.language, p.group_key, p.state = 'active' AND p.reachable = 1
  FROM today_card AS c JOIN person AS p ON p.id = c.person_id
"""
_TO_PIN = f"{_COLUMNS} WHERE c.pin = 'wanted' LIMIT ?"
_TO_END = f"{_COLUMNS} WHERE c.pin = 'over' LIMIT ?"
_EARLIER = f"{_COLUMNS} WHERE c.date > '' AND c.date < ? LIMIT ?"
_PAGE = f"{_COLUMNS} WHERE c.date = ? AND c.person_id > ? AND c.pin <> 'over' ORDER BY c.person_id LIMIT ?"
# From the accounts on: the cards of a day are as many as there are people.
_OF_ACCOUNTS = """
SELECT c.chat_id, c.message_id, c.person_id, c.date, c.sent_at, c.language, c.group_key, c.shown, c.pin,
       p.language, p.group_key, p.state = 'active' AND p.reachable = 1
  FROM json_each(?) AS account CROSS JOIN person AS p ON p.telegram_id = account.value
       CROSS JOIN today_card AS c ON c.person_id = p.id
 WHERE c.date = ? AND c.pin <> 'over'
"""
_IS_CARD = "SELECT 1 FROM today_card WHERE chat_id = ? AND message_id = ? AND date = ? AND pin <> 'over'"
_ANY = "SELECT 1 FROM today_card WHERE person_id = ? AND date IN (?, '') AND pin NOT IN ('over', 'away') LIMIT 1"
_ADOPT = """
INSERT INTO today_card (chat_id, message_id, person_id, date, sent_at, language, group_key, shown, pin)
SELECT :chat, :message, id, :date, :now, language, group_key, :shown, 'wanted' FROM person WHERE id = :person
"""
_LEAVE = "UPDATE today_card SET pin = 'over' WHERE person_id = ? AND pin <> 'none'"
_SET_PIN = "UPDATE today_card SET pin = ? WHERE chat_id = ? AND message_id = ? AND pin = 'wanted'"
_SET_DATE = "UPDATE today_card SET date = ? WHERE chat_id = ? AND message_id = ?"
_SET_SHOWN = "UPDATE today_card SET shown = ? WHERE chat_id = ? AND message_id = ?"
_AWAY = "UPDATE today_card SET pin = 'away', date = '' WHERE chat_id = ? AND message_id = ?"
_DELETE = "DELETE FROM today_card WHERE chat_id = ? AND message_id = ?"
# By the index on roles, and never more rows than were asked about.
_MORE_THAN = """
SELECT count(*) FROM (
    SELECT 1 FROM person WHERE role IN ('teacher', 'organizer', 'coordinator') AND state = 'active' LIMIT ?)
"""


class TodayCard(NamedTuple):
    """One message in a chat, and for whom it is rendered. `shown` is '' while it shows what was sent."""

    chat_id: int
    message_id: int
    person_id: int
    date: str
    sent_text: str
    sent_language: str
    sent_group: str | None
    shown: str
    pin: str
    language: str
    group: str | None
    is_read: bool  # whether its person is a member whom the bot reaches

    @property
    def sent_at(self) -> datetime:
        """When it arrived."""
        return from_text(self.sent_text)


def to_pin(connection: sqlite3.Connection, limit: int) -> list[TodayCard]:
    """Cards that have arrived and are not pinned yet."""
    return [TodayCard(*row) for row in connection.execute(_TO_PIN, (limit,))]


def to_end(connection: sqlite3.Connection, limit: int, *, before: date | None) -> list[TodayCard]:
    """Cards whose place another one has taken, and those of days before a date."""
    found = [TodayCard(*row) for row in connection.execute(_TO_END, (limit,))]
    if before is None or found:
        return found
    return [TodayCard(*row) for row in connection.execute(_EARLIER, (before.isoformat(), limit))]


def page(connection: sqlite3.Connection, on: date, *, after: int, limit: int) -> list[TodayCard]:
    """The next cards of a day, by their persons' ids."""
    return [TodayCard(*row) for row in connection.execute(_PAGE, (on.isoformat(), after, limit))]


def of_accounts(connection: sqlite3.Connection, on: date, accounts: Iterable[int]) -> list[TodayCard]:
    """The cards of a day in these people's chats."""
    wanted = orjson.dumps(sorted(accounts)).decode()
    return [TodayCard(*row) for row in connection.execute(_OF_ACCOUNTS, (wanted, on.isoformat()))]


def is_card(connection: sqlite3.Connection, chat_id: int, message_id: int, on: date) -> bool:
    """Whether the message is the card of this day in its chat."""
    return connection.execute(_IS_CARD, (chat_id, message_id, on.isoformat())).fetchone() is not None


def has_card(connection: sqlite3.Connection, person_id: int, on: date) -> bool:
    """Whether the person has a card of this day, pinned or not."""
    return connection.execute(_ANY, (person_id, on.isoformat())).fetchone() is not None


def adopt(
    connection: sqlite3.Connection,
    chat_id: int,
    message_id: int,
    *,
    person_id: int,
    on: date,
    shown: str,
    now: datetime,
) -> None:
    """This message is the person's card of a day from here on, unless they have one."""
    values = {"chat": chat_id, "message": message_id, "person": person_id, "date": on.isoformat()}
    if has_card(connection, person_id, on):
        return
    connection.execute(_LEAVE, (person_id,))
    connection.execute(_ADOPT, {**values, "now": to_text(now), "shown": shown})


def set_pin(connection: sqlite3.Connection, card: TodayCard, pin: str) -> None:
    """What became of pinning a card; one whose place another has taken meanwhile is left as it is."""
    connection.execute(_SET_PIN, (pin, card.chat_id, card.message_id))


def set_date(connection: sqlite3.Connection, card: TodayCard, on: date) -> None:
    """The day that a card is about."""
    connection.execute(_SET_DATE, (on.isoformat(), card.chat_id, card.message_id))


def set_shown(connection: sqlite3.Connection, chat_id: int, message_id: int, shown: str) -> None:
    """The card shows this now."""
    connection.execute(_SET_SHOWN, (shown, chat_id, message_id))


def set_away(connection: sqlite3.Connection, card: TodayCard) -> None:
    """Its place is over, and its person cannot be reached: the pin is taken off when they are back."""
    connection.execute(_AWAY, (card.chat_id, card.message_id))


def delete(connection: sqlite3.Connection, card: TodayCard) -> None:
    """The message is a plain one again."""
    connection.execute(_DELETE, (card.chat_id, card.message_id))


def has_more_members(connection: sqlite3.Connection, than: int) -> bool:
    """Whether more people than that are members."""
    found: int = connection.execute(_MORE_THAN, (than + 1,)).fetchone()[0]
    return found > than
