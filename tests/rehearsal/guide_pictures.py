"""Pictures for the guides: `make screenshots` writes docs/screenshots/guides/*.png, one phone each, in four languages.

A teacher's and an organizer's phone on the first day of the sample seminar, with twelve simulated teachers.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import TypeVar

from playwright.async_api import Browser

from bot.buttons.headcount import HeadcountStart
from bot.buttons.programme import (
    ProgrammeConfirm,
    ProgrammeDay,
    ProgrammeDraft,
    ProgrammePublish,
    ProgrammeSession,
    ProgrammeTime,
)
from bot.languages import LANGUAGES, Language
from bot.payload import Payload
from rehearsal import ui_driver
from rehearsal.phones import Phone
from rehearsal.session import RehearsalSession
from tests.rehearsal.browser import browser, visit
from tests.rehearsal.png_palette import with_palette
from tests.rehearsal.sessions import open_session

FOLDER = Path(__file__).parent.parent.parent / "docs" / "screenshots" / "guides"
LARGEST = 60 * 1024  # bytes
TEACHERS = 12
REASONS = {
    Language.ENGLISH: "The bus is in a traffic jam",
    Language.TAJIK: "Автобус дар роҳбандӣ мондааст",
    Language.RUSSIAN: "Автобус стоит в пробке",
    Language.KOREAN: "버스가 길에서 막혀 있습니다",
}

P = TypeVar("P", bound=Payload)


async def main() -> None:
    """Play a first day in each language, and take the pictures on the way."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with browser() as opened:
        for language in LANGUAGES:
            async with open_session(phones=False) as (session, address):
                await Guide(session, address, opened, Language(language)).play()


class Guide:
    """One language's pictures."""

    def __init__(self, session: RehearsalSession, address: str, opened: Browser, language: Language) -> None:
        self._session = session
        self._address = address
        self._browser = opened
        self._language = language

    async def play(self) -> None:
        """From the list of who is missing to a headcount."""
        self._organizer = await self._session.add_phone("organizer", self._language, join=True)
        self._teacher = await self._session.add_phone("teacher", self._language, join=True)
        await self._session.simulate_teachers(TEACHERS)
        await self._until(9, 16)
        await self._picture(self._organizer, "missing")
        await self._until(11, 20)
        await self._picture(self._teacher, "today", pinned=True)
        await self._writes("/code")
        await self._picture(self._organizer, "code")
        await self._change_the_programme()
        await self._writes("/headcount")
        await self._presses(HeadcountStart)
        await self._until(11, 24)
        await self._picture(self._organizer, "headcount")

    async def _change_the_programme(self) -> None:
        """The last session half an hour later."""
        await self._writes("/programme")
        await self._presses(ProgrammeDay)
        await self._presses(ProgrammeSession, last)
        await self._presses(ProgrammeTime, lambda offered: min(offered, key=lambda one: abs(one.start - 17 * 60 - 30)))
        await self._presses(ProgrammeDraft)
        await self._presses(ProgrammeConfirm)
        await self._writes(REASONS[self._language])
        await self._picture(self._organizer, "publish")
        await self._presses(ProgrammePublish)
        await self._picture(self._teacher, "change")

    async def _until(self, hour: int, minute: int) -> None:
        seminar = self._session.seminar
        assert seminar is not None
        moment = datetime.combine(seminar.first, time(hour, minute), seminar.zone)
        await self._session.simulation.advance_to(moment)

    async def _writes(self, text: str) -> None:
        await self._organizer.account.sends(text)
        await self._session.simulation.wait_idle()

    async def _presses(self, kind: type[P], choose: Callable[[list[P]], P] = lambda offered: offered[0]) -> None:
        account = self._organizer.account
        found = ui_driver.find_buttons(account, kind)
        assert found is not None, account.describe()
        message, offered = found
        await account.presses_payload(choose(offered).pack(), on=message)
        await self._session.simulation.wait_idle()

    async def _picture(self, phone: Phone, name: str, *, pinned: bool = False) -> None:
        """What the phone shows; the end of the chat, or the pinned message from its beginning."""
        page = await visit(self._browser, self._address, width=1240, height=860, language=self._language)
        device = page.locator(f"#phone-{phone.account.id} .device")
        if pinned:
            await device.locator(f'[data-message="{phone.account.chat[-1].id}"]').wait_for()
            await device.locator(".pinned button").first.click()
        await page.wait_for_timeout(300)  # until it has scrolled there
        content = with_palette(await device.screenshot())
        if len(content) > LARGEST:
            raise ValueError(f"{name} has {len(content)} bytes; at most {LARGEST} are allowed")
        path = FOLDER / f"{name}.{self._language}.png"
        path.write_bytes(content)
        print(f"docs/screenshots/guides/{path.name}: {len(content) // 1024} KB")  # noqa: T201 - the script's only output
        await page.context.close()


def last(offered: list[P]) -> P:
    """The last of the buttons of this kind."""
    return offered[-1]


if __name__ == "__main__":
    asyncio.run(main())
