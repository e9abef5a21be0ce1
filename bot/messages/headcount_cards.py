"""Keeps headcounts on organizers' phones true: each card is changed in place, every two seconds at most."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final, NamedTuple

import orjson
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.clock import Clock
from bot.i18n import Locales
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.sender import Sender
from bot.store import headcount as headcount_store
from bot.store import headcount_card as headcount_card_store
from bot.store import headcount_list as headcount_list_store
from bot.store import mark as mark_store
from bot.store.database import Database
from bot.store.headcount import REOPENED_WITHIN, Headcount, HeadcountNumbers
from bot.store.headcount_card import HeadcountCard
from bot.store.headcount_list import HeadcountPage
from bot.views import headcount as headcount_view
from bot.waiting import IdleTracker, Signal

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 2.0  # between two changes of a card; Telegram asks for one message a second in a chat
_READ_AGAIN_SECONDS: Final = 30.0  # names and groups change, too
_DATABASE_RETRY_SECONDS: Final = 10.0

Outdated = tuple[HeadcountCard, Headcount, HeadcountPage]


class _State(NamedTuple):
    """A headcount, its numbers, and the last mark about anything: while it is the same, its lists are."""

    headcount: Headcount
    numbers: HeadcountNumbers
    last_mark: int


def fingerprint(screen: Screen) -> str:
    """The same for the same card; nobody's name can be read from it."""
    return sha256(orjson.dumps(screen.edit_params())).hexdigest()


