"""A real browser for the page: Debian's Chromium, driven by playwright from a thread of its own.

The rehearsal runs on the test's loop, the browser beside it, as a visitor's does.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REQUIRED = bool(os.environ.get("CI") or os.environ.get("HAMROH_REQUIRE_BROWSER"))

expect.set_options(timeout=30_000)  # ms; four tests at once on two cores may take longer than the 5 s it allows

needs_browser = pytest.mark.skipif(
    not CHROMIUM and not REQUIRED, reason="there is no Chromium here; `apt-get install chromium` runs this too"
)


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium with a fresh profile."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM or None, args=list(FLAGS))
        try:
            yield opened
        finally:
            await opened.close()


async def visit(
    opened: Browser, address: str, *, width: int = 1600, height: int = 1000, dark: bool = False, language: str = "en-US"
) -> Page:
    """The page, once it has heard its first news. Errors in its scripts fail the test."""
    context = await opened.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale=language,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the page's script failed: {error}"))
    await page.goto(address)
    await page.wait_for_selector("body[data-ready]")
    return page
