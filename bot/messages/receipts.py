"""Tells people how far their call, their words or their request is, and changes that message when it is further.

"The organizers know" is said when it is on the phone of one of them. Until then it is said to be on its way, while it
can leave at once and somebody can be reached; where it cannot, or has not arrived soon, that is said, with the phone
numbers.
"""

import logging
import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.clock import Clock
from bot.context import Context
from bot.i18n import Catalogues, Words
from bot.programme.model import Seminar
from bot.screen import Screen
from bot.sender import Sender
from bot.store import help as helps
from bot.store import person
from bot.store import receipt as store
from bot.store.database import Database
from bot.store.receipt import About, Receipt, Stage, Way
from bot.views import receipt as view

_LOG = logging.getLogger(__name__)
_AT_ONCE: Final = 10.0  # seconds in which a message has to be able to leave, to be on its way
_SOON: Final = timedelta(seconds=15)  # what has not arrived by then may not do so for long
_POLL_SECONDS: Final = 2.0  # between two checks while something is on its way
_SLOWLY: Final = 15.0  # and while it is held
_ABOVE: Final = timedelta(hours=1)  # so long the phone numbers of a message are still near
_KEPT: Final = timedelta(days=30)

LeavesIn = Callable[[int], float]  # seconds until a message to this chat can leave; infinite while nothing is sent


def stage_of(way: Way, since: datetime, now: datetime, leaves_in: LeavesIn) -> Stage:
    """How far something is that was passed on at `since`."""
    if way.call is not None and way.call.state == "closed":
        return Stage.CLOSED
    if way.call is not None and way.call.state == "taken":
        return Stage.TAKEN
    if way.arrived:
        return Stage.ARRIVED
    if way.refused or way.dead:
        return Stage.REFUSED
    goes = now - since < _SOON and any(leaves_in(chat_id) <= _AT_ONCE for chat_id in way.chats)
    return Stage.WAITING if goes else Stage.HELD


async def can_be_heard(context: Context) -> bool:
    """Whether what is for the organizers can leave at once, and one of them can be reached."""
    runtime = context.runtime
    staff = await context.read(person.staff, runtime.settings.owners)
    return any(runtime.leaves_in(one.telegram_id) <= _AT_ONCE for one in staff)


async def of_call(context: Context, number: int, *, anew: bool) -> None:
    """Answer a call for help at one tap: in a new message (`anew`), or in place of the one whose button it was."""
    await _answer(context, About(call=number), anew=anew)


async def of_words(context: Context, message_id: int, *, anew: bool = True) -> None:
    """Answer what someone wrote in message `message_id` and what is passed on."""
    chat_id = context.chat_id
    found = await context.read(helps.written, chat_id, message_id)
    if found is not None:
        await _answer(context, About(message=found.id), anew=anew)


async def of_request(context: Context, number: int, *, anew: bool = False) -> None:
    """Answer a stranger who asks to be let in, or (`anew`) has asked before and is back."""
    await _answer(context, About(admission=number), anew=anew)


async def _answer(context: Context, about: About, *, anew: bool) -> None:
    runtime, now = context.runtime, context.now()
    runtime.wake()
    way = await context.read(store.way, about=about)
    if way is None:
        return
    stage = stage_of(way, now, now, runtime.leaves_in)
    above = partial(_numbers_above, chat_id=context.chat_id, message_id=None if anew else context.message_id, now=now)
    short = _may_be_short(context.seminar, way, stage) and await context.read(above)
    screen = view.held_too(context.words) if short else _screen(context.words, context.seminar, about, way, stage)
    shown_in = await (context.reply(screen) if anew else context.show(screen))
    if shown_in and not _is_last(way, stage):
        keep = partial(store.keep, chat_id=context.chat_id, message_id=shown_in, about=about)
        person_id = context.person.id if context.person is not None else None
        await context.write(keep, person_id=person_id, shown=stage, now=now)
        runtime.wake()


