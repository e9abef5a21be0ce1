"""Message types: what the engine knows of each proactive message, its arguments, its policy and how it is rendered."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Generic, TypeVar

from bot import arguments as codec
from bot.access import Role
from bot.i18n import Locale
from bot.priority import Priority
from bot.programme.model import Seminar
from bot.screen import Change, Screen
from bot.store.claims import Recipient, Row
from bot.store.fanout import Occurrence
from bot.store.outbox import Draft

A = TypeVar("A")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Rendering(Generic[A, C]):
    """All that a message is rendered from.

    `context` is what the type's `load_context` returned. `late` is how long after its time it is sent. For a shared
    type `recipient` has a language and nothing else (and a group, where the type is `by_group`).
    """

    arguments: A
    recipient: Recipient
    context: C
    seminar: Seminar
    locale: Locale
    now: datetime
    late: timedelta


def no_context(connection: sqlite3.Connection, arguments: object, row: Row) -> None:
    """Loads nothing: the arguments are enough."""
    del connection, arguments, row


@dataclass(frozen=True, slots=True)
class MessageType(Generic[A, C]):
    """One type of message. `name` is the `kind` of its outbox rows, `arguments` the dataclass that their data holds.

    `load_context` runs in the transaction that claims the row (its SQL is in bot.store); `render` is pure and
    returns None when the message is not wanted any more: the row is cancelled. A `Change` edits or deletes the message
    that `targets` finds in that same transaction, usually what an earlier row became; where it finds none, the row is
    cancelled.

    The policy:
    - `priority`: who goes first between chats, where a row does not say otherwise.
    - `title`: what it is called on the rehearsal's page.
    - `ttl`: how long it is of use after it is due, where a row does not say otherwise.
    - `at_most_once`: it may not be sent twice, so an unclear result is final.
    - `shared`: everybody of one language gets the same bytes for the same arguments, loaded once a transaction and
      rendered once a minute; with `by_group`, everybody of one language and group.
    - `counted`: statistics of past days count its rows, so they are never pruned.
    - `catch_up`: what the card after an outage calls it; empty for what that card does not tell of.
    - `repeatable`: its very words may come on another day, so the same words twice in its time are a copy.
    - `despite_pause`: it is an answer, or words for this person alone: it is sent to whom a pause keeps the rest from.
    - `reports_failure`: staff are told when Telegram refuses it for good.
    - `targets`: the ids of the messages that a row changes, in its chat: an album is several, of which the first is
      edited and all are deleted. None for a type that sends.
    - `sent`: called with the message's id (of the changed one, where it is a change) in the transaction in which the
      row is sent.
    - `sent_album`: called then with the ids of all its messages, where they are several.
    - `refused`: called with Telegram's words in the transaction in which the row is dead, instead of telling staff.
    """

    name: str
    arguments: type[A]
    load_context: Callable[[sqlite3.Connection, A, Row], C]
    render: Callable[[Rendering[A, C]], Screen | Change | None]
    _: KW_ONLY
    priority: Priority
    title: Callable[[Locale], str]
    ttl: timedelta | None = None
    at_most_once: bool = False
    shared: bool = False
    by_group: bool = False
    counted: bool = False
    catch_up: str = ""
    repeatable: bool = False
    despite_pause: bool = False
    reports_failure: bool = True
    targets: Callable[[sqlite3.Connection, A, Row], Sequence[int]] | None = None
    sent: Callable[[sqlite3.Connection, A, Row, int], None] | None = None
    sent_album: Callable[[sqlite3.Connection, A, Row, Sequence[int]], None] | None = None
    refused: Callable[[sqlite3.Connection, A, Row, str, datetime], None] | None = None

    def read(self, row: Row) -> A:
        """The arguments of one of its rows. Raises ValueError for others."""
        return codec.read(self.arguments, row.data)

    @property
    def follows_sent(self) -> bool:
        """Whether something happens when a row of it is sent."""
        return self.sent is not None or self.sent_album is not None

    def on_sent(self, connection: sqlite3.Connection, row: Row, message_ids: Sequence[int]) -> None:
        """Tell `sent` and `sent_album` that a row was sent as these messages."""
        if self.sent is not None:
            self.sent(connection, self.read(row), row, message_ids[0])
        if self.sent_album is not None and len(message_ids) > 1:
            self.sent_album(connection, self.read(row), row, message_ids)

    def on_refused(self, connection: sqlite3.Connection, row: Row, error: str, now: datetime) -> None:
        """Tell `refused` that Telegram refused a row for good."""
        assert self.refused is not None
        self.refused(connection, self.read(row), row, error, now)

    def draft(
        self,
        arguments: A,
        *,
        key: str,
        occurrence: str,
        chat_id: int,
        person_id: int | None,
        due_at: datetime,
        expires_at: datetime | None = None,
        priority: Priority | None = None,
    ) -> Draft:
        """A row for one chat. Raises ValueError when neither the type nor the call says when it expires."""
        return Draft(
            key=key,
            occurrence=occurrence,
            kind=self.name,
            chat_id=chat_id,
            person_id=person_id,
            priority=self.priority if priority is None else priority,
            due_at=due_at,
            expires_at=self._expires_at(due_at, expires_at),
            data=codec.write(arguments),
        )

    def occurrence(
        self,
        arguments: A,
        *,
        key: str,
        due_at: datetime,
        roles: frozenset[Role],
        audience: str = "all",
        expires_at: datetime | None = None,
    ) -> Occurrence:
        """A message to many people. Raises ValueError when neither the type nor the call says when it expires."""
        return Occurrence(
            key=key,
            kind=self.name,
            priority=self.priority,
            due_at=due_at,
            expires_at=self._expires_at(due_at, expires_at),
            roles=roles,
            audience=audience,
            data=codec.write(arguments),
        )

    def _expires_at(self, due_at: datetime, given: datetime | None) -> datetime:
        if given is not None:
            return given
        if self.ttl is None:
            raise ValueError(f"messages of type {self.name!r} have no time to live: say when this one expires")
        return due_at + self.ttl


class MessageTypes(Mapping[str, MessageType[Any, Any]]):
    """The message types by name, from a written list. Raises ValueError when two have the same name."""

    def __init__(self, types: Iterable[MessageType[Any, Any]]) -> None:
        self._types: dict[str, MessageType[Any, Any]] = {}
        for one in types:
            if one.name in self._types:
                raise ValueError(f"two message types are named {one.name!r}")
            self._types[one.name] = one

    def __getitem__(self, name: str) -> MessageType[Any, Any]:
        return self._types[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)

    @property
    def at_most_once(self) -> frozenset[str]:
        """The names of the types that may not be sent twice."""
        return self._named(lambda one: one.at_most_once)

    @property
    def counted(self) -> frozenset[str]:
        """The names of the types whose rows statistics count."""
        return self._named(lambda one: one.counted)

    @cached_property
    def despite_pause(self) -> frozenset[str]:
        """The names of the types that a pause does not hold back."""
        return self._named(lambda one: one.despite_pause)

    @property
    def repeatable(self) -> frozenset[str]:
        """The names of the types of which the same words twice are a copy."""
        return self._named(lambda one: one.repeatable)

    @property
    def catch_up(self) -> Mapping[str, str]:
        """What the card after an outage tells of: what it calls each type, by the type's name."""
        return {one.name: one.catch_up for one in self._types.values() if one.catch_up}

    def _named(self, is_wanted: Callable[[MessageType[Any, Any]], bool]) -> frozenset[str]:
        return frozenset(one.name for one in self._types.values() if is_wanted(one))
