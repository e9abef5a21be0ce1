"""The draft of a broadcast fits on one screen of 360 × 640 px in every language, with its buttons, and none is cut."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.i18n import Locale, Locales
from bot.languages import LANGUAGES
from bot.programme import load
from bot.screen import Screen
from bot.store.broadcast import Broadcast, BroadcastState, Options
from bot.store.broadcast_audience import Audience, Reach
from bot.store.broadcast_draft import DraftCard
from bot.store.broadcast_version import ContentKind, Version
from bot.views import broadcast_audience as broadcast_audience_view
from bot.views import broadcast_draft as broadcast_draft_view
from bot.views.broadcast_audience import Offered
from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, Message, World
from tests.rehearsal.browser import browser, needs_browser
from tests.rehearsal.phone_screen import ROOM, PhoneScreen, phone_screen
from tests.rehearsal.telegram.callers import Caller

pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]

LOCALES = Locales.load()
SEMINAR = load(Path("seminars/sejong-2025"))
NOW = datetime(2025, 8, 4, tzinfo=UTC)
PEOPLE = Reach(28, 0, ("Шарифов Фарҳод", "Қурбонова Шаҳло", "Андреева Марина"))
READERS = {"tg": 20, "ru": 4, "ko": 4}
OPTIONS = Options(signed=True, confirmable=True, valid_until=NOW)


@pytest.fixture
def world() -> World:
    return World(RehearsalClock(NOW, speed=0), flood=None)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def screen() -> AsyncIterator[PhoneScreen]:
    async with browser() as opened, phone_screen(opened, LOCALES["ru"]) as empty:
        yield empty


async def sent(world: World, shown: Screen) -> Message:
    """The message on a new phone."""
    person = Account(world, "Минҷи")
    await person.starts()
    markup = shown.markup()
    await Caller(world)("sendMessage", chat_id=person.id, text=shown.text, parse_mode="HTML", reply_markup=markup)
    return person.chat[-1]


def screens(_: Locale) -> dict[str, Screen]:
    """What an organizer reads on the way from the first choice to the press that sends."""
    versions = [Version(1, one.value, 1, ContentKind.TEXT, "x", None, NOW) for one in LANGUAGES]
    own = replace(versions[0], language="tg")
    draft = Broadcast(
        1, 1, 1, Audience("teachers"), BroadcastState.DRAFT, 0, 0, 1, ended=False, options=OPTIONS, versions=(own,)
    )
    drafts = {
        "one for all": replace(draft, versions=(replace(own, language=""),)),
        "two languages missing": draft,
        "two languages accepted": replace(draft, fallback=frozenset({"ru", "ko"})),
        "four languages": replace(draft, versions=tuple(versions)),
    }
    cards = {name: DraftCard(one, Audience("teachers"), PEOPLE, READERS, "Минҷи") for name, one in drafts.items()}
    offered = Offered(SEMINAR.lessons[:1], checkin=True)
    chosen = Audience("coordinators", group=SEMINAR.groups[0].key, language="ru")
    return {
        "choices": broadcast_audience_view.choose(_, SEMINAR, 1, chosen, PEOPLE, offered),
        **{name: broadcast_draft_view.confirm(_, SEMINAR, card) for name, card in cards.items()},
    }


async def test_no_screen_of_a_draft_is_longer_than_a_phone(screen: PhoneScreen, world: World) -> None:
    too_long, cut = {}, {}
    for language in LANGUAGES:
        for name, shown in screens(LOCALES[language.value]).items():
            message = await sent(world, shown)
            if (height := await screen.height(message)) > ROOM:
                too_long[language.value, name] = height
            if labels := await screen.cut(message):
                cut[language.value, name] = labels
    assert (too_long, cut) == ({}, {})
