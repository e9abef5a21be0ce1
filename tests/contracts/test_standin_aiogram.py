"""An aiogram bot that knows nothing of Hamroh works against the stand-in."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
)

from bot.clock import SystemClock
from bot.rehearsal.telegram import Account, FloodLimits, TelegramServer, World
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


@pytest.fixture
async def world() -> World:
    return World(SystemClock(), flood=FloodLimits(per_chat_burst=20))


@pytest.fixture
async def client(world: World) -> AsyncIterator[Bot]:
    async with TelegramServer(world) as server:
        session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
        async with Bot("1:rehearsal", session=session) as bot:
            yield bot


@pytest.fixture
async def person(world: World, client: Bot) -> AsyncIterator[Account]:
    dispatcher = Dispatcher()
    dispatcher.include_router(small_bot())
    polling = asyncio.create_task(dispatcher.start_polling(client, handle_signals=False, polling_timeout=5))
    yield world.account("Ситора", language_code="tg")
    with contextlib.suppress(RuntimeError):
        await dispatcher.stop_polling()
    await polling


async def test_commands_buttons_and_edits(person: Account, world: World) -> None:
    await person.starts()
    await person.waits_for("Салом")
    assert person.chat[-1].entities == [{"type": "bold", "offset": 0, "length": 5}]
    await person.presses("Не")
    await person.waits_for("Шумо: no")
    await person.waits_for(lambda: person.toast == ("қабул шуд", False))
    assert world.violations == []


async def test_files_up_and_down(person: Account, world: World) -> None:
    await person.sends("/files")
    await person.waits_for("ду")
    photo, document, *album = person.chat[1:]
    assert photo.photo == png()
    assert document.document == ("ҳисобот.pdf", b"%PDF")
    assert [bubble.photo for bubble in album] == [png(5, 5), png(6, 6)]
    await person.sends_document("рӯйхат.csv", b"a;b")
    await person.waits_for("рӯйхат.csv: 3")
    assert world.violations == []


async def test_what_aiogram_makes_of_refusals(client: Bot, world: World) -> None:
    person = world.account("Ситора")
    await person.starts()
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await client.send_message(person.id, "<b>", parse_mode="HTML")
    for _ in range(20):
        await client.send_message(person.id, "x")
    with pytest.raises(TelegramRetryAfter) as throttled:
        await client.send_message(person.id, "x")
    assert throttled.value.retry_after == 1
    person.blocks()
    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await client.send_message(person.id, "x")


async def test_settings(client: Bot, world: World) -> None:
    await client.set_my_commands([BotCommand(command="today", description="Имрӯз")], language_code="tg")
    assert world.account("Ситора", language_code="tg").commands == [("today", "Имрӯз")]
    assert (await client.get_my_commands(language_code="tg"))[0].description == "Имрӯз"
    await client.set_my_name("Ҳамроҳ")
    assert (await client.get_my_name()).name == "Ҳамроҳ"
    assert (await client.get_webhook_info()).url == ""
    group = world.group("Гурӯҳ", [world.account("Далер")], forum=True)
    topic = await client.create_forum_topic(group.id, "Ситора")
    sent = await client.send_message(group.id, "x", message_thread_id=topic.message_thread_id)
    assert await client.pin_chat_message(group.id, sent.message_id)
    assert (await client.get_chat(group.id)).pinned_message is not None
    assert [member.status for member in await client.get_chat_administrators(group.id)] == ["creator", "administrator"]
