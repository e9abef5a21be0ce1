"""A small bot that is made with aiogram, whose import takes seconds: only what plays it imports this module."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

from aiogram import Bot, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)

from tests.rehearsal.telegram.callers import png

router_rows = [
    [InlineKeyboardButton(text="Ҳа", callback_data="yes"), InlineKeyboardButton(text="Не", callback_data="no")]
]


def small_bot() -> Router:
    router = Router()

    @router.message(CommandStart())
    async def start(message: Message) -> None:
        await message.answer(
            "<b>Салом</b>", parse_mode="HTML", reply_markup=InlineKeyboardMarkup(inline_keyboard=router_rows)
        )

    @router.callback_query()
    async def tap(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text(f"Шумо: {query.data}")
        await query.answer("қабул шуд")

    @router.message(Command("files"))
    async def files(message: Message) -> None:
        await message.answer_photo(BufferedInputFile(png(), "a.png"), caption="акс")
        await message.answer_document(BufferedInputFile(b"%PDF", "ҳисобот.pdf"))
        await message.answer_media_group([
            InputMediaPhoto(media=BufferedInputFile(png(5, 5), "b.png")),
            InputMediaPhoto(media=BufferedInputFile(png(6, 6), "c.png"), caption="ду"),
        ])  # fmt: skip

    @router.message(F.document)
    async def echo(message: Message) -> None:
        assert message.bot is not None
        assert message.document is not None
        fetched = BytesIO()
        await message.bot.download(message.document, fetched)
        await message.reply(f"{message.document.file_name}: {len(fetched.getvalue())}")

    return router


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Bot]:
    """A client of the stand-in at `url`."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with Bot("1:rehearsal", session=session) as bot:
        yield bot
