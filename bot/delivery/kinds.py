"""What a kind of message is to the dispatcher: how urgent, whether it may be sent twice, how it is rendered."""

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

__all__ = ["Kind", "Kinds", "Priority", "Recipient", "Rendering", "Row"]


class Priority(IntEnum):
    """Who goes first between chats; smaller is more urgent. Answers go before all of them but the first.

    SOS is a member in trouble: it passes everything else, also what waits for the same chat.
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

    `facts` is what the kind's `gather` returned. `late` is how long after its time it is sent. For a shared kind
    `recipient` has a language and nothing else (and a group, where the kind is `by_group`).
    """

    row: Row
    recipient: Recipient
    facts: object
    seminar: Seminar
    words: Words
    now: datetime
    late: timedelta


def nothing(connection: sqlite3.Connection, row: Row) -> None:
    """Gathers nothing: the row's own data is enough."""
    del connection, row


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message.

    `gather` runs in the transaction that claims the row (its SQL lives in bot.store); `render` is pure and returns
    None when nobody wants the message any more: the row is cancelled. `at_most_once`: it may not be sent twice, so an
    unclear end is final. `shared`: everybody of one language gets the same bytes for the same data, gathered once a
    transaction and rendered once a minute; with `by_group`, everybody of one language and group. `refused` is called
    with Telegram's words in the transaction that marks the row dead; without it staff are told that something is wrong.
    """

    name: str
    priority: Priority
    render: Callable[[Rendering], Screen | None]
    gather: Callable[[sqlite3.Connection, Row], object] = nothing
    at_most_once: bool = False
    shared: bool = False
    by_group: bool = False
    refused: Callable[[sqlite3.Connection, Row, str, datetime], None] | None = None


class Kinds(Mapping[str, Kind]):
    """The kinds by name, from a written list. Raises ValueError when two have the same name."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._kinds: dict[str, Kind] = {}
        for kind in kinds:
            if kind.name in self._kinds:
                raise ValueError(f"two kinds of message are named {kind.name!r}")
            self._kinds[kind.name] = kind

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    @property
    def at_most_once(self) -> frozenset[str]:
        """The names of the kinds that may not be sent twice."""
        return frozenset(kind.name for kind in self._kinds.values() if kind.at_most_once)
