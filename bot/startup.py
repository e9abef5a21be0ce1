"""What has to succeed before the bot runs: the lock, the database, the seminar, and Telegram telling who the bot is."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot import identity
from bot.answers import seconds_of
from bot.api_address import is_in_clear
from bot.operations.adoption import SeminarOverError, adopt_seminar
from bot.operations.lock import AlreadyRunningError, only_instance
from bot.programme import SeminarError, load
from bot.programme.current import CurrentSeminar
from bot.settings import Settings
from bot.store import bot_account
from bot.store.database import Database, DatabaseUnusable, unusable

_LOG = logging.getLogger(__name__)
_FIRST_BACKOFF_SECONDS: Final = 1.0  # until Telegram is asked again who the bot is, doubled
_LAST_BACKOFF_SECONDS: Final = 60.0


class CannotStart(Exception):  # noqa: N818 - it is how a start ends, in one sentence for a person
    """The bot cannot start; the message says why and what to do."""


@asynccontextmanager
async def prepared(settings: Settings, now: datetime) -> AsyncIterator[tuple[Database, CurrentSeminar]]:
    """The database of this process alone, and the seminar that it is now for. Raises CannotStart with one sentence."""
    async with AsyncExitStack() as stack:
        try:
            stack.enter_context(only_instance(settings.database))
            db = await Database.open(settings.database)
            stack.push_async_callback(db.close)
            seminar = load(settings.seminar, starts_on=settings.starts_on)
            current = await adopt_seminar(db, seminar, settings, now)
        except (AlreadyRunningError, DatabaseUnusable, SeminarOverError) as error:
            raise CannotStart(str(error)) from error
        except (OSError, sqlite3.Error) as error:
            raise CannotStart(unusable(settings.database, error)) from error
        except SeminarError as error:
            raise CannotStart("the seminar cannot be read:\n" + "\n".join(map(str, error.problems))) from error
        yield db, current


async def introduce(application: Application[Any, Any, Any, Any, Any, Any], db: Database) -> None:
    """Learn from Telegram who this bot is; a network that is not there yet is waited for.

    Raises CannotStart where Telegram does not know the token.
    """
    delay = _FIRST_BACKOFF_SECONDS
    while True:
        wait = delay
        try:
            await identity.learn(application.bot)
            await application.initialize()
            await _adopt(db, application.bot)
            return
        except InvalidToken:
            raise CannotStart("Telegram does not know this token; copy it anew from @BotFather into .env") from None
        except RetryAfter as error:
            wait = max(delay, seconds_of(error))
            _LOG.warning("Telegram asks for a pause before the start (429). Trying again in %d s.", wait)
        except TelegramError as error:
            _LOG.warning("Telegram cannot be reached (%s). Trying again in %d s.", error.message, wait)
        except sqlite3.Error as error:
            _LOG.error("The database cannot be used (%s). Trying again in %d s.", error, wait)
        await asyncio.sleep(wait)
        delay = min(delay * 2, _LAST_BACKOFF_SECONDS)


async def _adopt(db: Database, bot: Bot) -> None:
    """Let the database serve this bot: a new token may belong to another one, whose numbers begin anew."""
    if await db.read(bot_account.serves, bot_id=bot.id):
        return
    if await db.write(bot_account.adopt, bot_id=bot.id):
        _LOG.warning("Until now this database served another bot than @%s; people have to start it.", bot.username)


def warn_of_clear_text(settings: Settings) -> None:
    """Say so when the token travels where others can read it."""
    if is_in_clear(settings.api_url):
        _LOG.warning(
            "HAMROH_API_URL begins with http://: the token and every message go to %s without encryption; "
            "use https:// unless nobody else can listen on the way",
            urlsplit(settings.api_url).netloc,
        )
