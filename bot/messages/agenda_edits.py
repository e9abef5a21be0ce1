"""Changes the agendas that were delivered this morning to what the newest version says, in place and without a sound.

Whoever did not get a notice (another group, another day) keeps the message as it is. One edit at a time, at a pace that
leaves Telegram and the connection to answers; the notice, which is quicker, has told people meanwhile.
"""

import logging
import sqlite3
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.clock import Clock
from bot.delivery.periodic_task import PeriodicTask
from bot.i18n import Locales
from bot.messages import agenda as agenda_messages
from bot.programme import document as documents
from bot.programme.current import CurrentSeminar
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.sender import Sender
from bot.store import agenda_edit as agenda_edit_store
from bot.store import programme as programme_store
from bot.store.agenda_edit import AgendaEdits, DeliveredAgenda
from bot.store.database import Database
from bot.views import agenda as agenda_view

_LOG = logging.getLogger(__name__)
_POLL_SECONDS: Final = 60.0
_AGAIN_SECONDS: Final = 10.0  # after Telegram could not be reached
_PAGE: Final = 100  # agendas looked at in one read
_REST_SECONDS: Final = 0.05  # between two edits: at most 20 a second


class AgendaEditor:
    """Make it, `run` it as a task, and wake it when another version runs. A restart goes on where it was."""

    def __init__(self, db: Database, sender: Sender, clock: Clock, locales: Locales, current: CurrentSeminar) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._locales = locales
        self._current = current
        self._task = PeriodicTask(clock, self._run_once)
        self.wake = self._task.wake
        self.wait_idle = self._task.wait_idle
        self.run = self._task.run

    async def _run_once(self, waited_for: bool) -> float:
        del waited_for
        seminar, version = self._current.seminar, self._current.version
        on = seminar.today(self._clock.now())
        number = seminar.day_number_on(on)
        if number is None or self._clock.now() < seminar.moment(number, seminar.hours_of(number).agenda):
            return _POLL_SECONDS
        edits = await self._db.write(_follow, seminar=seminar, on=on, version=version)
        if edits.done:
            return _POLL_SECONDS
        wanted = await self._db.read(_Wanted.load, edits, seminar=seminar, number=number)
        return await self._walk(edits, wanted, on)

    async def _walk(self, edits: AgendaEdits, wanted: "_Wanted", on: date) -> float:
        """Change page after page until all are changed, or another version runs."""
        seminar = wanted.seminar
        occurrence = agenda_messages.occurrence(seminar, wanted.number)
        while self._current.version == edits.version and seminar.today(self._clock.now()) == on:
            page = await self._db.read(agenda_edit_store.delivered, occurrence, after=edits.cursor, limit=_PAGE)
            for one in page:
                screen = wanted.screen(self._locales, one)
                if screen is not None and not await self._edit(one, screen):
                    return _AGAIN_SECONDS
            last = len(page) < _PAGE
            edits = AgendaEdits(edits.version, edits.since, page[-1].id if page else edits.cursor, last)
            await self._db.write(agenda_edit_store.save, seminar.key, on, edits)
            if last:
                return _POLL_SECONDS
        return 0.0

    async def _edit(self, one: DeliveredAgenda, screen: Screen) -> bool:
        """Change one message; return False when it has to be tried again."""
        target = {"chat_id": one.chat_id, "message_id": one.message_id}
        try:
            await self._sender.call("editMessageText", {**target, **screen.edit_params()})
        except (BadRequest, Forbidden):
            return True  # it shows this already, or is gone: nothing will change that
        except TelegramError as error:
            _LOG.warning("Delivered agendas wait to be changed: %s", error)
            return False
        await self._clock.sleep(_REST_SECONDS)
        return True


@dataclass
class _Wanted:
    """What the agendas of a day should say, for each language and group once; None where they say it already."""

    seminar: Seminar
    number: int
    _earlier: tuple[Seminar, ...]
    _screens: dict[tuple[str, str | None], Screen | None] = field(default_factory=dict)

    @classmethod
    def load(cls, connection: sqlite3.Connection, edits: AgendaEdits, *, seminar: Seminar, number: int) -> "_Wanted":
        texts = (programme_store.document_of(connection, seminar.key, one) for one in edits.since)
        return cls(seminar, number, tuple(documents.with_days(seminar, text) for text in texts if text is not None))

    def screen(self, locales: Locales, one: DeliveredAgenda) -> Screen | None:
        key = (one.language, one.group)
        if key not in self._screens:
            self._screens[key] = self._rendered(locales, one)
        return self._screens[key]

    def _rendered(self, locales: Locales, one: DeliveredAgenda) -> Screen | None:
        def morning(seminar: Seminar, *, changed: bool = False) -> Screen:
            locale = locales[one.language]
            return agenda_view.morning(locale, seminar, self.number, group=one.group, changed=changed)

        now = morning(self.seminar)
        if all(morning(seminar) == now for seminar in self._earlier):
            return None
        return morning(self.seminar, changed=True)


def _follow(connection: sqlite3.Connection, seminar: Seminar, on: date, version: int) -> AgendaEdits:
    """How far the agendas of a day are on the way to this version; from the first again, if it is new."""
    known = agenda_edit_store.get(connection, seminar.key, on)
    if known is None:
        number = seminar.day_number_on(on)
        assert number is not None
        sent_from = seminar.moment(number, seminar.hours_of(number).agenda)
        ran = programme_store.number_at(connection, seminar.key, sent_from) or version
        known = AgendaEdits(ran, (), done=True)
    if known.version >= version:
        return known
    edits = known.followed_by(version)
    agenda_edit_store.save(connection, seminar.key, on, edits)
    return edits
