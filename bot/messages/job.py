"""How a conversation gets what takes a while: a line that says so, then the result, or one sentence about why not."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Concatenate, Final, Generic, ParamSpec, TypeVar

from telegram.error import TelegramError

from bot.context import Context
from bot.errors import trace
from bot.jobs.job import JobFailedError, JobFailure
from bot.jobs.reading import Reading
from bot.people_filter import PeopleFilter
from bot.store import headcount as headcount_store
from bot.store import scope as scope_store
from bot.views import job as job_view

P = ParamSpec("P")
R = TypeVar("R")

_LOG = logging.getLogger(__name__)
_QUICK_SECONDS: Final = 0.5  # real time; what is ready by then needs no line before it
_HELD_SECONDS: Final = 3.0  # real time; after it the person's next press is answered, and the result comes later
_FIGURES_AT_ONCE: Final = 5_000  # people who are counted one by one while others wait
_MOST: Final = 2  # for one person at the same time


async def figures(
    context: Context, function: Callable[Concatenate[sqlite3.Connection, P], R], *arguments: P.args, **named: P.kwargs
) -> R | None:
    """What `function`, one of a module, reads within the limits of a reader: by a job where there are many people.

    None, once that is said, where the job has failed. Who is not limited is told by roll-ups, which are quick.
    """
    if await context.read(_is_not_limited, context.member.id):
        return await context.read(function, *arguments, **named)
    return await counted(context, function, *arguments, **named)


async def counted(
    context: Context, function: Callable[Concatenate[sqlite3.Connection, P], R], *arguments: P.args, **named: P.kwargs
) -> R | None:
    """The same of figures for which people are counted one by one, whoever reads them."""
    if await context.read(headcount_store.expected_of, ()) <= _FIGURES_AT_ONCE:
        return await context.read(function, *arguments, **named)
    try:
        return await context.runtime.jobs.run(Reading(function, arguments, named))
    except JobFailedError as error:
        await context.reply(job_view.failed(context.locale, error.reason))
        return None


def _is_not_limited(connection: sqlite3.Connection, person_id: int) -> bool:
    return scope_store.get(connection, person_id) == PeopleFilter()


async def give(context: Context, make: Callable[[], Awaitable[R]], deliver: Callable[[R], Awaitable[None]]) -> None:
    """Await `make`, which runs jobs, and hand what it gave to `deliver`, which sends it to the chat.

    The person reads that it is being made where that takes a while, and one sentence where it fails with
    JobFailedError. Whatever else is raised within the first seconds is raised here, as by any handler.
    """
    await context.toast()
    background = context.runtime.jobs.background
    if background.count(context.user_id) >= _MOST:
        await context.reply(job_view.enough(context.locale))
        return
    work = _Work(context, make, deliver)
    task = background.begin(context.user_id, work.run())
    try:
        done, _ = await asyncio.wait([task], timeout=_HELD_SECONDS)
    except asyncio.CancelledError:  # the bot stops: the update is handled again, and this starts anew
        task.cancel()
        await asyncio.wait([task])
        raise
    if done:
        task.result()
    else:
        work.is_alone = True


class _Work(Generic[R]):
    """One thing that is made. `is_alone`: its handler has ended, so nobody else would tell how it ended."""

    def __init__(
        self, context: Context, make: Callable[[], Awaitable[R]], deliver: Callable[[R], Awaitable[None]]
    ) -> None:
        self.is_alone = False
        self._context = context
        self._locale = context.locale
        self._make = make
        self._deliver = deliver
        self._line = 0  # the message that says that it is being made

    async def run(self) -> None:
        """Make it and deliver it, or say why not."""
        try:
            result = await self._made()
            await self._deliver(result)
            await self._take_line_away()
        except JobFailedError as error:
            await self._failed(error.reason)
        except asyncio.CancelledError:
            with suppress(TelegramError):
                await (self._failed(JobFailure.STOPPED) if self.is_alone else self._take_line_away())
            raise
        except TelegramError as error:
            if not self.is_alone:
                raise
            _LOG.warning("what was made did not reach its reader: %s", type(error).__name__)
            with suppress(TelegramError):
                await self._failed(JobFailure.STOPPED)
        except Exception as error:
            if not self.is_alone:
                raise
            _LOG.error("something could not be made: %s", trace(error))
            with suppress(TelegramError):
                await self._failed(JobFailure.BROKEN)

    async def _made(self) -> R:
        making = asyncio.ensure_future(self._make())
        try:
            await asyncio.wait([making], timeout=_QUICK_SECONDS)
            if not making.done():
                self._line = await self._context.reply(job_view.waiting(self._locale))
            return await making
        finally:
            making.cancel()

    async def _failed(self, reason: JobFailure) -> None:
        """Let the line say why there is nothing, where there is a line."""
        screen = job_view.failed(self._locale, reason)
        if self._line:
            await self._context.change(self._context.chat_id, self._line, screen)
        else:
            await self._context.reply(screen)

    async def _take_line_away(self) -> None:
        if self._line:
            with suppress(TelegramError):
                target: dict[str, object] = {"chat_id": self._context.chat_id, "message_id": self._line}
                await self._context.runtime.sender.call("deleteMessage", target)
