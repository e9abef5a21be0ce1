"""Keeps the card of the day true on every phone: pins the morning's agenda, and edits it without a sound.

What is published is edited into every card. What the hour changes (over, now, next) is edited by itself only where all
cards can be changed within two minutes; elsewhere a card says of which moment it is, and changes when its reader does
anything. One call at a time, at a pace that leaves Telegram and the connection to answers.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.clock import Clock
from bot.delivery.periodic_task import PeriodicTask
from bot.i18n import Locales
from bot.messages.today_card_screens import TodayScreens, Wanted
from bot.programme.current import CurrentSeminar
from bot.programme.model import Seminar
from bot.sender import Sender
from bot.store import today_card as today_card_store
from bot.store.database import Database
from bot.store.today_card import TodayCard

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 15.0
_AGAIN_SECONDS: Final = 10.0  # after Telegram could not be reached
_PAGE: Final = 40  # cards looked at in one read; people who wait come between two pages
_REST_SECONDS: Final = 0.05  # between two calls: at most 20 a second
_TOUCH_SECONDS: Final = 20.0  # between two changes of a card because its reader did something


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
        self._reached: _Target | None = None
        self._target: _Target | None = None
        self._cursor = 0
        self._touched: dict[int, float] = {}  # when each account's card is looked at, on the monotonic clock
        self._looked_at: dict[int, float] = {}

    def touched(self, account: int) -> None:
        """Somebody did something in their chat: their card is changed if it says something old."""
        if account not in self._touched:
            again = self._looked_at.get(account, float("-inf")) + _TOUCH_SECONDS
            self._touched[account] = max(self._clock.monotonic(), again)
            self.wake()

    async def _run_once(self, waited_for: bool) -> float:
        try:
            while True:
                await self._follow_readers(everyone=waited_for)
                # A page of each, so that none waits for thousands of another.
                if not any([await self._walk(), await self._pin(), await self._end()]):
                    return self._delay()
        except TelegramError as error:
            _LOG.warning("The cards of the day wait: %s", error)
            return _AGAIN_SECONDS

    def _delay(self) -> float:
        """Until the next session begins or ends, or somebody's card may be changed again."""
        seminar, now = self._current.seminar, self._clock.now()
        delays = [_POLL_SECONDS, *(at - self._clock.monotonic() for at in self._touched.values())]
        delays += [(moment - now).total_seconds() for moment in _boundaries(seminar, now) if moment > now]
        return max(0.0, min(delays))

    # --- changing ---------------------------------------------------------------------------------------------------

    async def _follow_readers(self, *, everyone: bool) -> None:
        """Change the cards of those who did something, where they say something old."""
        moment = self._clock.monotonic()
        accounts = [account for account, at in self._touched.items() if everyone or at <= moment]
        for account in accounts:
            del self._touched[account]
        self._looked_at = {one: at for one, at in self._looked_at.items() if at + _TOUCH_SECONDS > moment}
        self._looked_at |= dict.fromkeys(accounts, moment)
        if accounts and (screens := await self._screens()) is not None:
            await self._change(screens, await self._db.read(today_card_store.of_accounts, screens.on, accounts))

    async def _walk(self) -> bool:
        """Change the next cards to what should be on them; return whether there may be more."""
        if (screens := await self._screens()) is None or screens.is_before_agenda():
            return False
        passed = sum(moment <= screens.now for moment in _boundaries(screens.seminar, screens.now))
        target = _Target(screens.on, self._current.version, passed if screens.is_kept else 0, screens.is_kept)
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
        return await self._db.read(TodayScreens.today, self._locales, self._current.seminar, self._clock.now())

    async def _change(self, screens: TodayScreens, cards: Sequence[TodayCard]) -> None:
        """Change those that show something else. Once another version runs the rest waits for the walk to that."""
        await self._db.read(screens.load, cards)
        for card in cards:
            if screens.seminar is not self._current.seminar:
                return
            if card.is_read and (wanted := screens.outdated(card)) is not None:
                await self._edit(card, wanted)

    async def _edit(self, card: TodayCard, wanted: Wanted) -> None:
        target = {"chat_id": card.chat_id, "message_id": card.message_id}
        await self._try("editMessageText", {**target, **wanted.screen.edit_params()})
        await self._db.write(today_card_store.set_shown, card.chat_id, card.message_id, wanted.fingerprint)

    # --- pinning ----------------------------------------------------------------------------------------------------

    async def _pin(self) -> bool:
        """Pin what has arrived; return whether there was anything.

        A card that somebody takes off by hand stays off: each is pinned once.
        """
        cards = await self._db.read(today_card_store.to_pin, _PAGE)
        today = self._current.seminar.today(self._clock.now())
        for card in cards:
            on = await self._dated(card)
            pinned = False
            if card.is_read and on >= today:
                target = {"chat_id": card.chat_id, "message_id": card.message_id}
                pinned = await self._try("pinChatMessage", {**target, "disable_notification": True})
            await self._db.write(today_card_store.set_pin, card, "pinned" if pinned else "none")
        await self._follow_versions(cards)
        return bool(cards)

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
        seminar, now = self._current.seminar, self._clock.now()
        today = seminar.today(now)
        is_morning = now >= seminar.moment((today - seminar.starts_on).days + 1, seminar.hours.agenda)
        cards = await self._db.read(today_card_store.to_end, _PAGE, before=today if is_morning else None)
        for card in cards:
            if card.is_read and card.pin in {"pinned", "over"}:
                await self._try("unpinChatMessage", {"chat_id": card.chat_id, "message_id": card.message_id})
            await self._db.write(today_card_store.delete, card)
        return bool(cards)

    async def _try(self, method: str, params: dict[str, object]) -> bool:
        """One call; return whether Telegram did it. Raises TelegramError where it has to be tried again."""
        try:
            await self._sender.call(method, params)
        except (BadRequest, Forbidden):
            return False  # it is so already, or gone, or not allowed: nothing will change that
        await self._clock.sleep(_REST_SECONDS)
        return True


def _boundaries(seminar: Seminar, now: datetime) -> list[datetime]:
    """When the sessions of today begin and end."""
    day = seminar.day(seminar.day_number_on(seminar.today(now)) or 0)
    sessions = [session for session in day.sessions if not session.cancelled] if day else []
    return [seminar.moment(one.day, at) for one in sessions for at in (one.start, one.end)]
