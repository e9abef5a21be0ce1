"""A pyTelegramBotAPI bot that knows nothing of Hamroh works against the stand-in."""

# mypy: disable-error-code="no-untyped-call, untyped-decorator, union-attr"
# (the library is typed in parts only)

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Message

from bot.clock import SystemClock
from rehearsal.telegram import Account, BotApi, TelegramServer, World
from tests.rehearsal.telegram.callers import png


def add_handlers(bot: AsyncTeleBot) -> None:
    @bot.message_handler(commands=["start"])
    async def start(message: Message) -> None:
        markup = InlineKeyboardMarkup()
        markup.add(InlineKeyboardButton("Ҳа", callback_data="yes"), InlineKeyboardButton("Не", callback_data="no"))
        await bot.send_message(message.chat.id, "<i>Салом</i>", parse_mode="HTML", reply_markup=markup)

    @bot.callback_query_handler(func=lambda _: True)
    async def tap(query: CallbackQuery) -> None:
        await bot.edit_message_text(f"Шумо: {query.data}", query.message.chat.id, query.message.message_id)
        await bot.answer_callback_query(query.id, "қабул шуд", show_alert=True)

    @bot.message_handler(commands=["files"])
    async def files(message: Message) -> None:
        await bot.send_photo(message.chat.id, png(), caption="акс")
        await bot.send_document(message.chat.id, InputFile(BytesIO(b"%PDF"), file_name="report.pdf"))
        await bot.reply_to(message, "тамом")

    @bot.message_handler(content_types=["document"])
    async def echo(message: Message) -> None:
        file = await bot.get_file(message.document.file_id)
        content = await bot.download_file(file.file_path)
        await bot.send_message(message.chat.id, f"{message.document.file_name}: {len(content)}")


@pytest.fixture
async def world() -> World:
    return World(SystemClock(), token="1:telebot")


@pytest.fixture
async def person(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Account]:
    async with TelegramServer(BotApi(world)) as server:
        monkeypatch.setattr(asyncio_helper, "API_URL", server.url + "/bot{0}/{1}")
        monkeypatch.setattr(asyncio_helper, "FILE_URL", server.url + "/file/bot{0}/{1}")
        bot = AsyncTeleBot("1:telebot")
        add_handlers(bot)
        polling = asyncio.create_task(bot.polling(timeout=2, request_timeout=5))
        yield Account(world, "Ситора", language_code="tg")
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await bot.close_session()


async def test_commands_buttons_and_edits(person: Account, world: World) -> None:
    await person.starts()
    await person.waits_for("Салом")
    assert person.chat[-1].labels == ["Ҳа", "Не"]
    await person.presses("Ҳа")
    await person.waits_for("Шумо: yes")
    await person.waits_for(lambda: person.toast == ("қабул шуд", True))
    assert world.violations == []


async def test_files_up_and_down(person: Account, world: World) -> None:
    await person.sends("/files")
    await person.waits_for("тамом")
    photo, document, done = person.chat[1:]
    assert photo.photo == png()
    assert document.document == ("report.pdf", b"%PDF")
    assert done.extra["reply_to_message"]["text"] == "/files"  # type: ignore[index]
    await person.sends_document("list.csv", b"a;b")
    await person.waits_for("list.csv: 3")
    assert world.violations == []
