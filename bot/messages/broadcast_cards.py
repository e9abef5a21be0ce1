"""The cards of broadcasts: live cards, on the phone of each organizer who opens one; and the end of a broadcast."""

import logging
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from bot.clock import Clock
from bot.i18n import Locale
from bot.messages import broadcast_change as broadcast_change_messages
from bot.messages.live_cards import CardState, Draw, LiveCardFeature
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.store import broadcast as broadcast_store
from bot.store import broadcast_progress as broadcast_progress_store
from bot.store import live_card as live_card_store
from bot.store.broadcast import Broadcast, BroadcastState
from bot.store.broadcast_progress import DELETABLE_FOR, BroadcastProgress, Unconfirmed
from bot.store.database import Database
from bot.views import broadcast_card as broadcast_card_view
from bot.waiting import IdleTracker, Signal

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 2.5  # between two looks whether a broadcast has ended
_RETRY_SECONDS: Final = 10.0
_A_DAY: Final = timedelta(days=1)
CARD: Final = "card"
UNCONFIRMED: Final = "unconfirmed"
SURE: Final = "sure"  # whether it shall really be taken back
CORRECT: Final = "correct"  # which version shall be corrected
LISTS: Final = (CARD, UNCONFIRMED, SURE, CORRECT)


def subject_of(number: int) -> str:
    """What the live cards of a broadcast are about."""
    return f"broadcast:{number}"


def _of_subject(connection: sqlite3.Connection, subject: str) -> Broadcast | None:
    number = subject.removeprefix("broadcast:")
    broadcast = broadcast_store.get(connection, int(number)) if number.isdecimal() else None
    return None if broadcast is None or broadcast.confirmed_at is None else broadcast


def _state(connection: sqlite3.Connection, subject: str, _seminar: Seminar, now: datetime) -> CardState | None:
    broadcast = _of_subject(connection, subject)
    if broadcast is None or broadcast.confirmed_at is None or broadcast.state is BroadcastState.DROPPED:
        return None
    progress = broadcast_progress_store.get(connection, broadcast)
    began = max(broadcast.confirmed_at, broadcast.options.due_at or broadcast.confirmed_at)
    # Late taps and deletions are still told of, so long as something of it can be done; and it can be corrected later.
    until = max([began + DELETABLE_FOR, *(one.edited_at + _A_DAY for one in broadcast.versions)])
    changes = (progress.correction, progress.deletion)
    is_open = broadcast.is_open or broadcast.options.confirmable or any(one and one.waiting for one in changes)
    until_then = until if not broadcast.is_open else max(until, now + _A_DAY)
    return CardState((broadcast, progress), is_open and now < until, until_then)


def _load(connection: sqlite3.Connection, subject: str, shown_list: str, page: int, _seminar: Seminar) -> Draw:
    broadcast = _of_subject(connection, subject)
    assert broadcast is not None  # it has a state
    progress = broadcast_progress_store.get(connection, broadcast)
    missing = broadcast_progress_store.unconfirmed(connection, broadcast, page) if shown_list == UNCONFIRMED else None
    unserved: Mapping[str, int] = {}
    if shown_list == CARD and not progress.waiting:
        unserved = broadcast_progress_store.unserved(connection, broadcast)
    return partial(_card, _Read(broadcast, progress, shown_list, missing, unserved))


class _Read(NamedTuple):
    """All that a card shows."""

    broadcast: Broadcast
    progress: BroadcastProgress
    shown_list: str
    missing: Unconfirmed | None
    unserved: Mapping[str, int]


def _card(read: _Read, locale: Locale, seminar: Seminar, now: datetime) -> Screen:
    broadcast, progress, shown_list, missing, unserved = read
    if missing is not None:
        return broadcast_card_view.unconfirmed(locale, broadcast, missing)
    if shown_list == SURE and broadcast.taken_back_at is None:
        return broadcast_card_view.sure(locale, broadcast, progress, now)
    if shown_list == CORRECT and broadcast.taken_back_at is None:
        return broadcast_card_view.versions(locale, broadcast)
    return broadcast_card_view.card(locale, seminar, broadcast, progress, now, unserved)


CARDS = LiveCardFeature("broadcast", _state, _load)


class BroadcastCards:
    """Makes the question under which a broadcast was confirmed its card, and notes its end.

    Wake it when one begins or is stopped. `shown` is called when there is a new card, or something else to show on one.
    """

    def __init__(self, db: Database, clock: Clock, shown: Callable[[], None]) -> None:
        self._db = db
        self._clock = clock
        self._shown = shown
        self._signal = Signal(clock)
        self._idle = IdleTracker()

    def wake(self) -> None:
        """A broadcast has started or was stopped: look at it now."""
        self._signal.set()

    async def wait_idle(self) -> None:
        """Return when what has ended is noted as ended."""
        self.wake()
        await self._idle.wait()

    async def run(self) -> None:
        """Look after broadcasts until cancelled. What a restart interrupted goes on."""
        while True:
            self._signal.clear()
            self._idle.begin_turn()
            try:
                delay = await self._look()
            except sqlite3.Error as error:
                _LOG.warning("Broadcasts wait for their end: the database cannot be used (%s).", error)
                delay = _RETRY_SECONDS
            self._idle.end_turn(idle=True)
            await self._signal.wait(delay)

    async def _look(self) -> float | None:
        """Look at each that has not ended; return the seconds until the next look."""
        unfinished = await self._db.read(_unfinished)
        if not unfinished:
            return None
        ended = [one for one, is_under_way, _ in unfinished if not is_under_way]
        if ended or any(is_new for _, _, is_new in unfinished):
            await self._db.write(_note, [one for one, _, is_new in unfinished if is_new], ended, self._clock.now())
            self._shown()
        return _POLL_SECONDS if len(ended) < len(unfinished) else None


def _unfinished(connection: sqlite3.Connection) -> list[tuple[Broadcast, bool, bool]]:
    """Those that have not ended: whether they are under way, and whether they have no card yet that changes."""
    found = []
    for broadcast in broadcast_progress_store.unfinished(connection):
        events = [broadcast.occurrence]
        if broadcast.taken_back_at is not None:
            events.append(broadcast_progress_store.deletion_of(broadcast))
        under_way = any(broadcast_progress_store.is_under_way(connection, event) for event in events)
        place = (broadcast.chat_id, broadcast.card_id or 0)
        is_new = bool(broadcast.card_id and broadcast.by_id) and not live_card_store.is_live(connection, *place)
        found.append((broadcast, under_way, is_new))
    return found


def _note(connection: sqlite3.Connection, new: list[Broadcast], ended: list[Broadcast], now: datetime) -> None:
    for one in new:
        if one.card_id and one.by_id:
            live_card_store.save(
                connection,
                one.chat_id,
                one.card_id,
                person_id=one.by_id,
                feature=CARDS.name,
                subject=subject_of(one.id),
                shown_list=CARD,
                page=0,
                shown="",
            )
    for one in ended:
        if one.state is BroadcastState.SENDING and broadcast_progress_store.is_missed(connection, one):
            broadcast_change_messages.tell_missed(connection, one, now)
        broadcast_progress_store.end(connection, one.id, now)
        live_card_store.hurry(connection, CARDS.name, subject_of(one.id))
