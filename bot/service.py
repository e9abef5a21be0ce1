"""The commands that need the real bot: to be it, and to make, list and call back invitations to it."""

import asyncio
import gc
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

import uvloop
from telegram import Bot
from telegram.error import TelegramError

from bot import identity
from bot.access import Role
from bot.app import App, CannotStart
from bot.clock import SystemClock
from bot.operations.log import keep_secret
from bot.settings import Settings
from bot.store import invite, joining
from bot.store.database import Database, DatabaseUnusable
from bot.store.invite import Link
from bot.store.private import is_open_to_others
from bot.transport import ReqwestRequest

_LOG = logging.getLogger(__name__)
_ENV: Final = Path(".env")
_WARM: Final = 1.0  # seconds until a start has made what it makes, also when Telegram is out of reach for days


def run(settings: Settings) -> int:
    """Be the bot until SIGTERM or SIGINT; return the exit code. Raises CannotStart."""
    keep_secret(settings)
    _check_env()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(settings))


def _check_env() -> None:
    """Say so when others can read the token."""
    with suppress(OSError):
        if is_open_to_others(_ENV):
            _LOG.warning(
                "Other accounts of this machine can read %s, and the token in it: run chmod 600 %s", _ENV, _ENV
            )


async def _serve(settings: Settings) -> int:
    loop = asyncio.get_running_loop()
    work = asyncio.ensure_future(_work(settings))
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        _LOG.info("Hamroh has stopped.")
    return 0


async def _work(settings: Settings) -> None:
    asyncio.get_running_loop().call_later(_WARM, keep_what_is_there)
    async with App.open(settings, SystemClock()) as app:
        _LOG.info("Hamroh is @%s and serves %s.", app.application.bot.username, app.services.seminar.key)
        await app.failed()


def keep_what_is_there() -> None:
    """Collect garbage from now on, but never look again through what the start has made."""
    gc.collect()
    gc.freeze()
    gc.enable()


async def invitation(settings: Settings, role: Role) -> str:
    """Make an invitation for `role` and return how to use it. Raises CannotStart."""
    async with _database(settings) as db:
        create = partial(invite.create, role=role, days=settings.invite_days, now=SystemClock().now())
        code = await db.write(create)
    return await _described(settings, code)


async def invitations(settings: Settings) -> str:
    """The invitations that work, one a line, the newest first. Raises CannotStart."""
    async with _database(settings) as db:
        links = await db.read(partial(invite.working, now=SystemClock().now()))
    return "\n".join(map(_line, links)) or "No invitation link works at present."


async def revoke_invitation(settings: Settings, number: int) -> str:
    """Call an invitation back and return what became of it. Raises CannotStart."""
    async with _database(settings) as db:
        done = await db.write(partial(joining.call_back, invite_id=number, now=SystemClock().now()))
    if not done:
        raise CannotStart(f"there is no invitation link {number} that could be called back; see invite --list")
    return f"Link {number} is called back: whoever opens it now reads that. Who has come in with it stays."


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    try:
        db = await Database.open(settings.database)
    except DatabaseUnusable as error:
        raise CannotStart(str(error)) from error
    try:
        yield db
    finally:
        await db.close()


def _line(link: Link) -> str:
    maker = "on the command line" if link.by_command_line else f"by {link.maker or 'someone who has left'}"
    people = "any number" if link.uses_left is None else "one"
    return (
        f"{link.id:>4}  {link.role.value:<11}  for {people} (came in: {link.came_in})  "
        f"until {link.expires_at:%Y-%m-%d %H:%M} UTC  made {link.made_at:%Y-%m-%d %H:%M} UTC {maker}"
    )


async def _described(settings: Settings, code: str) -> str:
    token, request = settings.token.get_secret_value(), ReqwestRequest()
    bot = Bot(token or "0:none", f"{settings.api_url}/bot", request=request, get_updates_request=request)
    try:
        await identity.learn(bot)
        return invite.make_link(bot.username, code)
    except TelegramError:
        return f"/start {code}\n(To be sent to the bot. The link needs the token in .env, and a network.)"
    finally:
        await bot.shutdown()
