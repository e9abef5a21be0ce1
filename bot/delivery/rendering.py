"""Rendering: from a claimed row to the bytes of its request. What many people get alike is rendered once."""

import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

import orjson

from bot.delivery.message_types import MessageType, MessageTypes, Rendering
from bot.i18n import Locales
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.claims import Claim, Recipient, Row

_REMEMBERED: Final = 256


class Loaded(NamedTuple):
    """What was read in the transaction that claimed a row: its arguments, and the context of its type."""

    arguments: object
    context: object


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """A Bot API method and its parameters as JSON, all but the chat."""

    method: str
    params: bytes

    def body(self, chat_id: int) -> bytes:
        """The JSON body for one chat."""
        return b'{"chat_id":%d,%b' % (chat_id, self.params[1:])


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
        self._shared: OrderedDict[tuple[object, ...], RenderedMessage | None] = OrderedDict()
        self._shared_of = seminar()

    def context_loader(self) -> Callable[[sqlite3.Connection, Row], Loaded]:
        """A function that reads the arguments of rows and loads their contexts; of a shared type once an occurrence.

        Use it for one transaction only: it remembers what it has read.
        """
        return partial(self._load_context, {})

    def render(self, claim: Claim, now: datetime) -> RenderedMessage | None:
        """The request for this row at this moment, or None when it is not wanted any more.

        Raises whatever the message type raises, and KeyError for a kind that this code does not know.
        """
        if isinstance(claim.context, Exception):
            raise claim.context
        message_type = self.message_types[claim.row.kind]
        if message_type.shared:
            return self._render_shared(message_type, claim, now)
        return self._render_for(message_type, claim, claim.recipient, now)

    def _load_context(self, known: dict[tuple[str, ...], Loaded], connection: sqlite3.Connection, row: Row) -> Loaded:
        message_type = self.message_types[row.kind]
        if not message_type.shared:
            return _load(message_type, connection, row)
        about = (row.kind, row.occurrence, row.data)
        if about not in known:
            known[about] = _load(message_type, connection, row)
        return known[about]

    def _render_shared(
        self, message_type: MessageType[Any, Any], claim: Claim, now: datetime
    ) -> RenderedMessage | None:
        if self._shared_of is not (seminar := self._seminar()):
            self._shared_of = seminar
            self._shared.clear()
        row, reader = claim.row, claim.recipient
        group = reader.group_key if message_type.by_group else None
        minute = int(now.timestamp() // 60)
        key = (message_type.name, row.occurrence, row.data, row.due_text, reader.language, group, minute)
        if key in self._shared:
            self._shared.move_to_end(key)
            return self._shared[key]
        anyone = Recipient(None, 0, "", reader.language, None, group)
        message = self._shared[key] = self._render_for(message_type, claim, anyone, now)
        if len(self._shared) > _REMEMBERED:
            self._shared.popitem(last=False)
        return message

    def _render_for(
        self, message_type: MessageType[Any, Any], claim: Claim, recipient: Recipient, now: datetime
    ) -> RenderedMessage | None:
        late = max(now - claim.row.due_at, timedelta(0))
        locale = self._locales[recipient.language]
        assert isinstance(claim.context, Loaded)
        arguments, context = claim.context
        screen = message_type.render(Rendering(arguments, recipient, context, self._seminar(), locale, now, late))
        return None if screen is None else encode(screen, paid=self._paid)


def _load(message_type: MessageType[Any, Any], connection: sqlite3.Connection, row: Row) -> Loaded:
    arguments = message_type.read(row)
    return Loaded(arguments, message_type.load_context(connection, arguments, row))


def encode(screen: Screen, *, paid: bool = False) -> RenderedMessage:
    """The screen as a request."""
    params = screen.params() | ({"allow_paid_broadcast": True} if paid else {})
    return RenderedMessage(screen.method, orjson.dumps(params))
