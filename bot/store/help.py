"""Calls for help, and the messages that people and organizers write to each other through the bot."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import orjson

from bot.clock import from_text, to_text
from bot.marks import Mark
from bot.store import numbers
from bot.store.incoming_message import IncomingMessage, Pin, packed

# Someone's words that they never said should be passed on are not ours to keep.
_UNDECIDED_FOR = timedelta(days=2)

_SELECT = """
SELECT help.id, help.person_id, help.kind, help.state, person.name, person.telegram_id, person.username,
       person.group_key, taker.name AS taken_by, help.taken_by AS taker_id,
       closer.name AS closed_by, help.closed_by AS closer_id, help.asked_at
FROM help JOIN person ON person.id = help.person_id
LEFT JOIN person AS taker ON taker.id = help.taken_by
LEFT JOIN person AS closer ON closer.id = help.closed_by
"""
_CALL = numbers.numbered(
    "help",
    """
INSERT INTO help (id, person_id, kind, asked_in, asked_at) VALUES ({number}, ?, ?, ?, ?)
ON CONFLICT (person_id, asked_in) DO NOTHING
""",
)
_ASKED_IN = f"{_SELECT} WHERE help.person_id = ? AND help.asked_in = ?"
_BY_ID = f"{_SELECT} WHERE help.id = ?"
_LIVE = f"{_SELECT} WHERE help.state <> 'closed' ORDER BY help.id"
_URGENT = f"""
{_SELECT} WHERE help.person_id = ? AND help.state <> 'closed' AND help.asked_at > ?
AND help.kind IN ('help', 'unwell', 'lost') ORDER BY help.id DESC LIMIT 1
"""
_TAKE = "UPDATE help SET state = 'taken', taken_by = ?, taken_at = ? WHERE id = ? AND state = 'open'"
_LIVE_OF = f"{_SELECT} WHERE help.state <> 'closed' AND help.person_id = ? ORDER BY help.id"
_RELEASE = """
UPDATE help SET state = 'open', taken_by = NULL, taken_at = NULL WHERE state = 'taken' AND taken_by = ? RETURNING id
"""
_CLOSE = "UPDATE help SET state = 'closed', closed_by = ?, closed_at = ? WHERE id = ? AND state <> 'closed'"

_MESSAGES = """
SELECT help_message.*, author.name AS author, author.role AS author_role
FROM help_message JOIN person AS author ON author.id = help_message.author_id
"""
_KEEP = numbers.numbered(
    "help_message",
    """
INSERT INTO help_message (id, person_id, author_id, chat_id, message_id, words, media, written_at, part_of, marks,
                          latitude, longitude, live_until)
