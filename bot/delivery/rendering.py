"""Rendering: from a claimed row to the bytes of its request. What many people get alike is rendered once."""

import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

import orjson

from bot.delivery.message_types import MessageType, MessageTypes, Rendering
from bot.i18n import Locales
from bot.programme.model import Seminar
from bot.screen import Change, Screen, Topic
from bot.store.claims import Claim, Recipient, Row

_REMEMBERED: Final = 256


class Loaded(NamedTuple):
    """What was read in the transaction that claimed a row: its arguments, the context of its type, and what it changes.

    `targets` are the messages that it edits or deletes; none for a type that sends, and where there is none.
    """

    arguments: object
    context: object
    targets: tuple[int, ...] = ()


class MissingTargetError(LookupError):
    """There is no message that this row could change: it never arrived, or nobody knows whether it has."""


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """A Bot API method and its parameters as JSON, all but the chat, and the messages that it changes, if it does.

    `topic` is where it goes in a forum.
    """

    method: str
    params: bytes
    targets: tuple[int, ...] = ()
    topic: Topic | None = None

    @property
    def target(self) -> int | None:
        """The message that it changes; the first, where an album is deleted."""
        return self.targets[0] if self.targets else None

    def aimed_at(self, targets: tuple[int, ...]) -> "RenderedMessage":
        """The same change of these messages. A single one is deleted by the method that says why it cannot be."""
        if self.method == "deleteMessage" and len(targets) > 1:
            return RenderedMessage("deleteMessages", orjson.dumps({"message_ids": targets}), targets)
        return replace(self, targets=targets)

    def body(self, chat_id: int) -> bytes:
        """The JSON body for one chat."""
        rest = self.params[1:] if self.params == b"{}" else b"," + self.params[1:]
        if self.target is None or self.method == "deleteMessages":
            return b'{"chat_id":%d%b' % (chat_id, rest)
        return b'{"chat_id":%d,"message_id":%d%b' % (chat_id, self.target, rest)


class _Shared(NamedTuple):
    """What many people get alike, and the context that it was rendered from."""

    context: object
    message: RenderedMessage | None


class Renderer:
    """Renders claimed rows by their types. `paid`: let Telegram charge for what is beyond 30 messages a second.

    `seminar` gives the seminar as it is at the moment; what was rendered of another is forgotten.
    """

    def __init__(
        self, message_types: MessageTypes, seminar: Callable[[], Seminar], locales: Locales, *, paid: bool = False
    ) -> None:
        self.message_types = message_types
        self._seminar = seminar
        self._locales = locales
        self._paid = paid
        self._shared: OrderedDict[tuple[object, ...], _Shared] = OrderedDict()
        self._shared_of = seminar()

    def context_loader(self) -> Callable[[sqlite3.Connection, Row], Loaded]:
        """A function that reads the arguments of rows and loads their contexts; of a shared type once an occurrence.

        Use it for one transaction only: it remembers what it has read.
        """
        return partial(self._load_context, {})

    def render(self, claim: Claim, now: datetime) -> RenderedMessage | None:
        """The request for this row at this moment, or None when it is not wanted any more.

        Raises MissingTargetError where it should change a message that is not there, whatever the message type
        raises, and KeyError for a kind that this code does not know.
        """
        if isinstance(claim.context, Exception):
            raise claim.context
        assert isinstance(claim.context, Loaded)
        message_type, targets = self.message_types[claim.row.kind], claim.context.targets
        if message_type.targets is not None and not targets:
            raise MissingTargetError
        if message_type.shared:
            message = self._render_shared(message_type, claim, claim.context.context, now)
        else:
            message = self._render_for(message_type, claim, claim.recipient, now)
        return message.aimed_at(targets) if message is not None and targets else message

    def _load_context(self, known: dict[tuple[str, ...], Loaded], connection: sqlite3.Connection, row: Row) -> Loaded:
        message_type = self.message_types[row.kind]
        if not message_type.shared:
            return _with_targets(message_type, connection, row, _load(message_type, connection, row))
        about = (row.kind, row.occurrence, row.data)
        if about not in known:
            known[about] = _load(message_type, connection, row)
        return _with_targets(message_type, connection, row, known[about])

    def _render_shared(
        self, message_type: MessageType[Any, Any], claim: Claim, context: object, now: datetime
    ) -> RenderedMessage | None:
        if self._shared_of is not (seminar := self._seminar()):
            self._shared_of = seminar
            self._shared.clear()
        row, reader = claim.row, claim.recipient
        group = reader.group_key if message_type.by_group else None
        minute = int(now.timestamp() // 60)
        key = (message_type.name, row.occurrence, row.data, row.due_text, reader.language, group, minute)
        known = self._shared.get(key)
        # What has been rewritten since goes with its new words at once.
        if known is not None and (known.context is context or known.context == context):
            self._shared.move_to_end(key)
            return known.message
        anyone = Recipient(None, 0, "", reader.language, None, group)
        message = self._render_for(message_type, claim, anyone, now)
        self._shared[key] = _Shared(context, message)
        if len(self._shared) > _REMEMBERED:
            self._shared.popitem(last=False)
        return message

    def _render_for(
        self, message_type: MessageType[Any, Any], claim: Claim, recipient: Recipient, now: datetime
    ) -> RenderedMessage | None:
        late = max(now - claim.row.due_at, timedelta(0))
        locale = self._locales[recipient.language]
        assert isinstance(claim.context, Loaded)
        arguments, context, _ = claim.context
        screen = message_type.render(Rendering(arguments, recipient, context, self._seminar(), locale, now, late))
        return None if screen is None else encode(screen, paid=self._paid)


def _load(message_type: MessageType[Any, Any], connection: sqlite3.Connection, row: Row) -> Loaded:
    arguments = message_type.read(row)
    return Loaded(arguments, message_type.load_context(connection, arguments, row))


def _with_targets(
    message_type: MessageType[Any, Any], connection: sqlite3.Connection, row: Row, loaded: Loaded
) -> Loaded:
    """What many rows share, with the messages that this one of them changes."""
    if message_type.targets is None:
        return loaded
    return loaded._replace(targets=tuple(message_type.targets(connection, loaded.arguments, row)))


def encode(screen: Screen | Change, *, paid: bool = False) -> RenderedMessage:
    """The screen or the change as a request. Only messages can be paid for."""
    if isinstance(screen, Change):
        return RenderedMessage(screen.method, orjson.dumps(screen.params))
    params = screen.params() | ({"allow_paid_broadcast": True} if paid and screen.copies_of is None else {})
    return RenderedMessage(screen.method, orjson.dumps(params), topic=screen.topic)
