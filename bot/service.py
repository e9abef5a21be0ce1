"""The commands that need the real bot: to be it, and to make, list and withdraw invitations to it."""

import asyncio
import gc
import logging
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import uvloop
from telegram import Bot
from telegram.error import TelegramError

from bot import identity
from bot.access import Role
from bot.api_address import is_in_clear
from bot.app import App
from bot.clock import SystemClock
from bot.errors import described
from bot.operations.log import keep_secret
from bot.operations.terminal import heard_alone
from bot.programme import readiness
from bot.services import invite as invite_service
from bot.settings import Settings
from bot.startup import CannotStart
from bot.store import invite as invite_store
from bot.store import person
from bot.store.database import Database, DatabaseUnusable, unusable
from bot.store.invite import Link, Owner
from bot.store.private import is_open_to_others
from bot.transport import ReqwestRequest

_LOG = logging.getLogger(__name__)
_ENV: Final = Path(".env")
_OWNER_DAYS: Final = 1  # that an owner's link works: it is opened by who has just made it, and gives all rights
_WARM_UP_SECONDS: Final = 1.0  # until a start has made what it makes, also when Telegram is out of reach for days


def run(settings: Settings) -> int:
    """Be the bot until SIGTERM or SIGINT; return the exit code. Raises CannotStart."""
    keep_secret(settings)
    _check_env()
    _check_api(settings)
    try:
        with heard_alone(), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_serve(settings))
    except CannotStart:
        raise
    except Exception as error:
        _LOG.critical("Hamroh cannot go on: %s", described(error), exc_info=True)
        raise


def _check_env() -> None:
    """Say so when others can read the token."""
    with suppress(OSError):
        if is_open_to_others(_ENV):
            _LOG.warning(
                "Other accounts of this machine can read %s, and the token in it: run chmod 600 %s", _ENV, _ENV
            )


def _check_api(settings: Settings) -> None:
    """Say so when the token travels where others can read it."""
    if is_in_clear(settings.api_url):
        _LOG.warning(
            "HAMROH_API_URL begins with http://: the token and every message go to %s without encryption; "
            "use https:// unless nobody else can listen on the way",
            urlsplit(settings.api_url).netloc,
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
    asyncio.get_running_loop().call_later(_WARM_UP_SECONDS, keep_what_is_there)
    async with App.open(settings, SystemClock()) as app:
        _LOG.info("Hamroh is @%s and serves %s.", app.application.bot.username, app.runtime.seminar.key)
        await say_what_is_missing(app)
        await app.failed()


async def say_what_is_missing(app: App) -> None:
    """A seminar that is over, a sample's phone numbers, and a bot that nobody organizes are told, and no failure."""
    runtime = app.runtime
    seminar, owners = runtime.seminar, runtime.settings.owners
    for line in readiness.warnings(seminar, seminar.today(runtime.clock.now())):
        _LOG.warning("%s", line)
    if not owners and not await runtime.db.read(person.staff, owners=owners):
        _LOG.warning("Nobody organizes it yet: `.venv/bin/python -m bot invite owner` prints the link for the first.")


def keep_what_is_there() -> None:
    """Collect garbage from now on, but never look again through what the start has made."""
    gc.collect()
    gc.freeze()
    gc.enable()


async def invitation(settings: Settings, role: Role) -> tuple[str, str]:
    """Make an invitation for `role`; return what to open, and a sentence on how it works. Raises CannotStart."""
    now = SystemClock().now()
    days = _OWNER_DAYS if role is Role.OWNER else settings.invite_days
    async with _database(settings) as db:
        code = await db.write(invite_store.create, role=role, days=days, now=now)
    until = f"until {now + timedelta(days=days):%Y-%m-%d %H:%M} UTC"
    match role:
        case Role.OWNER:
            how = f"Open it on your phone and press Start: it makes whoever does so first an owner, once, {until}."
        case Role.TEACHER:
            how = f"It lets any number of teachers in, {until}."
        case _:
            how = f"It lets one {role} in, {until}."
    return await _described(settings, code), how


async def invitations(settings: Settings) -> str:
    """The invitations that work, one a line, the newest first; then who is an owner. Raises CannotStart."""
    async with _database(settings) as db:
        links = await db.read(invite_store.working, now=SystemClock().now())
        owners = await db.read(invite_store.owners)
    lines = [*map(_line, links)] or ["No invitation link works at present."]
    return "\n".join([*lines, *map(_owner_line, owners)])


async def revoke_invitation(settings: Settings, number: int) -> str:
    """Withdraw an invitation and return what became of it. Raises CannotStart."""
    async with _database(settings) as db:
        revoked = await db.write(invite_service.revoke, number, SystemClock().now())
    if revoked is None:
        raise CannotStart(f"there is no invitation link {number} that could be withdrawn; see invite --list")
    owners = revoked.former_owners
    stays = f"{' and '.join(owners)} stays, but is no owner any more" if owners else "Who has come in with it stays"
    return f"Link {number} is withdrawn: whoever opens it now reads that. {stays}."


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    try:
        db = await Database.open(settings.database)
    except DatabaseUnusable as error:
        raise CannotStart(str(error)) from error
    try:
        yield db
    except sqlite3.Error as error:
        raise CannotStart(unusable(settings.database, error)) from error
    finally:
        await db.close()


def _line(link: Link) -> str:
    maker = "on the command line" if link.by_command_line else f"by {link.maker or 'someone who has left'}"
    people = "any number" if link.uses_left is None else "one"
    return (
        f"{link.id:>4}  {link.role.value:<11}  for {people} (came in: {link.came_in})  "
        f"until {link.expires_at:%Y-%m-%d %H:%M} UTC  made {link.made_at:%Y-%m-%d %H:%M} UTC {maker}"
    )


def _owner_line(owner: Owner) -> str:
    if owner.invite is None:
        by = ""
    elif owner.joining:
        by = f", by link {owner.invite}: is answering the first questions"
    else:
        by = f", by link {owner.invite}: invite --revoke {owner.invite} ends that"
    return f"An owner is {owner.name or 'somebody without a name yet'}{by}"


async def _described(settings: Settings, code: str) -> str:
    _check_api(settings)
    token, request = settings.token.get_secret_value(), ReqwestRequest()
    bot = Bot(token or "0:none", f"{settings.api_url}/bot", request=request, get_updates_request=request)
    try:
        await identity.learn(bot)
        return invite_store.make_link(bot.username, code)
    except TelegramError:
        return f"/start {code}\n(To be sent to the bot. The link needs the token in .env, and a network.)"
    finally:
        await bot.shutdown()
