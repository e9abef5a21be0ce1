from collections.abc import Iterator

import pytest

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, BotApi, FloodLimits, GroupChat, World
from tests.rehearsal.telegram.callers import Caller, later, png


@pytest.fixture
def world(clock: RehearsalClock) -> World:
    return World(clock)


async def accounts(world: World, count: int) -> Iterator[Account]:
    people = [Account(world, f"Одам {number}") for number in range(count)]
    for person in people:
        await person.starts()
    return iter(people)


async def test_thirty_a_second_in_any_second(bot: Caller, world: World, clock: RehearsalClock) -> None:
    people = await accounts(world, 70)
    for _ in range(15):
        await bot("sendMessage", chat_id=next(people).id, text="x")
    later(clock, 0.5)
    for _ in range(15):
        await bot("sendMessage", chat_id=next(people).id, text="x")
    refused = next(people)
    assert await bot.refused("sendMessage", chat_id=refused.id, text="x") == "429 Too Many Requests: retry after 1"
    assert len(refused.chat) == 1
    later(clock, 0.5)
    for _ in range(15):
        await bot("sendMessage", chat_id=next(people).id, text="x")
    assert "429" in await bot.refused("sendMessage", chat_id=next(people).id, text="x")
    assert world.throttled == {"sendMessage": 2}
    assert world.violations == []


async def test_paid_broadcasts_have_their_own_thousand(bot: Caller, world: World) -> None:
    people = await accounts(world, 70)
    for _ in range(60):
        await bot("sendMessage", chat_id=next(people).id, text="x", allow_paid_broadcast=True)
    await bot("sendMessage", chat_id=next(people).id, text="x")


async def test_one_chat_accepts_a_burst_of_five_and_then_one_a_second(
    bot: Caller, sitora: Account, clock: RehearsalClock
) -> None:
    async def fill() -> int:
        sent = 0
        while (await BotApi(bot.world).call("sendMessage", {"chat_id": sitora.id, "text": "x"}))[0] == 200:
            sent += 1
        return sent

    assert await fill() == 5
    later(clock, 1)
    assert await fill() == 1
    later(clock, 2.5)
    assert await fill() == 2
    later(clock, 60)
    assert await fill() == 5


async def test_a_429_says_how_long(bot: Caller, sitora: Account, world: World) -> None:
    for _ in range(5):
        await bot("sendMessage", chat_id=sitora.id, text="x")
    status, answer = await BotApi(world).call("sendMessage", {"chat_id": sitora.id, "text": "x"})
    assert (status, answer) == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        },
    )


async def test_twenty_a_minute_in_a_group(bot: Caller, sitora: Account, world: World, clock: RehearsalClock) -> None:
    group = GroupChat(world, "Гурӯҳ", [sitora])
    for _ in range(20):
        await bot("sendMessage", chat_id=group.id, text="x")
        later(clock, 1)
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == "429 Too Many Requests: retry after 40"
    later(clock, 40)
    await bot("sendMessage", chat_id=group.id, text="x")


async def test_an_album_counts_its_pictures(bot: Caller, sitora: Account) -> None:
    media = [{"type": "photo", "media": "attach://a"}] * 10
    await bot("sendMediaGroup", {"a": ("a.png", png())}, chat_id=sitora.id, media=media)
    assert "429" in await bot.refused("sendMessage", chat_id=sitora.id, text="x")


async def test_edits_have_their_own_laxer_limit(bot: Caller, sitora: Account, clock: RehearsalClock) -> None:
    sent = await bot("sendMessage", chat_id=sitora.id, text="0")
    place = {"chat_id": sitora.id, "message_id": sent["message_id"]}
    for number in range(20):
        await bot("editMessageText", text=f"{number + 1}", **place)
    assert "429" in await bot.refused("editMessageText", text="no", **place)
    assert sitora.chat[-1].text == "20"
    await bot("sendMessage", chat_id=sitora.id, text="edits do not count as messages")
    later(clock, 0.2)
    await bot("editMessageText", text="yes", **place)


async def test_limits_can_be_other(clock: RehearsalClock) -> None:
    world = World(clock, flood=FloodLimits(per_second=2, per_chat_burst=100))
    bot, people = Caller(world), await accounts(world, 1)
    person = next(people)
    for _ in range(2):
        await bot("sendMessage", chat_id=person.id, text="x")
    assert "429" in await bot.refused("sendMessage", chat_id=person.id, text="x")


async def test_every_other_method_can_be_throttled_too_and_it_alone(bot: Caller, sitora: Account) -> None:
    for _ in range(30):
        await bot("setMyCommands", commands=[])
    assert await bot.refused("setMyCommands", commands=[]) == "429 Too Many Requests: retry after 1"
    await bot("deleteMyCommands")
    await bot("sendChatAction", chat_id=sitora.id, action="typing")
    assert bot.world.throttled == {"setMyCommands": 1}


async def test_a_webhook_is_set_once_a_second(bot: Caller, clock: RehearsalClock) -> None:
    await bot("setWebhook", url="https://a.tj/x")
    assert "retry after 1" in await bot.refused("setWebhook", url="https://a.tj/y")
    later(clock, 1)
    await bot("setWebhook", url="https://a.tj/y")
