"""The programme as a file: which version one was made from, and what a chat waits for meanwhile."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.arguments import NoArguments
from bot.programme import document as documents
from bot.programme.model import Seminar
from bot.programme.table import FileBase, Stamp
from bot.store import conversation
from bot.store import programme as programme_store
from bot.store.conversation import Conversation, Prompt

_DIGEST: Final = 8  # digits; as many as a draft's mark has


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody sent, by its message and Telegram's id; `size` in bytes, 0 where Telegram does not say."""

    message: int
    file_id: str
    name: str
    size: int


AWAITS_FILE: Final = Prompt("programme.file", NoArguments)
_OFFERED_FILE: Final = Prompt("programme.offered_file", SentFile)
_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".yaml", ".yml")  # also of what is refused with a reason
_ENDS_AFTER: Final = timedelta(hours=12)  # a file is changed on a computer, with breaks


def may_be_programme(name: str) -> bool:
    """Whether a file of this name may be meant as the programme."""
    return name.lower().endswith(_ENDINGS)


def listen(connection: sqlite3.Connection, chat_id: int, now: datetime) -> None:
    """The next file in this chat is the programme; words and pictures are what they always are."""
    conversation.listen(connection, chat_id, AWAITS_FILE, NoArguments(), now, until=now + _ENDS_AFTER)


def offer(connection: sqlite3.Connection, chat_id: int, sent: SentFile, now: datetime) -> bool:
    """Keep which file was sent unasked, until a press says what it is; return whether it may be the programme."""
    if not may_be_programme(sent.name):
        return False
    return conversation.listen(connection, chat_id, _OFFERED_FILE, sent, now, until=now + _ENDS_AFTER)


def offered(awaited: Conversation | None) -> SentFile | None:
    """The file that was sent unasked, while it is known."""
    return _OFFERED_FILE.of(awaited)


def template(connection: sqlite3.Connection, seminar: Seminar) -> FileBase:
    """The programme that runs, and what a file that is made of it says of itself."""
    newest = programme_store.newest(connection, seminar.key)
    assert newest is not None  # the folder's is a version since the start
    return _base(connection, seminar, Stamp(seminar.key, newest.number, newest.digest[:_DIGEST]))


def base_of(connection: sqlite3.Connection, seminar: Seminar, stamp: Stamp | None) -> FileBase | None:
    """The version that a file was made from, or the newest; None for one that is not here."""
    if stamp is None:
        return template(connection, seminar)
    version = programme_store.get(connection, seminar.key, stamp.version)
    if stamp.seminar != seminar.key or version is None or version.digest[:_DIGEST] != stamp.digest:
        return None
    return _base(connection, seminar, stamp)


def _base(connection: sqlite3.Connection, seminar: Seminar, stamp: Stamp) -> FileBase:
    text = programme_store.document_of(connection, seminar.key, stamp.version)
    assert text is not None  # the version is there
    return FileBase(stamp, documents.with_days(seminar, text), documents.as_long_as(seminar, text))
