import asyncio

import pytest

from bot.rehearsal.clock import RehearsalClock
from bot.rehearsal.telegram import Account, World
from tests.rehearsal.telegram.callers import Caller, later


async def ids(bot: Caller, **params: object) -> list[int]:
    return [update["update_id"] for update in await bot.updates(**params)]


async def test_updates_stay_until_a_higher_offset_confirms_them(bot: Caller, sitora: Account) -> None:
    for number in range(4):
        await sitora.sends(str(number))
    first, second, third, fourth = await ids(bot)
    assert await ids(bot) == [first, second, third, fourth], "asking without an offset confirms nothing"
    assert await ids(bot, limit=2) == [first, second]
    assert await ids(bot, offset=second, limit=1) == [second]
    assert await ids(bot) == [second, third, fourth]
    assert await ids(bot, offset=-1) == [fourth], "a negative offset forgets all but the newest"
    assert await ids(bot) == [fourth]
    assert await ids(bot, offset=fourth + 1) == []
    assert await ids(bot, limit=0) == []


async def test_a_poll_returns_when_something_arrives(bot: Caller, sitora: Account) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0)
    await sitora.sends("салом")
    async with asyncio.timeout(5):
        assert (await poll)[0]["message"]["text"] == "салом"


async def test_a_second_poller_ends_the_first(bot: Caller, sitora: Account, world: World) -> None:
    older = asyncio.create_task(bot.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.01)
    younger = asyncio.create_task(bot.updates(timeout=30))
    async with asyncio.timeout(5):
        assert await older == (
            "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        )
    await sitora.sends("салом")
    async with asyncio.timeout(5):
        assert len(await younger) == 1
    assert world.violations == []


async def test_a_cancelled_poll_leaves_nothing_behind(bot: Caller, sitora: Account) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0.01)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    await sitora.sends("салом")
    assert len(await bot.updates(timeout=1)) == 1


async def test_only_what_was_asked_for_is_sent(bot: Caller, sitora: Account) -> None:
    said = await sitora.sends("яке")
    await sitora.reacts(said, "👍")
    assert len(await bot.updates()) == 1, "reactions are not sent unless the bot asks for them"
    await bot.updates(offset=-1, allowed_updates=["message_reaction"])
    await sitora.sends("ду")
    await sitora.reacts(said, "👍")
    assert [list(update) for update in await bot.updates()] == [
        ["update_id", "message"],
        ["update_id", "message_reaction"],
    ]
    await bot.updates(allowed_updates='["message"]')
    sitora.blocks()
    assert len(await bot.updates()) == 2


async def test_updates_die_after_a_day(bot: Caller, sitora: Account, clock: RehearsalClock) -> None:
    await sitora.sends("кӯҳна")
    later(clock, 24 * 3600 - 10)
    await sitora.sends("нав")
    later(clock, 20)
    assert [update["message"]["text"] for update in await bot.updates()] == ["нав"]


async def test_a_webhook_and_polling_exclude_each_other(bot: Caller, sitora: Account) -> None:
    assert "HTTPS URL must be provided" in await bot.refused("setWebhook", url="http://example.com")
    assert "unallowed characters" in await bot.refused("setWebhook", url="https://a.tj/x", secret_token="ҳ")
    await sitora.sends("пеш")
    await bot("setWebhook", url="https://a.tj/x", secret_token="s", allowed_updates=["message"])
    assert await bot.refused("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
        "first"
    )
    info = await bot("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["allowed_updates"]) == ("https://a.tj/x", 1, ["message"])
    await bot("deleteWebhook", drop_pending_updates=True)
    assert await bot.updates() == []


async def test_listeners_hear_every_update(world: World, sitora: Account) -> None:
    heard: list[object] = []
    world.updates.listeners.append(heard.append)
    await sitora.sends("салом")
    world.raw_update({"poll": 1})
    assert heard == world.updates.take()
    assert len(world.updates) == 0
