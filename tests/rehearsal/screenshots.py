"""Pictures of the rehearsal for the documents: `make screenshots` writes docs/screenshots/*.png.

They show what somebody new sees: the first morning, a lesson and a missing teacher's alert, light, dark and narrow.
"""

import asyncio
import sys
from pathlib import Path

from playwright.async_api import Browser, Page

from bot.buttons.checkin import CheckinHere
from bot.buttons.lesson import LessonCard, LessonOpen
from rehearsal import ui_driver
from rehearsal.session import RehearsalSession
from rehearsal.telegram import Account
from tests.rehearsal.browser import CHROMIUM, browser, visit
from tests.rehearsal.png_palette import with_palette
from tests.rehearsal.sessions import open_session

FOLDER = Path(__file__).parent.parent.parent / "docs" / "screenshots"
LARGEST = 300 * 1024  # bytes

Pressed = type[CheckinHere] | type[LessonOpen] | type[LessonCard]


async def main() -> None:
    """Play the first day up to its evening and take the pictures on the way."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with open_session() as (session, address), browser() as opened:
        await session.simulate_teachers(26)
        await session.advance_to_next_event()  # the agenda
        await picture(await wide(opened, address), "first-morning.png")
        await session.advance_to_next_event()  # the check-in
        await session.advance_to_next_event()  # the reminder
        await taps(session, CheckinHere)
        await session.advance_to_next_event()  # the alert about the missing
        await picture(await wide(opened, address, dark=True), "missing-dark.png")
        await until(session, LessonOpen)
        await taps(session, LessonOpen)
        await taps(session, LessonCard)
        await picture(await wide(opened, address), "lesson.png")
        narrow = await visit(opened, address, width=390, height=800)
        await picture(narrow, "narrow.png")


async def until(session: RehearsalSession, kind: Pressed) -> None:
    """Go from event to event until the first teacher can press a button of this kind."""
    while ui_driver.find_buttons(first_teacher(session), kind) is None:
        if not await session.advance_to_next_event():
            raise ValueError(f"no {kind.__name__} comes in this seminar")


def first_teacher(session: RehearsalSession) -> Account:
    """Whose phone the pictures show doing something."""
    return next(phone.account for phone in session.phones.values() if phone.role == "teacher")


async def taps(session: RehearsalSession, kind: Pressed) -> None:
    """The first teacher presses the last button of this kind, and the bot answers."""
    account = first_teacher(session)
    found = ui_driver.find_buttons(account, kind)
    assert found is not None, account.describe()
    message, payloads = found
    await account.presses_payload(payloads[-1].pack(), on=message)
    await session.simulation.wait_idle()


async def wide(opened: Browser, address: str, *, dark: bool = False) -> Page:
    """The page on a desktop."""
    return await visit(opened, address, width=1840, height=1000, dark=dark)


async def picture(page: Page, name: str) -> None:
    """Write what the page shows once its panel is up to date; raises ValueError for a picture that is too large."""
    await page.wait_for_function("document.querySelector('[data-count=due]')?.textContent === '0'")
    content = with_palette(await page.screenshot())
    if len(content) > LARGEST:
        raise ValueError(f"{name} has {len(content)} bytes; at most {LARGEST} are allowed")
    (FOLDER / name).write_bytes(content)
    print(f"docs/screenshots/{name}: {len(content) // 1024} KB")  # noqa: T201 - the script's only output
    await page.context.close()


if __name__ == "__main__":
    if not CHROMIUM:
        sys.exit("Pictures need: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji fonts-roboto-unhinted")
    asyncio.run(main())
