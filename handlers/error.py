"""When a handler fails: the person gets one sentence in their own language, the log gets the rest."""

import logging
import sqlite3

from telegram import Update
from telegram.error import TelegramError

from bot.access import ChatKind
from bot.context import Context
from bot.delivery.send_errors import SendResult, classify
from bot.services import reachability as reachability_service
from bot.views import fallback as fallback_view

_log = logging.getLogger(__name__)


# What the way to Telegram did to an answer: it is tried again, and an apology would fare no better.
_ON_THE_WAY = frozenset({SendResult.NOT_SENT, SendResult.THROTTLED, SendResult.UNCLEAR, SendResult.EVERYTHING})
_NOBODY_READS = frozenset({
    SendResult.UNREACHABLE, SendResult.CLOSED, SendResult.TOPIC_GONE, SendResult.TOPIC_CLOSED, SendResult.MIGRATED,
})  # fmt: skip


async def on_error(update: object, context: Context) -> bool:
    """Apologize, once, unless it is the way to Telegram that fails.

    Return whether the update has ended with this, with nothing to be tried again and nobody to be alerted: its answer
    has no reader. `context` is a new one: who acts is loaded again; if that fails too, the phone's language has to do.
    """
    error = context.error
    if not isinstance(update, Update) or update.effective_user is None or update.effective_chat is None:
        _log.error("an update could not be handled", exc_info=error)
        return False
    result = classify(error).result if isinstance(error, TelegramError) else None
    if result in _NOBODY_READS:
        _log.info("the answer to update %d has no reader: %s", update.update_id, error)
        if result is SendResult.UNREACHABLE and context.chat_kind is ChatKind.PRIVATE:
            await _unreachable(context)
        return True
    if result in _ON_THE_WAY:
        _log.warning("an answer did not reach Telegram: %s", type(error).__name__)
        return False
    _log.error("update %d could not be handled", update.update_id, exc_info=error)
    try:
        await context.refresh_data()
    except sqlite3.Error:
        _log.error("and who it is from could not be read")
    try:
        if update.callback_query is not None:
            await context.toast(fallback_view.went_wrong(context.locale), alert=True)
        elif context.chat_kind is ChatKind.PRIVATE:
            await context.say(fallback_view.went_wrong(context.locale))
    except TelegramError as second:
        _log.error("and the person could not be told: %s", type(second).__name__)
    return False


async def _unreachable(context: Context) -> None:
    """The person blocked the bot between asking and hearing the answer."""
    await context.write(reachability_service.lost, context.chat_id, context.now())
