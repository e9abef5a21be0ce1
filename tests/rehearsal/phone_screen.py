"""How much of a phone's screen a message takes: it is drawn as the page of the rehearsal draws it, in Chromium.

async with browser() as opened, phone_screen(opened, locale) as screen:
    assert await screen.height(account.chat[-1]) <= ROOM
"""

import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
from playwright.async_api import Browser, Page, Route

from bot.i18n import Locale
from rehearsal.page import render
from rehearsal.page.labels import page_labels
from rehearsal.page.server import FILES, STATIC
from rehearsal.telegram.model import Message

WIDTH, HEIGHT = 360, 640  # px of the smallest screen that still is common
STATUS_BAR, TITLE, PIN_BAR, COMPOSER = 24, 56, 48, 48  # px that Telegram for Android and the system take of the height
ROOM = HEIGHT - STATUS_BAR - TITLE - PIN_BAR - COMPOSER

_ORIGIN = "http://phone.test"
_EMPTY = """<!doctype html>
<meta charset="utf-8">
<link rel="stylesheet" href="/static/style.css"><link rel="stylesheet" href="/static/phone.css">
<div id="phones"></div>
<script type="module">
  import { load } from "/static/labels.js";
  import { Phone } from "/static/phone.js";
  await load("shown");
  const page = { countUnread() {}, focus() {}, link() {} };
  window.phone = new Phone(1, page);
  document.getElementById("phones").append(window.phone.root);
  document.body.dataset.ready = "true";
</script>"""
_DRAW = """
(bubble) => {
  for (const id of [...phone.nodes.keys()]) phone.remove(id);
  const head = { ...phone.head, started: true, blocked: false };
  phone.update({ head, bubbles: [bubble] });
  return phone.nodes.get(bubble.id).offsetHeight; // not its rectangle, which grows while it arrives
}
"""
_CUT = """
() => [...document.querySelectorAll(".tap .label")]
  .filter((label) => label.scrollWidth > label.clientWidth).map((label) => label.textContent)
"""


class PhoneScreen:
    """A phone of 360 × 640 px with nothing on it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def height(self, message: Message) -> int:
        """How many px the message takes with its buttons, long quotations folded, in the font that is installed."""
        height: int = await self.page.evaluate(_DRAW, render.bubble(message))
        return height

    async def cut(self, message: Message) -> list[str]:
        """The labels under the message that are longer than their buttons, and are cut."""
        await self.height(message)
        labels: list[str] = await self.page.evaluate(_CUT)
        return labels


@asynccontextmanager
async def phone_screen(opened: Browser, locale: Locale) -> AsyncIterator[PhoneScreen]:
    """An empty phone in this language, served from the disk: no bot runs, and nothing is fetched from anywhere."""
    context = await opened.new_context(viewport={"width": WIDTH + 60, "height": HEIGHT}, reduced_motion="reduce")
    labels = {"labels": page_labels(locale, None), "zone": "UTC"}
    answers = {
        "/": (_EMPTY, "text/html"),
        "/languages": (orjson.dumps({"languages": {}, "fallback": "en"}).decode(), "application/json"),
        "/labels/shown": (orjson.dumps(labels).decode(), "application/json"),
    }

    async def answer(route: Route) -> None:
        path = route.request.url.removeprefix(_ORIGIN)
        name = path.removeprefix("/static/")
        if path in answers:
            body, kind = answers[path]
            await route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")
        elif name in FILES:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            await route.fulfill(body=(STATIC / name).read_bytes(), content_type=kind)
        else:
            await route.abort()

    try:
        await context.route("**/*", answer)
        page = await context.new_page()
        await page.goto(_ORIGIN)
        await page.wait_for_selector("body[data-ready]")
        yield PhoneScreen(page)
    finally:
        await context.close()
