"""A usual day fits on one screen of 360 × 640 px at every moment, in every language, with its buttons.

Of the installed fonts only Telegram's own counts: in a wider one each line is longer.
"""

import shutil
import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from itertools import product
from pathlib import Path

import pytest
import pytest_asyncio

from bot.i18n import Locales
from bot.languages import LANGUAGES, Language
from bot.programme import load
from bot.screen import Screen
from bot.views import agenda as agenda_view
from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, Message, World
from tests.rehearsal.browser import browser, needs_browser
from tests.rehearsal.phone_screen import ROOM, PhoneScreen, phone_screen
from tests.rehearsal.telegram.callers import Caller

LOCALES = Locales.load()
SEMINAR = load(Path("seminars/sejong-2025"))


def installed(family: str, sign: str) -> bool:
    """Whether this sign is drawn in a font of this family."""
    if not (match := shutil.which("fc-match")):
        return False
    asked = [match, "-f", "%{family}", f"{family}:charset={ord(sign):x}"]
    return family in subprocess.run(asked, capture_output=True, text=True, check=False).stdout


pytestmark = [
    pytest.mark.browser,
    needs_browser,
    pytest.mark.skipif(not installed("Roboto", "ҷ"), reason="there is no Roboto with Tajik letters here"),
    pytest.mark.asyncio(loop_scope="module"),
]

LINE = 19  # px; the date is above the screen on a morning with four titles of two lines in Russian
MOMENTS = ("06:50", "09:45", "10:05", "12:35", "23:00")
DAYS = [number for number in range(1, 15) if number != 6]  # a trip to four places is longer by one line


@pytest.fixture
def world() -> World:
    return World(RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0), flood=None)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def screen() -> AsyncIterator[PhoneScreen]:
    async with browser() as opened, phone_screen(opened, LOCALES["ru"]) as empty:
        yield empty


async def sent(world: World, screen: Screen) -> Message:
    """The screen on a new phone."""
    person = Account(world, "Ситора")
    await person.starts()
    await Caller(world)("sendMessage", chat_id=person.id, **screen.params())
    return person.chat[-1]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_card_of_a_usual_day_is_seen_whole(screen: PhoneScreen, world: World, language: Language) -> None:
    locale, seminar = LOCALES[language], SEMINAR
    heights: dict[tuple[int, str], int] = {}
    for number, clock in product(DAYS, MOMENTS):
        moment = seminar.moment(number, time.fromisoformat(clock))
        card = agenda_view.card(locale, seminar, number, group="pamir", now=moment, changed=False)
        heights[number, clock] = await screen.height(await sent(world, card))
    over = {when for when, px in heights.items() if px > ROOM}
    assert over == ({(3, "06:50")} if language is Language.RUSSIAN else set())
    assert max(heights.values()) <= ROOM + LINE
