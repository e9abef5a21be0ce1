"""What somebody wrote, as it came in: words with their marks, or something to be copied, or a place that moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from bot.marks import Mark


@dataclass(frozen=True, slots=True)
class Pin:
    """A place that someone shares while they move, and until when."""

    latitude: float
    longitude: float
    until: datetime


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """What someone wrote, where, and whether there is something besides the words (`media`, to be copied).

    `reply_to` is the message of the same chat that it answers, `part_of` the first message of the same thing (None:
    this is it). `pin` is a place that moves. `copyable` is False where Telegram is known not to copy it. `sent_at`
    may be long before it is read: the bot was off. `album` names the album that it is a part of, `file` is by what
    Telegram sends its picture or file again.
    """

    chat_id: int
    message_id: int
    words: str
    media: str | None
    reply_to: int | None = None
    part_of: int | None = None
    marks: tuple[Mark, ...] = ()
    pin: Pin | None = None
    copyable: bool = True
    sent_at: datetime | None = None
    album: str | None = None
    file: str | None = None


def packed(marks: Sequence[Mark]) -> str:
    """The marks as they are kept."""
    return orjson.dumps([list(mark) for mark in marks]).decode()
