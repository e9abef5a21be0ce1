"""Keeps messages on organizers' phones true: each is changed in place, every two seconds at most.

The machine knows no feature. A feature says how its cards are read and rendered (`LiveCardFeature`, listed in
`registry.py`) and shows one with `show`; from then on the card changes by itself, also after a restart.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, TypeVar

import orjson
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.clock import Clock
from bot.context import Context
from bot.i18n import Locale, Locales
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.sender import Sender
from bot.store import live_card as live_card_store
from bot.store.database import Database
from bot.store.live_card import LiveCard
from bot.views import fallback as fallback_view
from bot.waiting import IdleTracker, Signal

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 2.0  # between two changes of a card; Telegram asks for one message a second in a chat
_READ_AGAIN_SECONDS: Final = 30.0  # names and groups change, too
_DATABASE_RETRY_SECONDS: Final = 10.0

T = TypeVar("T")
Draw = Callable[[Locale, Seminar, datetime], Screen]


@dataclass(frozen=True, slots=True)
class CardState:
    """What can be told of a subject by cheap reads. While it is equal, its cards are read again every 30 s only.

    `facts` change with everything that a card shows, but names. `is_open`: it changes any moment, so that it is looked
    at every two seconds; else when whoever changes it wakes the cards (`Runtime.wake`). From `until` on its cards
    change no more.
    """

    facts: Hashable
    is_open: bool
    until: datetime


@dataclass(frozen=True, slots=True)
class LiveCardFeature:
    """How a feature's cards are read and rendered. `name` is the `feature` of their rows.

    `state(connection, subject, seminar, now)` is None where there is no such subject (any more): its cards are left as
    they are. `load(connection, subject, list, page, seminar)` reads what all cards of this list and page show, and
    returns the pure function that renders it in a reader's language; it is called where there is a state. Pages count
    from 0; one past the end is the last.
    """

    name: str
    state: Callable[[sqlite3.Connection, str, Seminar, datetime], CardState | None]
    load: Callable[[sqlite3.Connection, str, str, int, Seminar], Draw]


Subject = tuple[str, str]
States = Mapping[Subject, CardState]


async def show(context: Context, feature: LiveCardFeature, subject: str, shown_list: str, page: int) -> None:
    """Turn the live card whose button was pressed; any other message, or a new one, becomes one.

    A card is changed in one place, so that no older state comes last.
    """
    if await context.write(
        live_card_store.turn,
        context.chat_id,
        context.message_id,
        feature=feature.name,
        subject=subject,
        shown_list=shown_list,
        page=page,
    ):
        context.runtime.wake()
        return
    now, seminar, me = context.now(), context.seminar, context.member
    state = await context.read(feature.state, subject, seminar, now)
    if state is None:
        await context.toast(fallback_view.old_button(context.locale), alert=True)
        return
    draw = await context.read(feature.load, subject, shown_list, page, seminar)
    screen = draw(context.locale, seminar, now)
    message_id = await context.show(screen)
    if message_id and now < state.until:
        await context.write(
            live_card_store.save,
            context.chat_id,
            message_id,
            person_id=me.id if context.staff_group is None else None,
            feature=feature.name,
            subject=subject,
            shown_list=shown_list,
            page=page,
            shown=_fingerprint(screen),
        )
    context.runtime.wake()


async def show_again(context: Context, feature: LiveCardFeature, subject: str) -> bool:
    """Bring the live card whose button was pressed up to date, on its list and page; False: it is none (any more)."""
    place = (context.chat_id, context.message_id)
    is_live = await context.write(live_card_store.hurry_one, *place, feature=feature.name, subject=subject)
    context.runtime.wake()
    return is_live


class LiveCards:
    """Changes the cards of all features. Make it, `run` it as a task; wake it when somebody has pressed on a card.

    What people tap is looked up every two seconds, so that a hundred taps make one change.
    """

    def __init__(
        self,
        db: Database,
        sender: Sender,
        clock: Clock,
        locales: Locales,
        features: Iterable[LiveCardFeature],
        *,
        seminar: Callable[[], Seminar],
        owners: Iterable[int],
    ) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._locales = locales
        self._features = {one.name: one for one in features}
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
                    _LOG.warning("Live cards wait: the database cannot be used (%s).", error)
                    delay = _DATABASE_RETRY_SECONDS
                self._idle.end_turn(idle=not self._editing)
                await self._signal.wait(delay)
        finally:
            editing = list(self._editing.values())
            for task in editing:
                task.cancel()
            await asyncio.gather(*editing, return_exceptions=True)

    def _is_resting(self) -> bool:
        return not self._waited_for and self._clock.monotonic() < self._rest_until

    async def _update(self, *, hurried_only: bool) -> float | None:
        """Begin to change what is outdated; return the seconds until the next look, None when no card is live."""
        now, seminar = self._clock.now(), self._seminar()
        cards = await self._db.read(live_card_store.all_reachable, self._owners)
        if not cards:
            self._seen.clear()
            return None
        if not hurried_only:
            self._rest_until = self._clock.monotonic() + _POLL_SECONDS
        due = [one for one in cards if (one.hurry or not hurried_only) and one.place not in self._editing]
        states = await self._db.read(self._states, {(one.feature, one.subject) for one in due}, seminar, now)
        for card in due:
            if (card.feature, card.subject) not in states:
                await self._db.write(live_card_store.delete, card)
        known = [one for one in due if (one.feature, one.subject) in states]
        unread = [one for one in known if one.hurry or self._waited_for or self._is_new(one, states, now)]
        draws = await self._db.read(self._draws, unread, seminar)
        for card, draw in zip(unread, draws, strict=True):
            screen = _tried(card.feature, draw, self._locales[card.language], seminar, now) if draw else None
            if screen is None:
                await self._db.write(live_card_store.delete, card)
                continue
            await self._begin(card, screen, is_final=now >= states[card.feature, card.subject].until)
        return _POLL_SECONDS if hurried_only else _next_look(states.values(), now)

    def _states(
        self, connection: sqlite3.Connection, subjects: Iterable[Subject], seminar: Seminar, now: datetime
    ) -> dict[Subject, CardState]:
        found = {}
        for name, subject in subjects:
            feature = self._features.get(name)
            state = _tried(name, feature.state, connection, subject, seminar, now) if feature is not None else None
            if state is not None:
                found[name, subject] = state
        return found

    def _draws(self, connection: sqlite3.Connection, cards: Sequence[LiveCard], seminar: Seminar) -> list[Draw | None]:
        """What each card should show now; cards that show the same are read once."""
        known: dict[tuple[str, str, str, int], Draw | None] = {}
        keys = [(card.feature, card.subject, card.shown_list, card.page) for card in cards]
        for key in dict.fromkeys(keys):
            known[key] = _tried(key[0], self._features[key[0]].load, connection, *key[1:], seminar)
        return [known[key] for key in keys]

    def _is_new(self, card: LiveCard, states: States, now: datetime) -> bool:
        """Whether the card may show something else now. Of many thousands, a page is long in the finding."""
        state = states[card.feature, card.subject]
        moment = (now >= state.until, now.timestamp() // _READ_AGAIN_SECONDS)
        seen = (card.feature, card.subject, state, card.shown_list, card.page, moment)
        if self._seen.get(card.place) == seen:
            return False
        self._seen[card.place] = seen
        return True

    async def _begin(self, card: LiveCard, screen: Screen, *, is_final: bool) -> None:
        """Change one card where it shows something else, beside the others: a chat that has to wait delays nobody."""
        is_final = is_final or not card.is_staff
        shown = _fingerprint(screen)
        if card.is_staff and shown != card.shown:
            task = asyncio.ensure_future(self._change(card, screen, shown, is_final=is_final))
            self._editing[card.place] = task
            task.add_done_callback(lambda _task: self._done(card))
        elif is_final:
            await self._db.write(live_card_store.delete, card)
        elif card.hurry:
            await self._db.write(live_card_store.set_shown, card, shown)

    def _done(self, card: LiveCard) -> None:
        self._editing.pop(card.place, None)
        self._signal.set()

    async def _change(self, card: LiveCard, screen: Screen, shown: str, *, is_final: bool) -> None:
        """Change a card, and note what it shows; one that is gone is followed no more."""
        target = {"chat_id": card.chat_id, "message_id": card.message_id}
        try:
            await self._sender.call("editMessageText", {**target, **screen.edit_params()})
        except BadRequest as error:
            is_final = is_final or "not modified" not in error.message.lower()
        except Forbidden:
            is_final = True
        except TelegramError as error:
            _LOG.warning("A live card waits: %s", error)
            self._seen.pop(card.place, None)
            await self._clock.sleep(_POLL_SECONDS)
            return
        try:
            if is_final:
                await self._db.write(live_card_store.delete, card)
            else:
                await self._db.write(live_card_store.set_shown, card, shown)
        except sqlite3.Error as error:
            self._seen.pop(card.place, None)
            _LOG.warning("A live card waits: the database cannot be used (%s).", error)


def _tried(feature: str, function: Callable[..., T], *arguments: object) -> T | None:
    """What the function returns; None after a mistake of a feature's, whose card is followed no more, unlike others."""
    try:
        return function(*arguments)
    except Exception as error:
        if isinstance(error, sqlite3.Error):
            raise
        _LOG.exception("A live card of %s is left as it is.", feature)
        return None


def _fingerprint(screen: Screen) -> str:
    """The same for the same card; nobody's name can be read from it."""
    return sha256(orjson.dumps(screen.edit_params())).hexdigest()


def _next_look(states: Iterable[CardState], now: datetime) -> float:
    """What is open changes with every tap; what is not, when it ends."""
    delays = [_POLL_SECONDS if one.is_open else max(_POLL_SECONDS, (one.until - now).total_seconds()) for one in states]
    return min(delays, default=_POLL_SECONDS)
