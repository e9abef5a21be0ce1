"""From a claimed row to the bytes of its request. What many people get alike is worded and encoded once."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson

from bot.delivery.kinds import Kind, Kinds, Recipient, Rendering
from bot.i18n import Catalogues
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store.claims import Claim

_REMEMBERED: Final = 256


@dataclass(frozen=True, slots=True)
class Wording:
    """A Bot API method and its parameters as JSON, all but the chat."""

    method: str
    params: bytes

    def body(self, chat_id: int) -> bytes:
        """The JSON body for one chat."""
        return b'{"chat_id":%d,%b' % (chat_id, self.params[1:])


class Writer:
    """Words claimed rows by their kinds. `paid`: let Telegram charge for what is beyond 30 messages a second."""

    def __init__(self, kinds: Kinds, seminar: Seminar, words: Catalogues, *, paid: bool = False) -> None:
        self.kinds = kinds
        self._seminar = seminar
        self._words = words
        self._paid = paid
        self._shared: OrderedDict[tuple[object, ...], Wording | None] = OrderedDict()

    def word(self, claim: Claim, now: datetime) -> Wording | None:
        """The request for this row at this moment, or None when nobody wants it any more.

        Raises whatever the kind raises, and KeyError for a kind that this code does not know.
        """
        if isinstance(claim.facts, Exception):
            raise claim.facts
        kind = self.kinds[claim.row.kind]
        return self._once_a_minute(kind, claim, now) if kind.shared else self._render(kind, claim, claim.recipient, now)

    def _once_a_minute(self, kind: Kind, claim: Claim, now: datetime) -> Wording | None:
        row, reader = claim.row, claim.recipient
        group = reader.group_key if kind.by_group else None
        minute = int(now.timestamp() // 60)
        key = (kind.name, row.event, row.data_text, row.due_text, reader.language, group, minute)
        if key in self._shared:
            self._shared.move_to_end(key)
            return self._shared[key]
        anyone = Recipient(None, 0, "", reader.language, None, group)
        wording = self._shared[key] = self._render(kind, claim, anyone, now)
        if len(self._shared) > _REMEMBERED:
            self._shared.popitem(last=False)
        return wording

    def _render(self, kind: Kind, claim: Claim, recipient: Recipient, now: datetime) -> Wording | None:
        late = max(now - claim.row.due_at, timedelta(0))
        words = self._words[recipient.language]
        screen = kind.render(Rendering(claim.row, recipient, claim.facts, self._seminar, words, now, late))
        return None if screen is None else encoded(screen, paid=self._paid)


def encoded(screen: Screen, *, paid: bool = False) -> Wording:
    """The screen as a request."""
    params = screen.params() | ({"allow_paid_broadcast": True} if paid else {})
    return Wording(screen.method, orjson.dumps(params))
