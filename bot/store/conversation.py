"""What each chat is waiting for, and until when. A row, not memory, so that a restart forgets nothing.

A chat waits for one thing. What somebody asked for by a press (`expect`) takes the place of anything; what is merely
listened for (`listen`: words about the day after a mood) never takes the place of what was asked for.
"""

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot import arguments as codec
from bot.clock import from_text, to_text

A = TypeVar("A")

_DAY = timedelta(days=1)
_GET = "SELECT waits_for, data, since, until, optional FROM conversation WHERE chat_id = ?"
_SET = """
INSERT INTO conversation (chat_id, waits_for, data, since, until, optional) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (chat_id) DO UPDATE SET waits_for = excluded.waits_for, data = excluded.data, since = excluded.since,
                                    until = excluded.until, optional = excluded.optional
"""
_LISTEN = f"{_SET} WHERE conversation.optional = 1 OR conversation.until <= excluded.since"
_END = "DELETE FROM conversation WHERE chat_id = ? AND waits_for = ? AND data = ?"
_LAPSE = "UPDATE conversation SET until = ? WHERE chat_id = ? AND waits_for = ? AND data = ?"
_FORGET = "DELETE FROM conversation WHERE chat_id = ?"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a chat waits for (`broadcast.text`), what that is about as JSON, and how long an answer is one.

    `optional`: nobody pressed anything to write it, so giving it up needs no word.
    """

    waits_for: str
    data: str
    since: datetime = field(compare=False)
    until: datetime = field(compare=False)
    optional: bool = field(default=False, compare=False)

    def is_over(self, now: datetime) -> bool:
        """Whether what comes now is no answer to it any more."""
        return self.until <= now


@dataclass(frozen=True, slots=True)
class Prompt(Generic[A]):
    """Something that a chat can wait for: its name in the database, and the arguments that say what it is about."""

    name: str
    arguments: type[A]

    def of(self, awaited: Conversation | None) -> A | None:
        """What it is about, if the chat waits for this; None too for what another release wrote in another way."""
        if awaited is None or awaited.waits_for != self.name:
            return None
        try:
            return codec.read(self.arguments, awaited.data)
        except ValueError:
            return None


def get(connection: sqlite3.Connection, chat_id: int) -> Conversation | None:
    """What the chat waits for, or waited for until it was over; or None."""
    row = connection.execute(_GET, (chat_id,)).fetchone()
    if row is None:
        return None
    since, until = from_text(row["since"]), from_text(row["until"])
    return Conversation(row["waits_for"], row["data"], since, until, bool(row["optional"]))


def expect(
    connection: sqlite3.Connection,
    chat_id: int,
    prompt: Prompt[A],
    about: A,
    now: datetime,
    *,
    until: datetime | None = None,
) -> None:
    """Until then (a day, unless said) the next message in this chat answers `prompt`.

    Replaces what was awaited before.
    """
    end_at = now + _DAY if until is None else until
    connection.execute(_SET, (chat_id, prompt.name, _text(about), to_text(now), to_text(end_at), 0))


def listen(
    connection: sqlite3.Connection,
    chat_id: int,
    prompt: Prompt[A],
    about: A,
    now: datetime,
    *,
    until: datetime,
) -> bool:
    """Until then take the next message for `prompt`, unless somebody asked for something else; return whether."""
    values = (chat_id, prompt.name, _text(about), to_text(now), to_text(until), 1)
    return connection.execute(_LISTEN, values).rowcount == 1


def end(connection: sqlite3.Connection, chat_id: int, ended: Conversation) -> None:
    """The chat does not wait for `ended` any more. What has taken its place meanwhile stays."""
    connection.execute(_END, (chat_id, ended.waits_for, ended.data))


def lapse(connection: sqlite3.Connection, chat_id: int, over: Conversation, now: datetime) -> None:
    """The end of `over` is now; a message that comes after it is told so."""
    connection.execute(_LAPSE, (to_text(now), chat_id, over.waits_for, over.data))


def forget(connection: sqlite3.Connection, chat_id: int) -> None:
    """The chat waits for nothing, whatever it was."""
    connection.execute(_FORGET, (chat_id,))


def _text(about: object) -> str:
    """As rows have always held it: with spaces, and without what is None."""
    values = json.loads(codec.write(about))
    return json.dumps({name: value for name, value in values.items() if value is not None}, ensure_ascii=False)
