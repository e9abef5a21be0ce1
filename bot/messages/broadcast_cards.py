"""Updates the progress cards of broadcasts: every few seconds while one is being sent, and at its end."""

import logging
import sqlite3
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.clock import Clock
from bot.i18n import Locales
from bot.screen import Screen
from bot.sender import Sender
from bot.store import broadcast_progress as broadcast_progress_store
from bot.store import person
from bot.store.broadcast import Broadcast
from bot.store.broadcast_progress import BroadcastProgress
from bot.store.database import Database
from bot.views import broadcast as broadcast_view
from bot.waiting import IdleTracker, Signal

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 2.5  # between two updates; Telegram asks for one message a second in a chat


class BroadcastCards:
    """Shows organizers how far their broadcasts have come. Wake it when one begins or is stopped."""

    def __init__(self, db: Database, sender: Sender, clock: Clock, locales: Locales) -> None:
        self._db = db
        self._sender = sender
        self._locales = locales
        self._clock = clock
        self._signal = Signal(clock)
        self._idle = IdleTracker()
        self._shown: dict[int, Screen] = {}

    def wake(self) -> None:
        """A broadcast has started or was stopped: update its message now."""
        self._signal.set()

    async def wait_idle(self) -> None:
        """Return when the cards show what is true now."""
        self.wake()
        await self._idle.wait()

    async def run(self) -> None:
        """Update the cards until cancelled. What a restart interrupted goes on."""
        while True:
            self._signal.clear()
            self._idle.begin_turn()
            unfinished = await self._update()
            self._idle.end_turn(idle=True)
            # Nothing changes while nothing is being sent.
            await self._signal.wait(_POLL_SECONDS if unfinished else None)

    async def _update(self) -> bool:
        """Update every open card; return whether one of them is not at its end."""
        try:
            cards = await self._db.read(_open_cards)
            return any([not await self._finish(*card) for card in cards])
        except sqlite3.Error as error:
            _LOG.warning("Progress cards wait: the database cannot be used (%s).", error)
            return True

    async def _finish(self, broadcast: Broadcast, progress: BroadcastProgress, language: str, under_way: bool) -> bool:
        """Show how far it is; return whether it has ended."""
        screen = broadcast_view.card(self._locales[language], broadcast, progress)
        if self._shown.get(broadcast.id) != screen and not await self._edit(broadcast, screen):
            return False
        self._shown[broadcast.id] = screen
        if under_way:
            return False
        await self._db.write(broadcast_progress_store.end, number=broadcast.id, now=self._clock.now())
        del self._shown[broadcast.id]
        return True

    async def _edit(self, broadcast: Broadcast, screen: Screen) -> bool:
        """Change the card; return False when it has to be tried again."""
        if broadcast.card_id is None:
            return True  # the organizer has erased their data
        target = {"chat_id": broadcast.chat_id, "message_id": broadcast.card_id}
        try:
            await self._sender.call("editMessageText", {**target, **screen.edit_params()})
        except (BadRequest, Forbidden):
            return True  # it shows this already, or is gone: nothing will change that
        except TelegramError as error:
            _LOG.warning("A progress card waits: %s", error)
            return False
        return True


def _open_cards(connection: sqlite3.Connection) -> list[tuple[Broadcast, BroadcastProgress, str, bool]]:
    cards = []
    for broadcast in broadcast_progress_store.unfinished(connection):
        under_way = broadcast_progress_store.is_under_way(connection, broadcast.occurrence)
        author = person.by_id(connection, broadcast.by_id) if broadcast.by_id else None
        language = author.language if author else "en"
        cards.append((broadcast, broadcast_progress_store.get(connection, broadcast), language, under_way))
    return cards
