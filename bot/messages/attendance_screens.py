"""Keeps the codes on organizers' phones those of now: each picture is replaced every half minute."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Coroutine, Iterable
from typing import Final

from telegram import InputFile
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.clock import Clock
from bot.code_image import code_png, no_code_png
from bot.i18n import Locales
from bot.programme import attendance, attendance_code
from bot.programme.attendance import Taken
from bot.programme.model import Seminar
from bot.projector_page import link
from bot.screen import Screen
from bot.sender import Sender
from bot.store import attendance_screen as attendance_screen_store
from bot.store.attendance import Attendance
from bot.store.attendance_screen import CodeScreen
from bot.store.database import Database
from bot.views import attendance_code as attendance_code_view
from bot.waiting import IdleTracker, Signal

_LOG = logging.getLogger(__name__)
_DATABASE_RETRY_SECONDS: Final = 10.0
_RETRY_SECONDS: Final = 3.0
_FILE: Final = "picture"  # the part of the request that holds it

_Place = tuple[int, int]  # a chat and a message


async def code_params(screen: Screen, row: Attendance, window: int, username: str) -> dict[str, object]:
    """The parameters of sendPhoto with the code of a window, without the chat; the picture is made in a thread."""
    digits, token = attendance_code.digits(row.secret, window), attendance_code.token(row.secret, window)
    picture = await asyncio.to_thread(code_png, digits, link(username, token))
    photo = InputFile(picture, filename="code.png")
    return {"photo": photo, "caption": str(screen.text), "parse_mode": "HTML", "reply_markup": screen.markup()}


class CodeScreens:
    """Shows the code of now. Make it, `run` it as a task; wake it when a screen was added, or is to end.

    What is shown is a row, so that a restart goes on; it ends with its session, or with its reader's role. Each message
    is changed on its own: one whose chat Telegram slows down leaves no old code on another phone.
    """

    def __init__(
        self,
        db: Database,
        sender: Sender,
        clock: Clock,
        locales: Locales,
        *,
        seminar: Callable[[], Seminar],
        owners: Iterable[int],
        username: Callable[[], str],
    ) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._locales = locales
        self._seminar = seminar
        self._owners = tuple(owners)
        self._username = username
        self._signal = Signal(clock)
        self._idle = IdleTracker()
        self._changing: dict[_Place, asyncio.Task[None]] = {}
        self._retry_at: dict[_Place, float] = {}  # by the clock's seconds

    def wake(self) -> None:
        """Something has changed: look at it now."""
        self._signal.set()

    async def wait_idle(self) -> None:
        """Return when every screen shows the code of now."""
        self._signal.set()
        await self._idle.wait()

    async def run(self) -> None:
        """Change the screens until cancelled."""
        try:
            while True:
                self._signal.clear()
                self._idle.begin_turn()
                try:
                    delay = await self._update()
                except sqlite3.Error as error:
                    _LOG.warning("Codes wait: the database cannot be used (%s).", error)
                    delay = _DATABASE_RETRY_SECONDS
                self._idle.end_turn(idle=not self._changing)
                await self._signal.wait(delay)
        finally:
            for task in self._changing.values():
                task.cancel()
            await asyncio.gather(*self._changing.values(), return_exceptions=True)

    async def _update(self) -> float | None:
        """Start to change what is outdated; return the seconds until it is time again, None while none is shown."""
        screens = await self._db.read(attendance_screen_store.every, self._owners)
        if not screens:
            return None
        now, seminar = self._clock.now(), self._seminar()
        window, moment = attendance_code.window(now), self._clock.monotonic()
        self._retry_at = {place: at for place, at in self._retry_at.items() if at > moment}
        for screen in screens:
            place = screen.chat_id, screen.message_id
            if place in self._changing or place in self._retry_at:
                continue
            taken = attendance.taken(seminar, screen.attendance.on)
            if taken is None or not taken.is_open(now) or screen.ends:
                self._start(place, self._end(screen))
            elif screen.shown != window:
                self._start(place, self._change(screen, taken, window))
        until_next = attendance_code.WINDOW_SECONDS - now.timestamp() % attendance_code.WINDOW_SECONDS
        return min([until_next, *(at - moment for at in self._retry_at.values())])

    def _start(self, place: _Place, change: Coroutine[None, None, bool]) -> None:
        self._changing[place] = asyncio.create_task(self._finish(place, change))

    async def _finish(self, place: _Place, change: Coroutine[None, None, bool]) -> None:
        """Look again afterwards: meanwhile the code may be another."""
        try:
            went = await change
        except sqlite3.Error as error:
            _LOG.warning("A code waits: the database cannot be used (%s).", error)
            went = False
        if not went:
            self._retry_at[place] = self._clock.monotonic() + _RETRY_SECONDS
        del self._changing[place]
        self._signal.set()

    async def _change(self, screen: CodeScreen, taken: Taken, window: int) -> bool:
        row = screen.attendance
        view = attendance_code_view.code(
            self._locales[screen.language], row, taken, attendance_code.digits(row.secret, window)
        )
        params = await code_params(view, row, window, self._username())
        if (went := await self._edit(screen, params)) is None:
            await self._db.write(attendance_screen_store.delete, screen.chat_id, screen.message_id)
        elif went:
            await self._db.write(attendance_screen_store.set_shown, screen, window)
        return went is not False

    async def _end(self, screen: CodeScreen) -> bool:
        """No code any more: dashes in its place, so that nobody types an old one."""
        view = attendance_code_view.ended(self._locales[screen.language])
        photo = InputFile(no_code_png(), filename="code.png")
        params = {"photo": photo, "caption": str(view.text), "parse_mode": "HTML", "reply_markup": view.markup()}
        went = await self._edit(screen, params)
        if went is not False:
            await self._db.write(attendance_screen_store.delete, screen.chat_id, screen.message_id)
        return went is not False

    async def _edit(self, screen: CodeScreen, params: dict[str, object]) -> bool | None:
        """Replace the picture: True when it is, None when there is no such message any more, False to try again."""
        media = {"type": "photo", "media": f"attach://{_FILE}", "caption": params["caption"], "parse_mode": "HTML"}
        changed = {"media": media, _FILE: params["photo"], "reply_markup": params["reply_markup"]}
        try:
            await self._sender.call(
                "editMessageMedia", {"chat_id": screen.chat_id, "message_id": screen.message_id, **changed}
            )
        except BadRequest as error:
            return True if "not modified" in error.message.lower() else None
        except Forbidden:
            return None
        except TelegramError as error:
            _LOG.warning("A code waits: %s", error)
            return False
        return True
