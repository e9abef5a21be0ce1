"""pyTelegramBotAPI, its asynchronous bot, as its users write it."""

from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.benchmarks.clients.broadcast_loop import measured
from tests.benchmarks.message import BUTTONS, TEXT, TOKEN


async def run(*, url: str, count: int, at_once: int) -> dict[str, float]:
    """`await bot.send_message(...)` to each."""
    asyncio_helper.API_URL = url + "/bot{0}/{1}"
    bot = AsyncTeleBot(TOKEN)
    markup = InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in BUTTONS]
    )

    async def send(chat_id: int) -> Message:
        return await bot.send_message(chat_id, TEXT, parse_mode="HTML", reply_markup=markup)

    try:
        return await measured(send, count=count, at_once=at_once)
    finally:
        await bot.close_session()  # type: ignore[no-untyped-call]