class Receipts:
    """Changes the messages that say how far something is. `update` is called periodically."""

    def __init__(
        self, db: Database, sender: Sender, clock: Clock, words: Catalogues, *, seminar: Seminar, leaves_in: LeavesIn
    ) -> None:
        self._db = db
        self._sender = sender
        self._clock = clock
        self._words = words
        self._seminar = seminar
        self._leaves_in = leaves_in

    async def update(self) -> float | None:
        """Change what has another stage; return in how many seconds to check again, None when nothing is open."""
        found = await self._db.read(_outdated)
        # The oldest first: the later ones of a chat refer to the numbers under an earlier one.
        waits = [await self._bring_up_to_date(*one) for one in reversed(found)]
        return min((wait for wait in waits if wait is not None), default=None)

    async def forget(self) -> None:
        """What nobody has taken for a month is not changed any more."""
        await self._db.write(store.forget, before=self._clock.now() - _KEPT)

    async def _bring_up_to_date(self, receipt: Receipt, way: Way | None) -> float | None:
        if way is None:
            await self._db.write(store.end, receipt=receipt)
            return None
        stage = stage_of(way, receipt.made_at, self._clock.now(), self._leaves_in)
        if stage is not receipt.shown:
            screen = await self._render(receipt, way, stage)
            if not await self._edit(receipt, screen):
                return _SLOWLY
            await self._db.write(store.show, receipt=receipt, stage=stage, last=_is_last(way, stage))
        return {Stage.WAITING: _POLL_SECONDS, Stage.HELD: _SLOWLY}.get(stage)

    async def _render(self, receipt: Receipt, way: Way, stage: Stage) -> Screen:
        words, now = self._words[receipt.language], self._clock.now()
        above = partial(_numbers_above, chat_id=receipt.chat_id, message_id=receipt.message_id, now=now)
        if _may_be_short(self._seminar, way, stage) and await self._db.read(above):
            return view.held_too(words)
        return _screen(words, self._seminar, receipt.about, way, stage)

    async def _edit(self, receipt: Receipt, screen: Screen) -> bool:
        """Change the message; return False when it has to be tried again."""
        target = {"chat_id": receipt.chat_id, "message_id": receipt.message_id}
        try:
            await self._sender.call("editMessageText", {**target, **screen.edit_params()})
        except (BadRequest, Forbidden):
            return True  # it shows this already, or is gone: nothing will change that
        except TelegramError as error:
            _LOG.warning("A message about what became of someone's words waits: %s", error)
            return False
        return True


def _outdated(connection: sqlite3.Connection) -> list[tuple[Receipt, Way | None]]:
    return [(one, store.way(connection, one.about)) for one in store.outdated(connection)]


def _may_be_short(seminar: Seminar, way: Way, stage: Stage) -> bool:
    """Whether these are words to organizers who cannot be reached: one list of the phone numbers is enough."""
    return stage is Stage.HELD and _is_mine(way) and bool(seminar.contacts)


def _is_mine(way: Way) -> bool:
    """Whether the words are for organizers, not an organizer's to somebody."""
    return way.message is not None and way.message.author_id == way.message.person_id


def _numbers_above(connection: sqlite3.Connection, chat_id: int, message_id: int | None, now: datetime) -> bool:
    return store.numbers_above(connection, chat_id, message_id, now - _ABOVE)


def _screen(words: Words, seminar: Seminar, about: About, way: Way, stage: Stage) -> Screen:
    if stage is Stage.REFUSED:
        return view.refused(words) if way.refused else view.dead(words, seminar.contacts if _is_mine(way) else ())
    if about.admission is not None:
        return view.request(words, stage, seminar.contacts)
    if way.message is None and way.call is not None:
        return view.call(words, way.call, stage, seminar.contacts)
    return view.written(words, way, stage, seminar.contacts)


def _is_last(way: Way, stage: Stage) -> bool:
    """Whether no other stage can follow: what has arrived goes on only as a call that somebody takes."""
    return stage in {Stage.CLOSED, Stage.REFUSED} or (stage is Stage.ARRIVED and way.call is None)
