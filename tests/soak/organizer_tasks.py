"""What organizers do with the programme, with /upcoming and with headcounts, while the bot is killed."""

import asyncio
import random
from collections import Counter
from datetime import date, timedelta
from typing import Final

from bot.buttons.headcount import HeadcountClose, HeadcountReopen, HeadcountStart
from bot.buttons.programme import (
    ProgrammeConfirm,
    ProgrammeDay,
    ProgrammeDraft,
    ProgrammePublish,
    ProgrammeRebase,
    ProgrammeSession,
    ProgrammeTime,
)
from bot.buttons.upcoming import UpcomingDay, UpcomingShow, UpcomingSkip, UpcomingUndo
from rehearsal.telegram import Account
from tests.soak.screens import Screens
from tests.soak.setup import COUNTED_GROUP, MOVED_SESSION
from tests.soak.telegram import SoakTelegram

_STEP: Final = 15  # minutes by which the session is later with each version: not as many as between two runs
_LATEST: Final = 22 * 60
_COUNTING_SECONDS: Final = 15.0


class OrganizerTasks:
    """Counts what was done, to compare it with what the database holds."""

    def __init__(self, telegram: SoakTelegram, today: date, seed: int) -> None:
        self._telegram = telegram
        self._today = today
        self._random = random.Random(f"organizers {seed}")
        self.published = 0
        self.undone: Counter[str] = Counter()  # by the button of what was skipped
        self.closing: dict[int, float] = {}  # headcount -> when an organizer closed it, in Unix seconds
        self.is_publishing = False

    async def publish(self, account: Account) -> None:
        """Let a session begin a quarter of an hour later, and publish that on top of whatever others published."""
        self.is_publishing = True
        screens = Screens(self._telegram, account)
        await account.sends("/programme")
        await screens.press(ProgrammeDay, lambda found: next(one for one in found if one.on == self._today))
        await screens.press(ProgrammeSession, lambda found: next(one for one in found if one.session == MOVED_SESSION))
        await screens.until(lambda: bool(screens.offers(ProgrammeTime)), "the hours")
        if (later := _later(screens.offers(ProgrammeTime))) is not None:
            await screens.presses(later)
            await screens.press(ProgrammeDraft)
            steps = (ProgrammePublish, ProgrammeConfirm, ProgrammeRebase)

            def goes_on() -> bool:
                return _is_published(screens) or screens.unpressed(*steps) is not None

            while not _is_published(screens):
                await screens.until(goes_on, "to publish")
                if (step := screens.unpressed(*steps)) is not None:
                    await screens.presses(step)
            self.published += 1
        self.is_publishing = False

    async def skip_and_undo(self, account: Account) -> None:
        """Skip the first message of tomorrow, and undo that."""
        screens = Screens(self._telegram, account)
        await account.sends("/upcoming")
        tomorrow, back = UpcomingDay(self._today + timedelta(days=1), 0), UpcomingDay(self._today, 0)

        def is_tomorrow() -> bool:
            return screens.stay_on(back, beside=UpcomingShow)

        while not is_tomorrow():
            await screens.until(lambda: is_tomorrow() or screens.can_press(tomorrow), "the list of tomorrow")
            await screens.presses(tomorrow)
        item = (await screens.press(UpcomingShow)).item
        await screens.press(UpcomingSkip)
        await screens.press(UpcomingUndo)
        await screens.until(lambda: bool(screens.offers(UpcomingSkip)) and not screens.offers(UpcomingUndo), "undone")
        self.undone[item] += 1

    async def count(self, account: Account) -> None:
        """Count the heads of a group for a while."""
        screens = Screens(self._telegram, account)
        await account.sends("/headcount")
        await screens.press(HeadcountStart, lambda found: next(one for one in found if one.group == COUNTED_GROUP))
        await screens.until(lambda: bool(screens.offers(HeadcountClose)), "the card")
        await asyncio.sleep(_COUNTING_SECONDS)
        self.closing[screens.offers(HeadcountClose)[0].headcount] = self._telegram.world.clock.now().timestamp()
        await screens.press(HeadcountClose)
        await screens.until(lambda: bool(screens.offers(HeadcountReopen)), "that it is closed")


def _is_published(screens: Screens) -> bool:
    return screens.shows("is published")


def _later(offered: list[ProgrammeTime]) -> ProgrammeTime | None:
    """The button for a quarter of an hour later; those that change the end alone have the present beginning."""
    starts = Counter(one.start for one in offered).most_common(1)[0][0]
    return next((one for one in offered if one.start == starts + _STEP and one.start <= _LATEST), None)