class HeadcountCards:
    """Shows organizers who is here. Make it, `run` it as a task; wake it when somebody has pressed on a card.

    What people tap is looked up every two seconds, so that a hundred taps make one change.
    """

    def __init__(
        self,
        db: Database,
        sender: Sender,
        clock: Clock,
        locales: Locales,
        *,
        seminar: Callable[[], Seminar],
        owners: Iterable[int],
    ) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._locales = locales
        self._seminar = seminar
        self._owners = tuple(owners)
        self._signal = Signal(clock)
        self._idle = IdleTracker()
        self._waited_for = 0
        self._rest_until = float("-inf")
        self._editing: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._seen: dict[tuple[int, int], object] = {}  # of what state a card was read last

    def wake(self) -> None:
        """A card's reader waits for it: change that card now."""
        self._signal.set()

    async def wait_idle(self) -> None:
        """Return when the cards show what is true now."""
        self._waited_for += 1
        self._signal.set()
        try:
            await self._idle.wait()
        finally:
            self._waited_for -= 1

    async def run(self) -> None:
        """Change the cards until cancelled. What a restart interrupted goes on."""
        try:
            while True:
                self._signal.clear()
                self._idle.begin_turn()
                try:
                    delay = await self._update(hurried_only=self._is_resting())
                except sqlite3.Error as error:
                    _LOG.warning("Headcounts wait: the database cannot be used (%s).", error)
                    delay = _DATABASE_RETRY_SECONDS
                self._idle.end_turn(idle=not self._editing)
                await self._signal.wait(delay)
        finally:
            for task in self._editing.values():
                task.cancel()

    def _is_resting(self) -> bool:
        return not self._waited_for and self._clock.monotonic() < self._rest_until

    async def _update(self, *, hurried_only: bool) -> float | None:
        """Begin to change what is outdated; return the seconds until the next look, None when no card is live."""
        now = self._clock.now()
        cards = await self._db.read(headcount_card_store.all_reachable, self._owners)
        if not cards:
            self._seen.clear()
            return None
        if not hurried_only:
            self._rest_until = self._clock.monotonic() + _POLL_SECONDS
        due = [one for one in cards if (one.hurry or not hurried_only) and _place(one) not in self._editing]
        states = await self._db.read(_states, {one.headcount_id for one in due})
        unread = [one for one in due if one.hurry or self._waited_for or self._is_new(one, states, now)]
        pages = await self._db.read(_pages, unread)
        await asyncio.gather(*(self._begin(*one, now) for one in pages))
        headcounts = [state.headcount for state in states.values()]
        return _POLL_SECONDS if hurried_only else _next_look(headcounts, now)

    def _is_new(self, card: HeadcountCard, states: Mapping[int, _State], now: datetime) -> bool:
        """Whether the card may show something else now. Of many thousands, a page is long in the finding."""
        seen = (states[card.headcount_id], card.shown_list, card.page, now.timestamp() // _READ_AGAIN_SECONDS)
        if self._seen.get(_place(card)) == seen:
            return False
        self._seen[_place(card)] = seen
        return True

    async def _begin(self, card: HeadcountCard, headcount: Headcount, page: HeadcountPage, now: datetime) -> None:
        """Change one card where it shows something else, beside the others: a chat that has to wait delays nobody."""
        is_final = not card.is_staff or not (headcount.is_open(now) or headcount.may_reopen(now))
        screen = headcount_view.card(self._locales[card.language], self._seminar(), headcount, page, now)
        shown = fingerprint(screen)
        if card.is_staff and shown != card.shown:
            task = asyncio.ensure_future(self._change(card, screen, shown, is_final=is_final))
            self._editing[_place(card)] = task
            task.add_done_callback(lambda _task: self._done(card))
        elif is_final:
            await self._db.write(headcount_card_store.delete, card)
        elif card.hurry:
            await self._db.write(headcount_card_store.set_shown, card, shown)

    def _done(self, card: HeadcountCard) -> None:
        self._editing.pop(_place(card), None)
        self._signal.set()

    async def _change(self, card: HeadcountCard, screen: Screen, shown: str, *, is_final: bool) -> None:
        """Change a card, and note what it shows; one that is gone is followed no more."""
        target = {"chat_id": card.chat_id, "message_id": card.message_id}
        try:
            await self._sender.call("editMessageText", {**target, **screen.edit_params()})
        except BadRequest as error:
            is_final = is_final or "not modified" not in error.message.lower()
        except Forbidden:
            is_final = True
        except TelegramError as error:
            _LOG.warning("A headcount's card waits: %s", error)
            self._seen.pop(_place(card), None)
            await self._clock.sleep(_POLL_SECONDS)
            return
        try:
            if is_final:
                await self._db.write(headcount_card_store.delete, card)
            else:
                await self._db.write(headcount_card_store.set_shown, card, shown)
        except sqlite3.Error as error:
            self._seen.pop(_place(card), None)
            _LOG.warning("A headcount's card waits: the database cannot be used (%s).", error)


def _states(connection: sqlite3.Connection, headcounts: Iterable[int]) -> dict[int, _State]:
    last_mark, found = mark_store.last(connection), {}
    for number in headcounts:
        headcount = headcount_store.get(connection, number)
        assert headcount is not None  # a card refers to it
        found[number] = _State(headcount, headcount_store.numbers(connection, headcount), last_mark)
    return found


def _pages(connection: sqlite3.Connection, cards: Iterable[HeadcountCard]) -> list[Outdated]:
    """What each card should show now; cards that show the same are read once."""
    known: dict[tuple[int, str, int], HeadcountPage] = {}
    found = []
    for card in cards:
        headcount = headcount_store.get(connection, card.headcount_id)
        assert headcount is not None  # a card refers to it
        key = (card.headcount_id, card.shown_list, card.page)
        if key not in known:
            known[key] = headcount_list_store.page_of(connection, headcount, card.shown_list, card.page)
        found.append((card, headcount, known[key]))
    return found


def _next_look(headcounts: Iterable[Headcount], now: datetime) -> float:
    """A headcount that is open changes with every tap; one that is closed, when it cannot be opened again."""
    delays = [
        _POLL_SECONDS
        if one.is_open(now)
        else max(_POLL_SECONDS, ((one.closed_at or one.ends_at) + REOPENED_WITHIN - now).total_seconds())
        for one in headcounts
    ]
    return min(delays, default=_POLL_SECONDS)


def _place(card: HeadcountCard) -> tuple[int, int]:
    return card.chat_id, card.message_id
