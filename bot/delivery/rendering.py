"""Rendering: from a claimed row to the bytes of its request. What many people get alike is rendered once."""

import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import orjson

from bot.delivery.kinds import Kind, Kinds, Recipient, Rendering, Row
from bot.i18n import Catalogues
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.claims import Claim

_REMEMBERED: Final = 256


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """A Bot API method and its parameters as JSON, all but the chat."""

    method: str
    params: bytes

    def body(self, chat_id: int) -> bytes:
        """The JSON body for one chat."""
        return b'{"chat_id":%d,%b' % (chat_id, self.params[1:])


class Renderer:
    """Renders claimed rows by their kinds. `paid`: let Telegram charge for what is beyond 30 messages a second."""

    def __init__(self, kinds: Kinds, seminar: Seminar, words: Catalogues, *, paid: bool = False) -> None:
        self.kinds = kinds
        self._seminar = seminar
        self._words = words
        self._paid = paid
        self._shared: OrderedDict[tuple[object, ...], RenderedMessage | None] = OrderedDict()

    def gatherer(self) -> Callable[[sqlite3.Connection, Row], object]:
        """A function that gathers what rows are rendered from; what a shared kind reads it reads once an event.

        Use one for one transaction, and no longer: it remembers what it has read.
        """
        return partial(self._gather, {})

    def render(self, claim: Claim, now: datetime) -> RenderedMessage | None:
        """The request for this row at this moment, or None when it is not wanted any more.

        Raises whatever the kind raises, and KeyError for a kind that this code does not know.
        """
        if isinstance(claim.facts, Exception):
            raise claim.facts
        kind = self.kinds[claim.row.kind]
        if kind.shared:
            return self._render_shared(kind, claim, now)
        return self._render_for(kind, claim, claim.recipient, now)

    def _gather(self, known: dict[tuple[str, ...], object], connection: sqlite3.Connection, row: Row) -> object:
        kind = self.kinds[row.kind]
        if not kind.shared:
            return kind.gather(connection, row)
        about = (row.kind, row.event, row.data_text)
        if about not in known:
            known[about] = kind.gather(connection, row)
        return known[about]

    def _render_shared(self, kind: Kind, claim: Claim, now: datetime) -> RenderedMessage | None:
        row, reader = claim.row, claim.recipient
        group = reader.group_key if kind.by_group else None
        minute = int(now.timestamp() // 60)
        key = (kind.name, row.event, row.data_text, row.due_text, reader.language, group, minute)
        if key in self._shared:
            self._shared.move_to_end(key)
            return self._shared[key]
        anyone = Recipient(None, 0, "", reader.language, None, group)
        message = self._shared[key] = self._render_for(kind, claim, anyone, now)
        if len(self._shared) > _REMEMBERED:
            self._shared.popitem(last=False)
        return message

    def _render_for(self, kind: Kind, claim: Claim, recipient: Recipient, now: datetime) -> RenderedMessage | None:
        late = max(now - claim.row.due_at, timedelta(0))
        words = self._words[recipient.language]
        screen = kind.render(Rendering(claim.row, recipient, claim.facts, self._seminar, words, now, late))
        return None if screen is None else encode(screen, paid=self._paid)


def encode(screen: Screen, *, paid: bool = False) -> RenderedMessage:
    """The screen as a request."""
    params = screen.params() | ({"allow_paid_broadcast": True} if paid else {})
    return RenderedMessage(screen.method, orjson.dumps(params))
