"""The messages that people and organizers write to each other through the bot."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from bot.clock import from_text, to_text
from bot.marks import Mark
from bot.store import alert as alert_store
from bot.store import help as help_store
from bot.store import numbers
from bot.store.alert import Alert
from bot.store.help import HelpCall
from bot.store.incoming_message import IncomingMessage, Pin, packed

# Someone's words that they never said should be passed on are not ours to keep.
_UNDECIDED_FOR = timedelta(days=2)

_MESSAGES = """
SELECT help_message.*, author.name AS author, author.role AS author_role
FROM help_message JOIN person AS author ON author.id = help_message.author_id
"""
_SAVE = numbers.numbered(
    "help_message",
    """
INSERT INTO help_message (id, person_id, author_id, chat_id, message_id, words, media, written_at, part_of, marks,
                          latitude, longitude, live_until, album, file, answers, broadcast_id)
VALUES ({number}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (chat_id, message_id) DO NOTHING
""",
)
_PRUNE = "DELETE FROM help_message WHERE passed_at IS NULL AND written_at < ?"
_PASSED = "UPDATE help_message SET passed_at = ?, help_id = ? WHERE id = ? AND passed_at IS NULL"
_READDRESS = "UPDATE help_message SET person_id = ? WHERE id = ? AND passed_at IS NULL"
_DELETE_UNDECIDED = "DELETE FROM help_message WHERE chat_id = ? AND ? IN (message_id, part_of) AND passed_at IS NULL"
_ALL_PARTS = f"{_MESSAGES} WHERE help_message.chat_id = ? AND ? IN (message_id, part_of) ORDER BY message_id"
_FIRST_OF_CALL = f"""
{_MESSAGES} WHERE help_message.help_id = ? AND author_id = person_id ORDER BY help_message.id LIMIT 1
"""
_SUBJECT = """
SELECT kind, data FROM outbox
WHERE chat_id = ? AND message_id = ?
  AND kind IN ('help.alert', 'help.words', 'help.written', 'help.copy', 'help.pin', 'help.corrected', 'help.album',
               'alert.card', 'alert.again', 'alert.handed')
"""
_OF_COPY = f"""
{_MESSAGES} JOIN relay_copy ON relay_copy.letter_id = help_message.id
WHERE relay_copy.chat_id = ? AND relay_copy.message_id = ?
"""


_IN_ALBUMS = frozenset({"photo", "video", "audio", "document"})


@dataclass(frozen=True, slots=True)
class HelpMessage:
    """One message. `person_id` is whose conversation it belongs to, `media` what it is besides `words` (or None).

    `part_of` is the message id of the first part of the same thing (None: this is it), `earlier` what it said before
    its writer corrected it, where somebody may have read that. `album` names the album that it is a part of, and `file`
    what Telegram sends again by that. `answers` is the number of the message that it replies to, `broadcast` that of
    the broadcast which it answers.
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
    album: str | None = None
    file: str | None = None
    answers: int | None = None
    broadcast: int | None = None

    @property
    def kind(self) -> str:
        """What it is besides words, as Telegram calls that: photo, voice ...; "" for nothing."""
        return (self.media or "").partition(":")[0]

    @property
    def is_in_album(self) -> bool:
        """Whether it came in an album, and can go on in one."""
        return self.album is not None and self.file is not None and self.kind in _IN_ALBUMS


def save(
    connection: sqlite3.Connection,
    incoming: IncomingMessage,
    *,
    person_id: int,
    author_id: int,
    now: datetime,
    answers: int | None = None,
    broadcast: int | None = None,
) -> HelpMessage:
    """Keep what someone wrote, not yet passed on; the same message again is the same row."""
    prune_undecided(connection, now)
    pin, written_at = incoming.pin, min(incoming.sent_at or now, now)
    position = (pin.latitude, pin.longitude, to_text(pin.until)) if pin else (None, None, None)
    values = (
        incoming.chat_id,
        incoming.message_id,
        incoming.words,
        incoming.media,
        to_text(written_at),
        incoming.part_of,
    )
    about = (incoming.album, incoming.file, answers, broadcast)
    connection.execute(_SAVE, (person_id, author_id, *values, packed(incoming.marks), *position, *about))
    message = find(connection, incoming.chat_id, incoming.message_id)
    assert message is not None
    return message


def prune_undecided(connection: sqlite3.Connection, now: datetime) -> int:
    """Forget words that nobody has said should be passed on; return how many messages those were."""
    return connection.execute(_PRUNE, (to_text(now - _UNDECIDED_FOR),)).rowcount


def mark_passed(connection: sqlite3.Connection, message_id: int, help_id: int | None, now: datetime) -> None:
    """The message (its number here) is passed on, as part of a call or alone. What was passed on stays as it was."""
    connection.execute(_PASSED, (to_text(now), help_id, message_id))


def readdress(connection: sqlite3.Connection, message_id: int, person_id: int) -> None:
    """A message (its number here) that was not passed on yet is for this person's conversation."""
    connection.execute(_READDRESS, (person_id, message_id))


def delete_undecided(connection: sqlite3.Connection, chat_id: int, message_id: int) -> None:
    """Forget a message that shall not be passed on, and the other parts of the same thing."""
    connection.execute(_DELETE_UNDECIDED, (chat_id, message_id))


def all_parts(connection: sqlite3.Connection, chat_id: int, message_id: int) -> list[HelpMessage]:
    """What was kept of a chat's message and of the other parts of the same thing, in their order."""
    rows = connection.execute(_ALL_PARTS, (chat_id, message_id))
    return [message for row in rows if (message := _read(row))]


def find(connection: sqlite3.Connection, chat_id: int, message_id: int) -> HelpMessage | None:
    """What was kept of a chat's message, or None."""
    query = f"{_MESSAGES} WHERE help_message.chat_id = ? AND help_message.message_id = ?"
    return _read(connection.execute(query, (chat_id, message_id)).fetchone())


def get(connection: sqlite3.Connection, message_id: int) -> HelpMessage | None:
    """The message with this number, or None."""
    return _read(connection.execute(f"{_MESSAGES} WHERE help_message.id = ?", (message_id,)).fetchone())


def first_of_call(connection: sqlite3.Connection, call_id: int) -> HelpMessage | None:
    """The first message that the person wrote in this call, or None."""
    return _read(connection.execute(_FIRST_OF_CALL, (call_id,)).fetchone())


def subject_of(
    connection: sqlite3.Connection, chat_id: int, message_id: int
) -> tuple[HelpCall | None, HelpMessage | None]:
    """Which call or which written message a message that the bot sent to a chat was about."""
    row = connection.execute(_SUBJECT, (chat_id, message_id)).fetchone()
    if row is None:
        return None, _read(connection.execute(_OF_COPY, (chat_id, message_id)).fetchone())
    data = orjson.loads(row["data"])
    if row["kind"] == "help.alert":
        return help_store.get(connection, int(data["call"])), None
    if "alert" in data:
        return help_store.of_alert(connection, int(data["alert"])), None
    return None, get(connection, int(data["message"]))


def alert_in(connection: sqlite3.Connection, chat_id: int, message_id: int) -> Alert | None:
    """The alert, if it is kept still, whose card a message is that the bot sent to a chat."""
    data = _data(connection, chat_id, message_id)
    return alert_store.get(connection, int(str(data["alert"]))) if data is not None and "alert" in data else None


def was_about_somebody(connection: sqlite3.Connection, chat_id: int, message_id: int) -> bool:
    """Whether a message that the bot sent to a chat was about somebody of whom nothing is kept any more."""
    data = _data(connection, chat_id, message_id)
    return data is not None and ("alert" not in data or alert_in(connection, chat_id, message_id) is None)


def _data(connection: sqlite3.Connection, chat_id: int, message_id: int) -> dict[str, object] | None:
    row = connection.execute(_SUBJECT, (chat_id, message_id)).fetchone()
    return orjson.loads(row["data"]) if row is not None else None


def _read(row: sqlite3.Row | None) -> HelpMessage | None:
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
        row["album"],
        row["file"],
        row["answers"],
        row["broadcast_id"],
    )