VALUES ({number}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (chat_id, message_id) DO NOTHING
""",
)
_PRUNE = "DELETE FROM help_message WHERE passed_at IS NULL AND written_at < ?"
_PASSED = "UPDATE help_message SET passed_at = ?, help_id = ? WHERE id = ? AND passed_at IS NULL"
_READDRESS = "UPDATE help_message SET person_id = ? WHERE id = ? AND passed_at IS NULL"
_DROP = "DELETE FROM help_message WHERE chat_id = ? AND ? IN (message_id, part_of) AND passed_at IS NULL"
_WHOLE = f"{_MESSAGES} WHERE help_message.chat_id = ? AND ? IN (message_id, part_of) ORDER BY message_id"
_FIRST_WORDS = f"{_MESSAGES} WHERE help_message.help_id = ? AND author_id = person_id ORDER BY help_message.id LIMIT 1"
_ABOUT = """
SELECT kind, data FROM outbox
WHERE chat_id = ? AND message_id = ?
  AND kind IN ('help.alert', 'help.words', 'help.written', 'help.copy', 'help.pin', 'help.corrected')
"""


class Trouble(StrEnum):
    """What a call for help is about."""

    HELP = "help"  # no time to say what: the button under a check-in
    UNWELL = "unwell"
    LOST = "lost"
    QUESTION = "question"
    OTHER = "other"

    @property
    def urgent(self) -> bool:
        """Whether organizers hear of it at the first tap, before any words."""
        return self in {Trouble.HELP, Trouble.UNWELL, Trouble.LOST}


@dataclass(frozen=True, slots=True)
class Call:
    """A call for help and who calls. `state` is open, taken or closed; `taken_by` and `closed_by` are names."""

    id: int
    person_id: int
    kind: Trouble
    state: str
    name: str
    telegram_id: int
    username: str | None
    group: str | None
    taken_by: str | None
    taker_id: int | None
    closed_by: str | None
    closer_id: int | None
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class HelpMessage:
    """One message. `person_id` is whose conversation it belongs to, `media` what it is besides `words` (or None).

    `part_of` is the message id of the first part of the same thing (None: this is it), `earlier` what it said before
    its writer corrected it, where somebody may have read that.
    """

    id: int
    person_id: int
    author_id: int
    author: str
    help_id: int | None
    chat_id: int
    message_id: int
    words: str
    media: str | None
    passed: bool
    part_of: int | None = None
    marks: tuple[Mark, ...] = ()
    earlier: str | None = None
    pin: Pin | None = None
    written_at: datetime | None = None


def call(
    connection: sqlite3.Connection, person_id: int, kind: Trouble, asked_in: int, now: datetime
) -> tuple[Call, bool]:
    """Keep a call for help, made in the message `asked_in`; return it and whether it is new."""
    new = connection.execute(_CALL, (person_id, kind, asked_in, to_text(now))).rowcount == 1
    found = _call(connection.execute(_ASKED_IN, (person_id, asked_in)).fetchone())
    assert found is not None
    if found.kind is Trouble.HELP and found.state == "closed":
        # The button stays under the check-in: when one call is settled, it makes another.
        return call(connection, person_id, kind, -found.id, now)
    return found, new


def by_id(connection: sqlite3.Connection, call_id: int) -> Call | None:
    """The call with this number, or None."""
    return _call(connection.execute(_BY_ID, (call_id,)).fetchone())


def live(connection: sqlite3.Connection) -> list[Call]:
    """The calls that are not settled, the oldest first."""
    return [found for row in connection.execute(_LIVE) if (found := _call(row))]


def live_of(connection: sqlite3.Connection, person_id: int) -> list[Call]:
    """This person's calls that are not settled, the oldest first."""
    return [found for row in connection.execute(_LIVE_OF, (person_id,)) if (found := _call(row))]


def release(connection: sqlite3.Connection, person_id: int) -> tuple[int, ...]:
    """An organizer is gone: what they had taken is open again. Return the numbers of those calls."""
    return tuple(sorted(row["id"] for row in connection.execute(_RELEASE, (person_id,)).fetchall()))


def urgent(connection: sqlite3.Connection, person_id: int, *, since: datetime) -> Call | None:
    """The person's newest urgent call after a moment that is not settled, or None."""
    return _call(connection.execute(_URGENT, (person_id, to_text(since))).fetchone())


def take(connection: sqlite3.Connection, call_id: int, person_id: int, now: datetime) -> bool:
    """An organizer takes an open call; return False when that was done before."""
    return connection.execute(_TAKE, (person_id, to_text(now), call_id)).rowcount == 1


def close(connection: sqlite3.Connection, call_id: int, person_id: int, now: datetime) -> bool:
    """A call is settled; return False when it was before."""
    return connection.execute(_CLOSE, (person_id, to_text(now), call_id)).rowcount == 1


def keep(
    connection: sqlite3.Connection, incoming: IncomingMessage, *, person_id: int, author_id: int, now: datetime
) -> HelpMessage:
    """Keep what someone wrote, not yet passed on; the same message again is the same row."""
    forget_undecided(connection, now)
    pin, written_at = incoming.pin, min(incoming.sent_at or now, now)
    place = (pin.latitude, pin.longitude, to_text(pin.until)) if pin else (None, None, None)
    values = (
        incoming.chat_id,
        incoming.message_id,
        incoming.words,
        incoming.media,
        to_text(written_at),
        incoming.part_of,
    )
    connection.execute(_KEEP, (person_id, author_id, *values, packed(incoming.marks), *place))
    found = written(connection, incoming.chat_id, incoming.message_id)
    assert found is not None
    return found


def forget_undecided(connection: sqlite3.Connection, now: datetime) -> int:
    """Forget words that nobody has said should be passed on; return how many messages those were."""
    return connection.execute(_PRUNE, (to_text(now - _UNDECIDED_FOR),)).rowcount


def pass_on(connection: sqlite3.Connection, message_id: int, help_id: int | None, now: datetime) -> None:
    """The message (its number here) is passed on, as part of a call or alone. What was passed on stays as it was."""
    connection.execute(_PASSED, (to_text(now), help_id, message_id))


def readdress(connection: sqlite3.Connection, message_id: int, person_id: int) -> None:
    """A message (its number here) that was not passed on yet is for this person's conversation."""
    connection.execute(_READDRESS, (person_id, message_id))


def drop(connection: sqlite3.Connection, chat_id: int, message_id: int) -> None:
    """Forget a message that shall not be passed on, and the other parts of the same thing."""
    connection.execute(_DROP, (chat_id, message_id))


def whole(connection: sqlite3.Connection, chat_id: int, message_id: int) -> list[HelpMessage]:
    """What was kept of a chat's message and of the other parts of the same thing, in their order."""
    rows = connection.execute(_WHOLE, (chat_id, message_id))
    return [found for row in rows if (found := _message(row))]


def written(connection: sqlite3.Connection, chat_id: int, message_id: int) -> HelpMessage | None:
    """What was kept of a chat's message, or None."""
    query = f"{_MESSAGES} WHERE help_message.chat_id = ? AND help_message.message_id = ?"
    return _message(connection.execute(query, (chat_id, message_id)).fetchone())


def message(connection: sqlite3.Connection, message_id: int) -> HelpMessage | None:
    """The message with this number, or None."""
    return _message(connection.execute(f"{_MESSAGES} WHERE help_message.id = ?", (message_id,)).fetchone())


def first_words(connection: sqlite3.Connection, call_id: int) -> HelpMessage | None:
    """The first message that the person wrote in this call, or None."""
    return _message(connection.execute(_FIRST_WORDS, (call_id,)).fetchone())


def about(connection: sqlite3.Connection, chat_id: int, message_id: int) -> tuple[Call | None, HelpMessage | None]:
    """Which call or which written message a message that the bot sent to a chat was about."""
    row = connection.execute(_ABOUT, (chat_id, message_id)).fetchone()
    if row is None:
        return None, None
    data = orjson.loads(row["data"])
    if row["kind"] == "help.alert":
        return by_id(connection, int(data["call"])), None
    return None, message(connection, int(data["message"]))


def _call(row: sqlite3.Row | None) -> Call | None:
    if row is None:
        return None
    return Call(
        row["id"],
        row["person_id"],
        Trouble(row["kind"]),
        row["state"],
        row["name"],
        row["telegram_id"],
        row["username"],
        row["group_key"],
        row["taken_by"],
        row["taker_id"],
        row["closed_by"],
        row["closer_id"],
        from_text(row["asked_at"]),
    )


def _message(row: sqlite3.Row | None) -> HelpMessage | None:
    if row is None:
        return None
    return HelpMessage(
        row["id"],
        row["person_id"],
        row["author_id"],
        row["author"],
        row["help_id"],
        row["chat_id"],
        row["message_id"],
        row["words"],
        row["media"],
        row["passed_at"] is not None,
        row["part_of"],
        tuple(Mark(*mark) for mark in orjson.loads(row["marks"])),
        row["earlier"],
        Pin(row["latitude"], row["longitude"], from_text(row["live_until"])) if row["live_until"] else None,
        from_text(row["written_at"]),
    )
