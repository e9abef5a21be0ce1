"""The page of a seminar in two languages, and in one: a visitor is asked for nothing that it does not offer."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.programme import least
from tests.rehearsal.browser import browser, needs_browser, visit
from tests.rehearsal.sessions import SEMINAR, open_session

pytestmark = [pytest.mark.browser, needs_browser]


async def test_a_visitor_chooses_among_the_seminars_languages_and_only_where_there_are_several(tmp_path: Path) -> None:
    async with browser() as opened:
        async with open_session(folder=SEMINAR.parent / "tbilisi-2027", phones=False) as (_, address):
            page = await visit(opened, address, language="ko-KR")
            await expect(page.locator("#seminar")).to_have_text("A Classroom for Everyone · Tbilisi, Georgia")
            await expect(page.locator("#language option")).to_have_text(["Русский", "English"])
            await page.get_by_role("button", name="Add a phone").click()
            await expect(page.locator("#languages label")).to_have_text(["Русский", "English"])
        async with open_session(folder=least.write(tmp_path), phones=False) as (session, address):
            page = await visit(opened, address, language="en-US")
            await expect(page.locator("#seminar")).to_have_text("День школьных библиотек · Рига")
            await expect(page.locator("#language")).to_be_hidden()
            await page.locator("#add-phone").click()
            await expect(page.locator("#languages")).to_be_hidden()
            await page.locator("#adding button[value=add]").click()
            await expect(page.locator(".phone")).to_have_count(1)
            assert [phone.language for phone in session.phones.values()] == ["ru"]
