"""The command `invite`: to make, list and withdraw invitations."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from telegram import Bot
from telegram.error import TelegramError

from bot import identity
from bot.access import Role
from bot.clock import SystemClock
from bot.services import invite as invite_service
from bot.settings import Settings
from bot.startup import CannotStart, warn_of_clear_text
from bot.store import invite as invite_store
from bot.store.database import Database, DatabaseUnusable, unusable
from bot.store.invite import Link, Owner
from bot.transport import ReqwestRequest

_OWNER_DAYS: Final = 1  # that an owner's link works: it is opened by who has just made it, and gives all rights


async def invitation(settings: Settings, role: Role) -> tuple[str, str]:
    """Make an invitation for `role`; return what to open, and a sentence on how it works. Raises CannotStart."""
    now = SystemClock().now()
    days = _OWNER_DAYS if role is Role.OWNER else settings.invite_days
    async with _database(settings) as db:
        code = await db.write(invite_service.make, role, None, days=days, now=now)
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
    warn_of_clear_text(settings)
    token, request = settings.token.get_secret_value(), ReqwestRequest()
    bot = Bot(token or "0:none", f"{settings.api_url}/bot", request=request, get_updates_request=request)
    try:
        await identity.learn(bot)
        return invite_store.make_link(bot.username, code)
    except TelegramError:
        return f"/start {code}\n(To be sent to the bot. The link needs the token in .env, and a network.)"
    finally:
        await bot.shutdown()
