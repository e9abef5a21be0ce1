"""Pinned messages and files in a browser, on phones of a rehearsal."""

from asyncio import to_thread
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from rehearsal.session import RehearsalSession
from rehearsal.telegram import Account
from rehearsal.telegram.account_media import picture
from tests.rehearsal.browser import browser, needs_browser, visit
from tests.rehearsal.sessions import open_session
from tests.rehearsal.telegram.callers import Caller, keyboard

pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]


@dataclass
class Shown:
    """A person's phone on the page, and a bot that sends them anything at all."""

    session: RehearsalSession
    page: Page
    account: Account
    bot: Caller

    @property
    def phone(self) -> Locator:
        return self.page.locator(f"[data-phone='{self.account.id}']")

    def message(self, number: int) -> Locator:
        return self.phone.locator(f"[data-message='{number}']")

    async def sends(self, text: str, **more: object) -> int:
        sent = await self.bot("sendMessage", chat_id=self.account.id, text=text, parse_mode="HTML", **more)
        return int(sent["message_id"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shown() -> AsyncIterator[Shown]:
    async with open_session(phones=False, speed=0) as (session, address), browser() as opened:
        session.world.flood = None  # a chat is filled at once
        account = (await session.add_phone("teacher", "tg")).account
        await account.starts()
        page = await visit(opened, address)
        yield Shown(session, page, account, Caller(session.world))


async def test_the_bar_shows_the_newest_of_the_pinned_and_taps_go_round(shown: Shown) -> None:
    bar = shown.phone.locator(".pinned")
    old = await shown.sends("<b>Якшанбе</b>\nрӯзи аввал")
    for number in range(12):
        await shown.sends(f"паём {number}\n\n\n\n")
    new = await shown.sends("<b>Душанбе</b>\n08:00 рафтан", reply_markup=keyboard("📍"))
    for number in (new, old):
        await shown.bot("pinChatMessage", chat_id=shown.account.id, message_id=number)
    await expect(bar.locator("span span")).to_have_text("Душанбе")
    line = shown.phone.locator(".service").last
    await expect(line).to_have_text("Hamroh pinned “Якшанбе”")
    await bar.locator(".show").click()
    await expect(shown.message(new)).to_be_in_viewport()
    await expect(bar.locator("span span")).to_have_text("Якшанбе")
    await bar.locator(".show").click()
    await expect(shown.message(old)).to_be_in_viewport()
    await expect(bar.locator("span span")).to_have_text("Душанбе")
    await shown.bot("editMessageText", chat_id=shown.account.id, message_id=new, text="Душанбе, 09:00")
    await expect(bar.locator("span span")).to_have_text("Душанбе, 09:00")
    await line.get_by_role("button").click()
    await expect(shown.message(old)).to_be_in_viewport()
    await bar.get_by_role("button", name="Unpin").click()
    await expect(bar.locator("span span")).to_have_text("Якшанбе")
    await bar.get_by_role("button", name="Unpin").click()
    await expect(bar).to_be_hidden()
    assert shown.account.pinned == []


async def test_a_message_that_was_pinned_long_ago_is_still_on_the_phone(shown: Shown) -> None:
    old = await shown.sends("дирӯз")
    await shown.bot("pinChatMessage", chat_id=shown.account.id, message_id=old)
    for number in range(90):
        await shown.sends(f"{number}")
    await shown.page.reload()
    await expect(shown.phone.locator(".pinned span span")).to_have_text("дирӯз")
    await shown.phone.locator(".pinned .show").click()
    await expect(shown.message(old)).to_be_in_viewport()
    await shown.bot("unpinAllChatMessages", chat_id=shown.account.id)


async def test_a_file_comes_down_as_it_is_and_a_page_in_it_does_not_run_here(shown: Shown) -> None:
    hostile = b"<script>document.title = 'taken'; fetch('/do', {method: 'POST'})</script>"
    for name, content in (("барнома.xlsx", b"PK\x03\x04"), ("seminar.ics", b"BEGIN:VCALENDAR"), ("a.html", hostile)):
        await shown.bot("sendDocument", {"document": (name, content)}, chat_id=shown.account.id)
        document = shown.phone.locator(".document").last
        await expect(document).to_contain_text(name)
        async with shown.page.expect_download() as waiting:
            await document.click()
        download = await waiting.value
        assert download.suggested_filename == name
        assert await to_thread((await download.path()).read_bytes) == content
    href = await shown.phone.locator(".document").last.get_attribute("href")
    answer = await shown.page.request.get(f"{shown.page.url}{(href or '')[1:]}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert await shown.page.title() != "taken"


async def test_another_picture_takes_the_place_of_the_one_before(shown: Shown) -> None:
    place = {"chat_id": shown.account.id}
    sent = await shown.bot("sendPhoto", {"photo": ("qr.png", picture(0, width=90, height=90))}, **place, caption="1234")
    image = shown.message(sent["message_id"]).locator("img")
    await expect(image).to_have_js_property("naturalWidth", 90)
    media = {"type": "photo", "media": "attach://new", "caption": "5678"}
    files = {"new": ("qr.png", picture(200, width=120, height=120))}
    await shown.bot("editMessageMedia", files, **place, message_id=sent["message_id"], media=media)
    await expect(image).to_have_js_property("naturalWidth", 120)
    await expect(shown.message(sent["message_id"]).locator(".text")).to_contain_text("5678")


async def test_a_person_attaches_a_file_with_words(shown: Shown) -> None:
    await shown.phone.get_by_role("textbox").fill("барномаи нав")
    table = {"name": "барнома.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04"}
    await shown.phone.locator("input[type=file]").set_input_files(table)  # type: ignore[arg-type]
    await expect(shown.phone.locator(".mine .document").last).to_contain_text("барнома.xlsx")
    await expect(shown.phone.get_by_role("textbox")).to_have_value("")
    said = next(one for one in reversed(shown.account.chat) if not one.from_bot)
    assert (said.document, said.caption) == (("барнома.xlsx", b"PK\x03\x04"), "барномаи нав")
