"""python-telegram-bot handles presses of a check-in button, as its users write it."""

from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ContextTypes

from tests.benchmarks.clients.checkins import HELP, KEPT, checkins
from tests.benchmarks.clients.presses import pressed
from tests.benchmarks.message import TOKEN


async def run(*, url: str, count: int, people: int, gate: int = 0, at_once: int = 0) -> dict[str, Any]:
    """`count` presses by `people` people; `at_once` is `concurrent_updates` (0: the default, one by one)."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot")
    application = (builder.concurrent_updates(at_once) if at_once else builder).build()
    markup = InlineKeyboardMarkup([[InlineKeyboardButton(HELP, callback_data="help")]])
    async with checkins(people) as kept:

        async def here(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            query = update.callback_query
            assert query is not None
            if await kept.keep(query.from_user.id, 3):
                await query.edit_message_text(KEPT, parse_mode="HTML", reply_markup=markup)
            await query.answer()

        application.add_handler(CallbackQueryHandler(here))
        async with application:
            assert application.updater is not None
            await application.start()
            await application.updater.start_polling()
            measured = await pressed(url, count, people, gate)
            await application.updater.stop()
            await application.stop()
            return measured
