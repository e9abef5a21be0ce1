"""Follows up what people were told, while they look at it: messages that change when what they say has changed.

Everything is read from the database, so a restart goes on where the last process was.
"""

from bot.clock import Clock
from bot.delivery.admission_cards import AdmissionCards
from bot.delivery.rounds import Rounds
from bot.i18n import Catalogues
from bot.sender import Sender
from bot.store.database import Database

_TICK = 60.0  # seconds between two looks when nothing is open


class FollowUp:
    """The looks, one after another. Make it, `run` it as a task; wake it when what messages tell of has changed."""

    def __init__(self, db: Database, sender: Sender, clock: Clock, words: Catalogues) -> None:
        self._cards = AdmissionCards(db, sender, clock, words)
        self._rounds = Rounds(clock, self._look)
        self.wake = self._rounds.wake
        self.settled = self._rounds.settled
        self.run = self._rounds.run

    async def _look(self, waited_for: bool) -> float:
        delays = [await self._cards.look(waited_for)]
        return min([_TICK, *(delay for delay in delays if delay is not None)])
