"""An aiogram bot that knows nothing of Hamroh works against the stand-in."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from bot.clock import SystemClock
from rehearsal.telegram import Account, BotApi, FloodLimits, GroupChat, TelegramServer, World
from tests.rehearsal.telegram.callers import png

if TYPE_CHECKING:
    from aiogram import Bot

# aiogram is imported where it is used: at the top, each worker that only looks through the tests would wait for it.


@pytest.fixture
async def world() -> World:
    return World(SystemClock(), flood=FloodLimits(per_chat_burst=20))


@pytest.fixture
async def client(world: World) -> "AsyncIterator[Bot]":
    from tests.contracts.aiogram_bot import connected

    async with TelegramServer(BotApi(world)) as server, connected(server.url) as bot:
        yield bot


@pytest.fixture
async def person(world: World, client: "Bot") -> AsyncIterator[Account]:
    from aiogram import Dispatcher

    from tests.contracts.aiogram_bot import small_bot

    dispatcher = Dispatcher()
    dispatcher.include_router(small_bot())
    polling = asyncio.create_task(dispatcher.start_polling(client, handle_signals=False, polling_timeout=5))
    yield Account(world, "Ситора", language_code="tg")
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
    assert [message.photo for message in album] == [png(5, 5), png(6, 6)]
    await person.sends_document("рӯйхат.csv", b"a;b")
    await person.waits_for("рӯйхат.csv: 3")
    assert world.violations == []


async def test_what_aiogram_makes_of_refusals(client: "Bot", world: World) -> None:
    from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter

    person = Account(world, "Ситора")
    await person.starts()
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await client.send_message(person.id, "<b>", parse_mode="HTML")
    for _ in range(20):
        await client.send_message(person.id, "x")
    with pytest.raises(TelegramRetryAfter) as throttled:
        await client.send_message(person.id, "x")
    assert throttled.value.retry_after == 1
    await person.blocks()
    with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
        await client.send_message(person.id, "x")


async def test_settings(client: "Bot", world: World) -> None:
    from aiogram.types import BotCommand

    await client.set_my_commands([BotCommand(command="today", description="Имрӯз")], language_code="tg")
    assert Account(world, "Ситора", language_code="tg").commands == [("today", "Имрӯз")]
    assert (await client.get_my_commands(language_code="tg"))[0].description == "Имрӯз"
    await client.set_my_name("Ҳамроҳ")
    assert (await client.get_my_name()).name == "Ҳамроҳ"
    assert (await client.get_webhook_info()).url == ""
    group = GroupChat(world, "Гурӯҳ", [Account(world, "Далер")], forum=True)
    topic = await client.create_forum_topic(group.id, "Ситора")
    sent = await client.send_message(group.id, "x", message_thread_id=topic.message_thread_id)
    assert await client.pin_chat_message(group.id, sent.message_id)
    assert (await client.get_chat(group.id)).pinned_message is not None
    assert [member.status for member in await client.get_chat_administrators(group.id)] == ["creator", "administrator"]


async def test_a_staff_group_through_aiogram(client: "Bot", world: World) -> None:
    from aiogram.exceptions import TelegramBadRequest, TelegramMigrateToChat
    from aiogram.types import ReactionTypeEmoji, ReplyParameters

    person = Account(world, "Далер")
    await person.starts()
    group = GroupChat(world, "Гурӯҳ", [person], forum=True)
    topic = (await client.create_forum_topic(group.id, "Ситора")).message_thread_id
    album = await person.sends_album(png(5, 5), png(6, 6))
    said = await person.sends("The bus is here", chat=group, thread_id=topic)
    answer = await client.send_message(
        group.id, "x", message_thread_id=topic, reply_parameters=ReplyParameters(message_id=said.id, quote="bus")
    )
    assert (answer.quote and answer.quote.text, answer.is_topic_message) == ("bus", True)
    assert await client.set_message_reaction(group.id, said.id, [ReactionTypeEmoji(emoji="👍")])
    assert said.reactions == ["👍"]
    ids = [part.id for part in album]
    assert len(await client.forward_messages(group.id, person.id, ids, message_thread_id=topic)) == 2
    assert len(await client.copy_messages(group.id, person.id, ids, message_thread_id=topic)) == 2
    parts = [part.extra["media_group_id"] for part in group.chat[-4:]]
    assert parts[0] == parts[1] != parts[2] == parts[3]
    live = await client.send_location(group.id, 1, 2, live_period=600, message_thread_id=topic)
    await client.edit_message_live_location(3, 4, chat_id=group.id, message_id=live.message_id)
    await client.stop_message_live_location(chat_id=group.id, message_id=live.message_id)
    assert group.chat[-1].location == {"latitude": 3.0, "longitude": 4.0}
    assert await client.delete_forum_topic(group.id, topic)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await client.send_message(group.id, "x", message_thread_id=topic)
    old = group.id
    group.migrates()
    with pytest.raises(TelegramMigrateToChat) as moved:
        await client.send_message(old, "x")
    assert moved.value.migrate_to_chat_id == group.id
