"""The page in a browser, as somebody new meets it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from rehearsal.session import RehearsalSession
from rehearsal.telegram.account_media import picture
from tests.rehearsal.browser import browser, needs_browser, visit
from tests.rehearsal.sessions import open_session

# One browser for all of them, and so one loop; each visitor has a profile, a page and a rehearsal of their own.
pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]


# Everything that can be pressed and has no name for a screen reader.
_WITHOUT_A_NAME = """
[...document.querySelectorAll("button, a, input, select")].filter((node) =>
  !node.closest("[hidden]") && !node.closest("dialog") && node.type !== "file"
  && !(node.textContent.trim() || node.ariaLabel || node.labels?.length)).length
"""


# Whether the hour under a message covers its words.
_COVERED = """
(bubble) => {
  const words = document.createRange();
  words.selectNodeContents(bubble.querySelector(".text"));
  const marks = bubble.querySelector(".marks").getBoundingClientRect();
  return [...words.getClientRects()].some((one) => one.right > marks.left && one.bottom > marks.top + 3);
}
"""


@dataclass
class Visit:
    session: RehearsalSession
    address: str
    browser: Browser
    page: Page

    async def sent(self) -> str:
        assert self.session.bot is not None
        outbox: Any = (await self.session.bot.status())["outbox"]
        return str(outbox["sent"])

    async def counts_what_was_sent(self) -> None:
        """The page comes to show what the database holds, also while simulated teachers make that grow."""
        shown = self.page.locator("[data-count=sent]")
        async with asyncio.timeout(15):
            while await shown.inner_text() != await self.sent():  # noqa: ASYNC110 - neither of the two signals
                await asyncio.sleep(0.02)

    async def members(self) -> dict[int, tuple[str, str]]:
        assert self.session.bot is not None
        return await self.session.bot.members()

    def phone(self, role: str, number: int = 0) -> Locator:
        return self.page.locator(f".phone:has(.role.{role})").nth(number)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def visited(chromium: Browser) -> AsyncIterator[Visit]:
    async with open_session() as (session, address):
        page = await visit(chromium, address)
        await expect(page.locator(".phone")).to_have_count(4)
        yield Visit(session, address, chromium, page)
        for context in chromium.contexts:
            await context.close()


async def test_a_first_visitor_sees_phones_side_by_side_with_name_role_and_language(visited: Visit) -> None:
    await expect(visited.page.locator("h1")).to_contain_text("Hamroh")
    organizer = visited.phone("organizer")
    await expect(organizer.locator(".owner")).to_contain_text("Organizer")
    await expect(organizer.locator(".owner")).to_contain_text("English")
    await expect(visited.phone("teacher").locator(".owner")).to_contain_text("Тоҷикӣ")
    boxes = [await phone.bounding_box() for phone in await visited.page.locator(".phone").all()]
    assert len({round(box["y"]) for box in boxes if box}) == 1, "they stand in one row"


async def test_one_click_brings_the_first_morning_to_every_phone(visited: Visit) -> None:
    await visited.page.get_by_role("button", name="Next event").click()
    await expect(visited.page.locator("#time")).to_have_text("07:00")
    await expect(visited.page.locator("#date")).to_have_text("Monday, 4 August")
    await expect(visited.page.locator("#day")).to_have_text("Day 1 of 14")
    newest = visited.phone("organizer").locator(".message").last
    await expect(newest).to_contain_text("Good morning")
    await expect(newest.locator(".text b").first).to_be_visible()
    await expect(visited.page.locator("[data-count=violations]")).to_have_text("0")
    await visited.counts_what_was_sent()


async def test_a_teacher_arrives_with_taps_alone(visited: Visit) -> None:
    phone = visited.phone("teacher", 1)
    for label in ("Русский", None, None, None):
        buttons = phone.locator(".message").last.locator(".tap")
        await (buttons.filter(has_text=label) if label else buttons).first.click()
        await expect(phone.locator(".tap.waits")).to_have_count(0)
    await expect(phone.locator(".composer")).to_be_visible()
    members = await visited.members()
    assert [role for role, language in members.values() if language == "ru"] == ["teacher"]
    await expect(phone.locator(".message.theirs").last).to_contain_text("4 августа")


async def test_the_command_menu_lists_commands_with_what_they_do(visited: Visit) -> None:
    phone = visited.phone("organizer")
    await phone.get_by_role("button", name="Menu").click()
    item = phone.get_by_role("menuitem", name="/stats")
    await expect(item).to_contain_text("numbers")
    await item.click()
    await expect(phone.locator(".message.mine").last).to_contain_text("/stats")
    await expect(phone.locator(".message.theirs").last).not_to_have_text("")


async def test_a_place_comes_as_a_map_and_an_address_that_can_be_copied(visited: Visit) -> None:
    await visited.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone = visited.phone("organizer")
    await phone.locator(".tap", has_text="📍").first.click()
    await expect(phone.locator(".venue .map")).to_be_visible()
    copy = phone.locator(".message", has=phone.page.locator(".venue")).locator(".tap", has_text="📋")
    await copy.click()
    await expect(phone.locator(".toast")).to_be_visible()


async def test_what_one_writes_arrives_and_is_shown_as_text(visited: Visit) -> None:
    phone = visited.phone("organizer")
    await phone.get_by_role("textbox").fill("<b>1 & 2</b> 👋")
    await phone.get_by_role("button", name="Send", exact=True).click()
    await expect(phone.locator(".message.mine").last).to_contain_text("<b>1 & 2</b> 👋")


async def test_a_phone_of_any_role_and_language_can_be_added(visited: Visit) -> None:
    await visited.page.get_by_role("button", name="Add a phone").click()
    await visited.page.locator("#adding label", has_text="Stranger").click()
    await visited.page.locator("#adding label", has_text="한국어").click()
    await visited.page.get_by_role("button", name="Add", exact=True).click()
    await expect(visited.page.locator(".phone")).to_have_count(5)
    phone = visited.phone("stranger")
    await phone.get_by_role("button", name="Start").click()
    await expect(phone.locator(".message.theirs")).to_have_count(1)
    await expect(phone.locator(".tap")).not_to_have_count(0)


async def test_an_invitation_link_opens_a_phone_that_holds_it(visited: Visit) -> None:
    phone = visited.phone("organizer")
    await phone.get_by_role("textbox").fill("/invite")
    await phone.get_by_role("textbox").press("Enter")
    await expect(phone.locator(".message.theirs").last).to_contain_text("Whom do you invite")
    await phone.locator(".message.theirs").last.locator(".tap").first.click()
    link = phone.locator(".link", has_text="start=").first
    await link.press("Enter")
    await visited.page.get_by_role("button", name="Cancel", exact=True).click()
    await link.click()
    await expect(visited.page.locator("#invitation code")).not_to_be_empty()
    await visited.page.get_by_role("button", name="Add", exact=True).click()
    await expect(visited.page.locator(".phone")).to_have_count(5)


async def test_time_plays_pauses_and_says_so(visited: Visit) -> None:
    play = visited.page.get_by_role("button", name="Play ×60", exact=True)
    pause = visited.page.get_by_role("button", name="Pause")
    await play.click()
    await expect(play).to_have_attribute("aria-pressed", "true")
    await expect(visited.page.locator("#time")).not_to_have_text("20:00")
    await pause.click()
    await expect(pause).to_have_attribute("aria-pressed", "true")


async def test_simulated_teachers_join_and_act(visited: Visit) -> None:
    await visited.page.locator("#teacher-count").fill("5")
    await visited.page.get_by_role("switch").click()
    await expect(visited.page.get_by_role("switch")).to_have_attribute("aria-checked", "true")
    await visited.page.get_by_role("button", name="Next event").click()
    await expect(visited.page.locator("#time")).to_have_text("07:00")
    await visited.counts_what_was_sent()
    assert len(await visited.members()) == 9


async def test_it_speaks_the_language_that_is_chosen_and_remembers_it(visited: Visit) -> None:
    await visited.page.locator("#language").select_option("ko")
    await expect(visited.page.locator("html")).to_have_attribute("lang", "ko")
    await expect(visited.page.locator("#date")).to_have_text("8월 3일 일요일")
    await visited.page.reload()
    await expect(visited.page.locator("html")).to_have_attribute("lang", "ko")


async def test_it_is_dark_where_the_machine_is_and_when_asked(visited: Visit) -> None:
    dark = await visit(visited.browser, visited.address, dark=True)
    ground = await dark.locator(".bar").evaluate("(node) => getComputedStyle(node).backgroundColor")
    await expect(visited.page.locator(".bar")).not_to_have_css("background-color", ground)
    await visited.page.get_by_role("button", name="Light or dark").click()
    await expect(visited.page.locator(".bar")).to_have_css("background-color", ground)


async def test_on_a_phones_width_one_phone_fills_the_screen_and_tabs_lead_to_the_others(visited: Visit) -> None:
    page = await visit(visited.browser, visited.address, width=390, height=800)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    organizer = page.locator(".phone:has(.role.organizer)")
    await expect(organizer).not_to_be_in_viewport(ratio=0.5)
    await page.get_by_role("tab").nth(2).click()
    await expect(organizer).to_be_in_viewport(ratio=0.9)
    await expect(organizer.locator(".composer")).to_be_in_viewport(ratio=1)


async def test_it_can_be_worked_with_the_keyboard_alone(visited: Visit) -> None:
    await visited.page.keyboard.press("Tab")
    await expect(visited.page.locator(".skip")).to_be_focused()
    assert await visited.page.evaluate(_WITHOUT_A_NAME) == 0
    phone = visited.phone("organizer")
    await phone.get_by_role("button", name="Menu").focus()
    await visited.page.keyboard.press("Enter")
    await expect(phone.get_by_role("menu")).to_be_visible()
    await visited.page.keyboard.press("Escape")
    await expect(phone.get_by_role("menu")).to_be_hidden()


async def test_thirty_phones_stand_on_the_page_and_all_hear_the_news(visited: Visit) -> None:
    await visited.session.simulate_teachers(26)
    await visited.session.advance_to_next_event()
    for number in list(visited.session.users.by_id):
        visited.session.show_user(number)
    visited.session.world.changed.notify()
    await expect(visited.page.locator(".phone")).to_have_count(30)
    await visited.session.advance_to_next_event()
    await expect(visited.page.locator("#time")).to_have_text("08:15")
    for phone in await visited.page.locator(".phone:has(.role.teacher)").all():
        if await phone.locator(".composer").is_visible():
            await expect(phone.locator(".message").last.locator(".tap").first).to_be_visible()


async def test_nothing_is_fetched_from_anywhere_else(visited: Visit) -> None:
    names = await visited.page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert names
    assert all(name.startswith(visited.address) for name in names)


async def test_what_cannot_be_done_is_said(visited: Visit) -> None:
    too_many = "sendCommand({ do: 'simulate', on: true, teachers: 5000 })"
    await visited.page.evaluate("import('/static/dom.js').then(({ sendCommand }) => " + too_many + ")")
    await expect(visited.page.locator("#refused")).to_contain_text("at most 1000")


async def test_nothing_moves_for_whoever_wants_no_motion(visited: Visit) -> None:
    page = await visit(visited.browser, visited.address, width=390, height=800)
    left = await page.locator("#tabs button").last.evaluate(
        "(tab) => { tab.click(); return document.querySelector('.phone:last-child').getBoundingClientRect().left; }"
    )
    assert 0 <= left < 390, "it is there at once"


async def test_the_hour_covers_no_words_that_run_from_right_to_left(visited: Visit) -> None:
    teacher = next(phone.account for phone in visited.session.phones.values() if phone.role == "teacher")
    for words in ("شارع الملك حسين ١٢، عمّان", "🚕 من فضلك خذني إلى هنا:\n\nشارع الملك حسين ١٢، عمّان"):
        await teacher.sends(words)
        bubble = visited.phone("teacher").locator(".mine .bubble").last
        await expect(bubble.locator(".text")).to_have_text(words)
        assert not await bubble.evaluate(_COVERED)


async def test_an_edited_message_and_a_rare_one_can_be_read(visited: Visit) -> None:
    teacher = next(phone.account for phone in visited.session.phones.values() if phone.role == "teacher")
    phone = visited.phone("teacher")
    for language in ("tg", "ru", "en", "ko"):
        await visited.page.locator("#language").select_option(language)
        await teacher.edits(await teacher.sends("Баромади 3"), "Баромади 5")
        edited = phone.locator(".mine .bubble", has_text="Баромади 5").last
        await expect(edited.locator(".edited")).to_have_text(visited.session.locales[language].plain("edited"))
        assert not await edited.evaluate(_COVERED)
    await teacher.sends_video_note()
    await expect(phone.locator(".mine .other")).to_have_text("영상 메시지")
    await teacher.sends_uncopyable("checklist")
    await expect(phone.locator(".mine .other").last).to_have_text("할 일 목록 · To do")


async def test_a_chat_stays_at_its_end_when_pictures_take_their_place(visited: Visit) -> None:
    teacher = next(phone.account for phone in visited.session.phones.values() if phone.role == "teacher")
    phone = visited.phone("teacher")
    await teacher.sends_album(picture(90, width=300, height=400), picture(180, width=300, height=400))
    await visited.session.simulation.wait_idle()
    await expect(phone.locator(".photo img").last).to_have_js_property("complete", value=True)
    await expect(phone.locator(".newest")).to_be_hidden()
    await expect(phone.locator(".message").last).to_be_in_viewport()
