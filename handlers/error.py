"""When a handler fails: the person gets one sentence in their own language, the log gets the rest."""

import logging
import sqlite3

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from bot.access import Place
from bot.context import Context
from bot.store import aftermath, person
from bot.views import fallback as view

_log = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """Apologize, once, unless it is the way to Telegram that fails.

    `context` is a new one: who acts is loaded again; if that fails too, the phone's language has to do.
    """
    error = context.error
    if not isinstance(update, Update) or update.effective_user is None or update.effective_chat is None:
        _log.error("an update could not be handled", exc_info=error)
        return
    if isinstance(error, Forbidden):
        await _unreachable(context)
        return
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        _log.warning("an answer did not reach Telegram: %s", type(error).__name__)
        return
    _log.error("update %d could not be handled", update.update_id, exc_info=error)
    try:
        await context.refresh_data()
    except sqlite3.Error:
        _log.error("and who it is from could not be read")
    try:
        if update.callback_query is not None:
            await context.toast(view.went_wrong(context.words), alert=True)
        elif context.place is Place.PRIVATE:
            await context.say(view.went_wrong(context.words))
    except TelegramError as second:
        _log.error("and the person could not be told: %s", type(second).__name__)


async def _unreachable(context: Context) -> None:
    """The person blocked the bot between asking and hearing the answer."""
    chat_id, now, private = context.chat_id, context.now(), context.place is Place.PRIVATE

    def keep(connection: sqlite3.Connection) -> None:
        blocked = person.by_telegram_id(connection, chat_id) if private else None
        if blocked is not None:
            aftermath.unreachable(connection, blocked.id, now)

    await context.write(keep)
