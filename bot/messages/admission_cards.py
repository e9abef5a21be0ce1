"""Keeps the organizers' cards of requests to be let in true: changed in place, without a sound."""

import logging
import sqlite3
from functools import partial
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.clock import Clock
from bot.i18n import Locales
from bot.sender import Sender
from bot.store import admission_card as admission_card_store
from bot.store import side_effects
from bot.store.admission_card import RequestCard, RequestCardContent
from bot.store.database import Database
from bot.views import admission as admission_view

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 3.0  # between two changes of the cards; hundreds may ask at once
_RETRY_SECONDS: Final = 10.0  # after Telegram could not be reached


class AdmissionCards:
    """Shows organizers who asks to be let in. `update` is called periodically."""

    def __init__(self, db: Database, sender: Sender, clock: Clock, locales: Locales) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._locales = locales
        self._rest_until = 0.0

    async def update(self, waited_for: bool) -> float | None:
        """Bring every card up to date; return in how many seconds to check again, None when nothing is open."""
        rest = self._rest_until - self._clock.monotonic()
        if rest > 0 and not waited_for:
            return rest
        outdated = await self._db.read(_outdated)
        if not outdated:
            return None
        self._rest_until = self._clock.monotonic() + _POLL_SECONDS
        done = [await self._bring_up_to_date(card) for card in outdated]
        return None if all(done) else _RETRY_SECONDS

    async def _bring_up_to_date(self, outdated: RequestCard) -> bool:
        """Change a card, and take the one before it away; return False when it has to be tried again."""
        card = await self._db.write(admission_card_store.get, person_id=outdated.person_id)
        if card is None:
            return True
        try:
            if card.old_message_id is not None:
                await self._take_away(card, card.old_message_id)
            shows = await self._db.read(admission_card_store.content_of, card=card)
            if card.message_id is not None and shows.fingerprint != card.shown:
                await self._change(card, card.message_id, shows)
        except Forbidden:
            away = partial(side_effects.unreachable, person_id=card.person_id, now=self._clock.now())
            await self._db.write(away)  # who has blocked the bot sees it when they are back
        except TelegramError as error:
            _LOG.warning("A card of requests waits: %s", error)
            return False
        return True

    async def _change(self, card: RequestCard, message_id: int, shows: RequestCardContent) -> None:
        screen = admission_view.card(self._locales[card.language], shows)
        target = {"chat_id": card.chat_id, "message_id": message_id}
        try:
            await self._sender.call("editMessageText", {**target, **screen.edit_params()})
        except BadRequest as error:
            if "not modified" not in error.message.lower():
                await self._db.write(admission_card_store.forget_message, card=card)
                return
        await self._db.write(admission_card_store.set_shown, card=card, shows=shows)

    async def _take_away(self, card: RequestCard, message_id: int) -> None:
        """One card at a time: the newer one has all of it. Telegram keeps what is older than two days."""
        target = {"chat_id": card.chat_id, "message_id": message_id}
        try:
            await self._sender.call("deleteMessage", dict(target))
        except BadRequest:
            await self._cut_short(card, target)
        await self._db.write(admission_card_store.forget_old_message, card=card)

    async def _cut_short(self, card: RequestCard, target: dict[str, int]) -> None:
        try:
            screen = admission_view.moved(self._locales[card.language])
            await self._sender.call("editMessageText", {**target, **screen.edit_params()})
        except BadRequest:
            return  # the organizer has deleted it


def _outdated(connection: sqlite3.Connection) -> list[RequestCard]:
    return [
        card
        for card in admission_card_store.all_reachable(connection)
        if card.old_message_id is not None
        or admission_card_store.has_arrived(connection, card)
        or (card.message_id is not None and admission_card_store.content_of(connection, card).fingerprint != card.shown)
    ]
