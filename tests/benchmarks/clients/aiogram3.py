"""aiogram 3 as its users write it."""

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.benchmarks.clients.broadcast_loop import measured
from tests.benchmarks.message import BUTTONS, TEXT, TOKEN


def bot_at(url: str) -> Bot:
    """A bot that speaks to the stand-in."""
    return Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))


async def run(*, url: str, count: int, at_once: int) -> dict[str, float]:
    """`await bot.send_message(...)` to each."""
    markup = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data) for text, data in row] for row in BUTTONS]
    )
    async with bot_at(url) as bot:

        async def send(chat_id: int) -> Message:
            return await bot.send_message(chat_id, TEXT, parse_mode="HTML", reply_markup=markup)

        return await measured(send, count=count, at_once=at_once)
