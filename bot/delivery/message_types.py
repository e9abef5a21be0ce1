"""Message types: what the engine knows of a kind of message, its priority, its policy and how it is rendered."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from bot.i18n import Words
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import claims
from bot.store.claims import Recipient, Row

__all__ = ["MessageType", "MessageTypes", "Priority", "Recipient", "Rendering", "Row"]


class Priority(IntEnum):
    """Which rows go first between chats; smaller is more urgent. Answers go before all of them but the first.

    SOS is for a member who calls for help: it passes everything else, also what waits for the same chat.
    """

    SOS = claims.SOS
    ALERT = 10
    AGENDA = 20
    NOTICE = 25
    CHECKIN = 28
    LESSON = 30
    NUDGE = 40
    BROADCAST = 50


@dataclass(frozen=True, slots=True)
class Rendering:
    """All that a message is rendered from.

    `context` is what the type's `load_context` returned. `late` is how long after its time it is sent. For a shared
    type `recipient` has a language and nothing else (and a group, where the type is `by_group`).
    """

    row: Row
    recipient: Recipient
    context: object
    seminar: Seminar
    words: Words
    now: datetime
    late: timedelta


def no_context(connection: sqlite3.Connection, row: Row) -> None:
    """Loads nothing: the row's own data is enough."""
    del connection, row


@dataclass(frozen=True, slots=True)
class MessageType:
    """One type of message. `name` is the `kind` of its outbox rows.

    `load_context` runs in the transaction that claims the row (its SQL lives in bot.store); `render` is pure and
    returns None when the message is not wanted any more: the row is cancelled. `at_most_once`: it may not be sent
    twice, so an unclear result is final. `shared`: everybody of one language gets the same bytes for the same data,
    loaded once a transaction and rendered once a minute; with `by_group`, everybody of one language and group.
    `refused` is called with Telegram's words in the transaction in which the row is dead; without it staff are told
    that something is wrong.
    """

    name: str
    priority: Priority
    render: Callable[[Rendering], Screen | None]
    load_context: Callable[[sqlite3.Connection, Row], object] = no_context
    at_most_once: bool = False
    shared: bool = False
    by_group: bool = False
    refused: Callable[[sqlite3.Connection, Row, str, datetime], None] | None = None


class MessageTypes(Mapping[str, MessageType]):
    """The message types by name, from a written list. Raises ValueError when two have the same name."""

    def __init__(self, types: Iterable[MessageType]) -> None:
        self._types: dict[str, MessageType] = {}
        for one in types:
            if one.name in self._types:
                raise ValueError(f"two kinds of message are named {one.name!r}")
            self._types[one.name] = one

    def __getitem__(self, name: str) -> MessageType:
        return self._types[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)

    @property
    def at_most_once(self) -> frozenset[str]:
        """The names of the types that may not be sent twice."""
        return frozenset(one.name for one in self._types.values() if one.at_most_once)
