"""python-telegram-bot as its users write it."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.ext import ApplicationBuilder

from tests.benchmarks.clients.broadcast_loop import measured
from tests.benchmarks.message import BUTTONS, TEXT, TOKEN


async def run(*, url: str, count: int, at_once: int) -> dict[str, float]:
    """`await bot.send_message(...)` to each."""
    application = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").build()
    markup = InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in BUTTONS]
    )
    async with application.bot as bot:

        async def send(chat_id: int) -> Message:
            return await bot.send_message(chat_id, TEXT, parse_mode="HTML", reply_markup=markup)

        return await measured(send, count=count, at_once=at_once)
