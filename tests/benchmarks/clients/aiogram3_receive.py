"""aiogram 3 handles presses of a check-in button, as its users write it."""

import asyncio
from typing import Any

from aiogram import Dispatcher
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.benchmarks.clients.aiogram3 import bot_at
from tests.benchmarks.clients.checkins import HELP, KEPT, checkins
from tests.benchmarks.clients.presses import pressed


async def run(*, url: str, count: int, people: int, gate: int = 0) -> dict[str, Any]:
    """`count` presses by `people` people."""
    dispatcher = Dispatcher()
    markup = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=HELP, callback_data="help")]])
    async with checkins(people) as kept, bot_at(url) as bot:

        @dispatcher.callback_query()
        async def here(query: CallbackQuery) -> None:
            if await kept.keep(query.from_user.id, 3) and isinstance(query.message, Message):
                await query.message.edit_text(KEPT, parse_mode="HTML", reply_markup=markup)
            await query.answer()

        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False))
        measured = await pressed(url, count, people, gate)
        await dispatcher.stop_polling()
        await polling
        return measured
