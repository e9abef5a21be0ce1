"""Keeps the card of the day true on every phone: pins the morning's agenda, and edits it without a sound.

What is published is edited into every card. What the hour changes (over, now, next) is edited by itself only where all
cards can be changed within two minutes; elsewhere a card says of which moment it is, and changes when its reader does
anything. At most 20 calls a second, a fourth of that beside deliveries, and none while an answer waits to be sent.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import partial
from typing import Final

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.clock import Clock
from bot.delivery.periodic_task import PeriodicTask
from bot.i18n import Locales
from bot.messages.today_card_screens import TodayScreens, Wanted, boundaries
from bot.programme.current import CurrentSeminar
from bot.sender import Sender
from bot.store import today_card as today_card_store
from bot.store.database import Database
from bot.store.today_card import TodayCard
from bot.transport import seconds_of

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 15.0
_AGAIN_SECONDS: Final = 10.0  # after Telegram could not be reached
_PAGE: Final = 40  # cards looked at in one read; people who wait come between two pages
_REST_SECONDS: Final = 0.05  # between the starts of two calls: at most 20 a second
_DELIVERING: Final = 4  # times that, while proactive messages wait for their turn
_ASIDE_SECONDS: Final = 20.0  # at least, until a chat is tried again that Telegram answered with a 429
_TOO_FAST: Final = 3  # chats in a row that were answered so, after which all cards rest
_TOUCH_SECONDS: Final = 20.0  # between two changes of a card because its reader did something


class _Answer(Enum):
    """What became of a call."""

    DONE = auto()
    REFUSED = auto()  # it is so already, or not allowed: nothing will change that
    GONE = auto()  # the message is there no more
    BLOCKED = auto()
    LATER = auto()  # the chat is put aside


@dataclass(frozen=True, slots=True)
class _Target:
    """What the cards are changed to: this version, and after so many beginnings and ends of sessions."""

    on: date
    version: int
    passed: int
    is_kept: bool


class TodayCards:
    """Make it, `run` it as a task, and wake it when an agenda has arrived or another version runs.

    What cards show is in their rows, so that a restart looks through them once and changes nothing twice.
    """

    def __init__(self, db: Database, sender: Sender, clock: Clock, locales: Locales, current: CurrentSeminar) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._locales = locales
        self._current = current
        self._task = PeriodicTask(clock, self._run_once)
        self.wake = self._task.wake
        self.wait_idle = self._task.wait_idle
        self.run = self._task.run
        self._rendered: TodayScreens | None = None
        self._reached: _Target | None = None
        self._target: _Target | None = None
        self._cursor = 0
        self._touched: dict[int, float] = {}  # when each account's card is looked at, on the monotonic clock
        self._looked_at: dict[int, float] = {}
        self._aside: dict[int, float] = {}  # until when each chat is, on the monotonic clock
        self._throttled = 0  # calls in a row
        self._rest_until = float("-inf")

    def touched(self, account: int) -> None:
        """Somebody did something in their chat: their card is changed if it says something old."""
        if account not in self._touched:
            again = self._looked_at.get(account, float("-inf")) + _TOUCH_SECONDS
            self._touched[account] = max(self._clock.monotonic(), again)
            self.wake()

    async def _run_once(self, waited_for: bool) -> float:
        try:
            while (seconds := self._rest_until - self._clock.monotonic()) <= 0:
                await self._follow_readers(everyone=waited_for)
                # A page of each, so that none waits for thousands of another.
                if not any([await self._walk(), await self._pin(), await self._end()]):
                    return self._delay()
            return seconds
        except TelegramError as error:
            _LOG.warning("The cards of the day wait: %s", error)
            return _AGAIN_SECONDS

    def _delay(self) -> float:
        """Until the next session begins or ends, or somebody's card may be changed again."""
        seminar, now = self._current.seminar, self._clock.now()
        moments = [*self._touched.values(), *self._aside.values()]
        delays = [_POLL_SECONDS, *(at - self._clock.monotonic() for at in moments)]
        delays += [(moment - now).total_seconds() for moment in boundaries(seminar, now) if moment > now]
        return max(0.0, min(delays))

    # --- changing ---------------------------------------------------------------------------------------------------

    async def _follow_readers(self, *, everyone: bool) -> None:
        """Change the cards of those who did something, and of chats that were put aside, where they say what is old."""
        moment = self._clock.monotonic()
        accounts = [account for account, at in self._touched.items() if everyone or at <= moment]
        for account in accounts:
            del self._touched[account]
        self._looked_at = {one: at for one, at in self._looked_at.items() if at + _TOUCH_SECONDS > moment}
        self._looked_at |= dict.fromkeys(accounts, moment)
        accounts += [chat for chat, until in self._aside.items() if until <= moment]
        self._aside = {chat: until for chat, until in self._aside.items() if until > moment}
        if accounts and (screens := await self._screens()) is not None:
            await self._change(screens, await self._db.read(today_card_store.of_accounts, screens.on, accounts))

    async def _walk(self) -> bool:
        """Change the next cards to what should be on them; return whether there may be more."""
        version = self._current.version  # of the same moment as the seminar that is read next
        if (screens := await self._screens()) is None:
            return False
        target = _Target(screens.on, version, screens.passed if screens.is_kept else 0, screens.is_kept)
        if target == self._reached:
            return False
        if target != self._target:
            self._target, self._cursor = target, 0
        cards = await self._db.read(today_card_store.page, screens.on, after=self._cursor, limit=_PAGE)
        await self._follow(screens, cards)
        self._cursor = cards[-1].person_id if cards else self._cursor
        if len(cards) < _PAGE:
            self._reached = target
        return True

    async def _follow(self, screens: TodayScreens, cards: Sequence[TodayCard]) -> None:
        """Change what changes by itself; where the hour does not, cards that tell no hour stay while the day does."""
        await self._db.read(screens.load, cards)
        if not screens.is_kept:
            cards = [card for card in cards if card.shown or screens.has_changed(card)]
        await self._change(screens, cards)

    async def _screens(self) -> TodayScreens | None:
        """Those of now; what was rendered is kept while nothing can be another, since each press looks at a card."""
        screens = await self._db.read(TodayScreens.today, self._locales, self._current.seminar, self._clock.now())
        if screens is None or self._rendered is None or not screens.says_the_same_as(self._rendered):
            self._rendered = screens
        return self._rendered

    async def _change(self, screens: TodayScreens, cards: Sequence[TodayCard]) -> None:
        """Change those that show something else. Once another version runs the rest waits for the walk to that."""
        await self._db.read(screens.load, cards)
        outdated: list[tuple[TodayCard, Wanted]] = []
        for card in cards:
            await asyncio.sleep(0)  # each language and group takes some ms to render
            if card.is_read and (wanted := screens.outdated(card)) is not None:
                outdated.append((card, wanted))
        await self._paced(partial(self._edit, screens, card, wanted) for card, wanted in outdated)

    async def _edit(self, screens: TodayScreens, card: TodayCard, wanted: Wanted) -> None:
        if screens.seminar is not self._current.seminar:
            return
        match await self._try("editMessageText", card, wanted.screen.edit_params()):
            case _Answer.DONE | _Answer.REFUSED:
                await self._db.write(today_card_store.set_shown, card.chat_id, card.message_id, wanted.fingerprint)
            case _Answer.GONE:  # so that the next one that is asked for is the card
                await self._db.write(today_card_store.delete, card)

    # --- pinning ----------------------------------------------------------------------------------------------------

    async def _pin(self) -> bool:
        """Pin what has arrived; return whether there was anything.

        A card that somebody takes off by hand stays off: each is pinned once.
        """
        cards = self._not_aside(await self._db.read(today_card_store.to_pin, _PAGE + len(self._aside)))
        await self._paced(partial(self._pin_one, card) for card in cards)
        await self._follow_versions(cards)
        return bool(cards)

    async def _pin_one(self, card: TodayCard) -> None:
        on, seminar = await self._dated(card), self._current.seminar
        if on < seminar.today(self._clock.now()):
            await self._db.write(today_card_store.set_pin, card, "over")  # a kill may have come after its pin
            return
        answer = _Answer.REFUSED
        if card.is_read and seminar.day_number_on(on) is not None:
            answer = await self._try("pinChatMessage", card, {"disable_notification": True})
        if answer is not _Answer.LATER:
            await self._db.write(today_card_store.set_pin, card, "pinned" if answer is _Answer.DONE else "none")

    async def _follow_versions(self, arrived: Sequence[TodayCard]) -> None:
        """Change those that were rendered before what runs now. The hour can wait: what arrives tells of none."""
        if arrived and (screens := await self._screens()) is not None:
            await self._db.read(screens.load, arrived)
            changed = [card for card in arrived if card.date == screens.on.isoformat() and screens.has_changed(card)]
            await self._change(screens, changed)

    async def _dated(self, card: TodayCard) -> date:
        """The day that a card is about: what someone who joined gets is about the day on which it arrives."""
        if card.date:
            return date.fromisoformat(card.date)
        on = self._current.seminar.today(card.sent_at)
        await self._db.write(today_card_store.set_date, card, on)
        return on

    async def _end(self) -> bool:
        """Take off what another card has replaced, and what is of an earlier day; return whether there was anything."""
        most = _PAGE + len(self._aside)
        cards = self._not_aside(await self._db.read(today_card_store.to_end, most, before=self._first_kept()))
        await self._paced(partial(self._end_one, card) for card in cards)
        return bool(cards)

    def _first_kept(self) -> date | None:
        """The day before which cards end: today from the hour of its agenda on; None before that."""
        seminar, now = self._current.seminar, self._clock.now()
        today = seminar.today(now)
        number = seminar.day_number_on(today)
        if number is None and today < seminar.first:  # the first day was moved: what is pinned is no day any more
            return today + timedelta(days=1)
        hours = seminar.hours if number is None else seminar.hours_of(number)
        return today if now >= seminar.moment((today - seminar.starts_on).days + 1, hours.agenda) else None

    async def _end_one(self, card: TodayCard) -> None:
        answer = _Answer.REFUSED
        if card.pin in {"pinned", "over"}:
            answer = await self._try("unpinChatMessage", card, {}) if card.is_read else _Answer.BLOCKED
        if answer is _Answer.BLOCKED:
            await self._db.write(today_card_store.set_away, card)
        elif answer is not _Answer.LATER:
            await self._db.write(today_card_store.delete, card)

    # --- calls ------------------------------------------------------------------------------------------------------

    def _not_aside(self, cards: Sequence[TodayCard]) -> list[TodayCard]:
        return [card for card in cards if card.chat_id not in self._aside]

    async def _paced(self, acts: Iterable[Callable[[], Awaitable[None]]]) -> None:
        """Do these beside each other: what is slow holds up nobody. Raises what the first of them raised."""
        tasks: list[asyncio.Future[None]] = []
        try:
            for act in acts:
                tasks.append(asyncio.ensure_future(act()))
                await self._clock.sleep(_REST_SECONDS * (_DELIVERING if self._sender.is_delivering else 1))
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        finally:
            for task in tasks:
                task.cancel()
        for error in ended:
            if error is not None:
                raise error

    async def _try(self, method: str, card: TodayCard, params: dict[str, object]) -> _Answer:
        """One call about a card. Raises TelegramError where it has to be tried again."""
        if self._clock.monotonic() < self._rest_until:
            self._aside[card.chat_id] = self._rest_until
            return _Answer.LATER
        try:
            await self._sender.attempt(method, {"chat_id": card.chat_id, "message_id": card.message_id, **params})
        except RetryAfter as error:
            self._put_aside(card.chat_id, seconds_of(error))
            return _Answer.LATER
        except BadRequest as error:
            return _Answer.GONE if "message to edit not found" in error.message.lower() else _Answer.REFUSED
        except Forbidden:
            return _Answer.BLOCKED
        self._throttled = 0
        return _Answer.DONE

    def _put_aside(self, chat_id: int, seconds: float) -> None:
        """One chat is taken at Telegram's word; several in a row are the bot, which changes cards too fast."""
        moment = self._clock.monotonic()
        self._aside[chat_id] = moment + max(seconds, _ASIDE_SECONDS)
        self._throttled += 1
        if self._throttled >= _TOO_FAST:
            self._throttled, self._rest_until = 0, moment + seconds
