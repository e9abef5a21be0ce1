"""What a screen of 360 px cuts and folds, and how much of its height a message takes."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.i18n import Locales
from rehearsal.clock import RehearsalClock
from rehearsal.page.render import bubble as drawn
from rehearsal.telegram import Account, Message, World
from tests.rehearsal.browser import browser, needs_browser
from tests.rehearsal.phone_screen import ROOM, PhoneScreen, phone_screen
from tests.rehearsal.telegram.callers import Caller

pytestmark = [pytest.mark.browser, needs_browser, pytest.mark.asyncio(loop_scope="module")]

LINE = 19  # px


@pytest.fixture
def world() -> World:
    return World(RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0), flood=None)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def screen() -> AsyncIterator[PhoneScreen]:
    async with browser() as opened, phone_screen(opened, Locales.load()["ru"]) as empty:
        yield empty


async def sent(world: World, text: str, *rows: tuple[str, ...]) -> Message:
    """A message of the bot on a new phone."""
    person = Account(world, "Ситора")
    await person.starts()
    markup = {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels] for labels in rows]}
    await Caller(world)("sendMessage", chat_id=person.id, text=text, parse_mode="HTML", reply_markup=markup)
    return person.chat[-1]


async def test_a_label_is_cut_where_a_phone_cuts_it(screen: PhoneScreen, world: World) -> None:
    message = await sent(
        world, "?", ("Расписание дня", "Всё расписание семинара целиком"), ("Всё расписание семинара",)
    )
    assert await screen.cut(message) == ["Всё расписание семинара целиком"], "beside another, not alone"
    label = screen.page.locator(".tap .label")
    assert [await one.evaluate("(node) => node.clientWidth") for one in await label.all()] == [155, 155, 330]
    await screen.page.wait_for_function(
        "getComputedStyle(document.querySelectorAll('.tap .label')[1]).textOverflow === 'ellipsis'"
    )
    boxes = [await one.bounding_box() for one in await screen.page.locator(".tap").all()]
    assert {round(box["height"]) for box in boxes if box} == {44}, "one line, however long"


async def test_three_in_a_row_leave_each_a_third(screen: PhoneScreen, world: World) -> None:
    message = await sent(world, "?", ("‹ 3 авг", "Все дни", "Следующий день ›"))
    assert await screen.cut(message) == ["Следующий день ›"]


async def test_lines_and_buttons_are_counted_in_px(screen: PhoneScreen, world: World) -> None:
    one = await screen.height(await sent(world, "a"))
    assert await screen.height(await sent(world, "a\nb\nc")) == one + 2 * LINE
    assert await screen.height(await sent(world, "a", ("x",), ("y", "z"))) == one + 2 * (44 + 4)
    assert await screen.height(await sent(world, "слово " * 300)) > ROOM


async def test_a_long_quotation_is_folded_to_three_lines_and_a_click_unfolds_it(
    screen: PhoneScreen, world: World
) -> None:
    lines = "\n".join(f"Сатри {number}" for number in range(8))
    folded = await screen.height(await sent(world, f"<blockquote expandable>{lines}</blockquote>"))
    plain = await screen.height(await sent(world, f"<blockquote>{lines}</blockquote>"))
    assert plain - folded == 5 * 17
    message = await sent(world, f"08:00 <s>кӯҳнавардӣ</s>\n<blockquote expandable>{lines}</blockquote>", ("x",))
    await screen.height(message)
    quotation = screen.page.locator(".expandable")
    await quotation.click()
    assert await quotation.get_attribute("aria-expanded") == "true"
    message.text = message.text.replace("08:00", "09:00")
    await screen.page.evaluate("(bubble) => phone.update({ bubbles: [bubble] })", drawn(message))
    assert "09:00" in await screen.page.locator(".text").inner_text()
    assert await quotation.get_attribute("aria-expanded") == "true", "an edit folds nothing that was unfolded"
    assert await screen.page.locator(".text s").inner_text() == "кӯҳнавардӣ"
    short = await sent(world, "<blockquote expandable>a\nb\nc</blockquote>")
    await screen.height(short)
    assert await screen.page.locator(".expandable.folds").count() == 0, "three lines have nothing to unfold"
