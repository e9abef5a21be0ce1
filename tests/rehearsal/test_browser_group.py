"""The staff group on phones in a browser: topics, answers, marks, and what a message lets one do."""

import pytest
from playwright.async_api import Locator, expect

from rehearsal.telegram.forum import open_topic
from tests.rehearsal.browser import browser, needs_browser, visit
from tests.rehearsal.sessions import open_session

pytestmark = [pytest.mark.browser, needs_browser]


async def choose(phone: Locator, line: str) -> None:
    """Choose a line of the phone's menu."""
    await phone.locator("details.more summary").click()
    await phone.get_by_role("button", name=line, exact=True).click()


async def act(phone: Locator, number: int, line: str) -> None:
    """Open what can be done with a message, and choose it."""
    message = phone.locator(".message").nth(number)
    await message.hover()
    await message.locator(".act").click()
    await phone.get_by_role("menuitem", name=line, exact=True).click()


async def test_a_group_with_topics_is_made_and_written_in() -> None:
    async with open_session(phones=False, speed=0) as (session, address), browser() as opened:
        owner = await session.add_phone("organizer", "en", join=True)
        other = await session.add_phone("organizer", "en", join=True)
        page = await visit(opened, address, width=1200, height=800)
        phone, second = (page.locator(f"#phone-{one.account.id}") for one in (owner, other))
        await choose(phone, "Make a group chat with topics")
        await phone.get_by_role("textbox", name="Name of the group chat").press("Enter")
        await expect(phone.locator(".topics button")).to_have_count(1)
        group = owner.groups[0]
        topic = open_topic(group, "Ситора", owner.account.user)
        await other.account.sends("At gate 4", chat=group, thread_id=topic.id)
        await expect(phone.locator(".topics .side i")).to_have_text("1")
        await phone.locator(".topics button", has_text="Ситора").click()
        await expect(phone.locator(".message .who")).to_have_text(other.account.user["first_name"])  # type: ignore[arg-type]

        await act_on_messages(phone)
        await second.locator(".chats button", has_text="Staff").click()
        await expect(second.locator(".topics button").first).to_contain_text("At gate 4")
        await choose(phone, "Delete this topic")
        await expect(phone.locator(".topics button")).to_have_count(1)
        await expect(second.locator(".topics button")).to_have_count(1)
        await phone.get_by_role("button", name="Back").click()
        await expect(phone.locator(".top b")).to_have_text("Hamroh")
        narrow = await visit(opened, address, width=360, height=740)
        assert await narrow.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert session.world.violations == []


async def act_on_messages(phone: Locator) -> None:
    """Write, answer, change, react, forward, delete and share, in the topic that is open."""
    words = phone.get_by_role("textbox")
    await words.fill("We come")
    await phone.get_by_role("button", name="Bold").click()
    await words.press("Enter")
    await expect(phone.locator(".message.mine b")).to_have_text("We come")
    await act(phone, 0, "Reply")
    await words.fill("In ten minutes")
    await words.press("Enter")
    await expect(phone.locator(".message.mine .quoted")).to_have_text("At gate 4")
    await act(phone, 1, "Edit")
    await expect(words).to_have_value("**We come**")
    await words.fill("We **run**")
    await words.press("Enter")
    await expect(phone.locator(".message.mine b")).to_have_text("run")
    await expect(phone.locator(".message.mine .edited")).to_have_count(1)
    await phone.locator(".message").first.hover()
    await phone.locator(".message .act").first.click()
    await phone.locator(".quick button").first.click()
    await expect(phone.locator(".reactions")).to_have_text("👍")
    await act(phone, 0, "Forward")
    await phone.get_by_role("menuitem", name="Staff · General").click()
    await act(phone, 2, "Delete")
    await expect(phone.locator(".message")).to_have_count(2)
    await choose(phone, "Share where one is, live")
    await expect(phone.locator(".where .live")).to_be_visible()
    await act(phone, 2, "Stop sharing")
    await expect(phone.locator(".where .live")).to_have_count(0)
