import asyncio

import pytest

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, World
from tests.rehearsal.telegram.callers import Caller, keyboard, later


async def ids(bot: Caller, **params: object) -> list[int]:
    return [update["update_id"] for update in await bot.updates(**params)]


async def test_updates_stay_until_a_higher_offset_confirms_them(
    bot: Caller, sitora: Account, clock: RehearsalClock
) -> None:
    async def ask(**params: object) -> list[int]:
        later(clock, 10)  # whoever asks again at once is answered otherwise
        return await ids(bot, **params)

    for number in range(4):
        await sitora.sends(str(number))
    first, second, third, fourth = await ask()
    assert await ask() == [first, second, third, fourth], "asking without an offset confirms nothing"
    assert await ask(limit=2) == [first, second]
    assert await ask(offset=second, limit=1) == [second]
    assert await ask() == [second, third, fourth]
    assert await ask(offset=fourth + 12) == [second, third, fourth], "nonsense confirms nothing"
    assert await ask(offset=-1) == [fourth], "a negative offset forgets all but the newest"
    assert await ask() == [fourth]
    assert await ask(offset=fourth + 1) == []
    assert await ask(limit=0) == []


async def test_who_asks_again_at_once_gets_one_update_and_is_slowed_down(
    bot: Caller, sitora: Account, clock: RehearsalClock
) -> None:
    for number in range(3):
        await sitora.sends(str(number))
    assert len(await ids(bot)) == 3
    later(clock, 0.4)
    assert len(await ids(bot)) == 1, "as after an answer that was lost"
    later(clock, 0.6)
    assert len(await ids(bot)) == 3
    last = (await ids(bot, offset=-1))[0]
    assert await ids(bot, offset=last + 1) == []
    later(clock, 2)
    slow = asyncio.create_task(ids(bot, offset=last + 1))
    await asyncio.sleep(0.01)
    later(clock, 2.9)
    await asyncio.sleep(0.01)
    assert not slow.done(), "nothing is there, and a short poll is raised to three seconds"
    later(clock, 0.2)
    async with asyncio.timeout(5):
        assert await slow == []


async def test_a_poll_returns_when_something_arrives(bot: Caller, sitora: Account) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0)
    await sitora.sends("салом")
    async with asyncio.timeout(5):
        assert (await poll)[0]["message"]["text"] == "салом"


CONFLICT = "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def test_a_second_poller_that_waits_ends_the_first(bot: Caller, sitora: Account, world: World) -> None:
    older = asyncio.create_task(bot.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.01)
    assert await bot.updates(offset=-1) == [], "a poll that does not wait disturbs nobody"
    await asyncio.sleep(0.01)
    assert not older.done()
    younger = asyncio.create_task(bot.updates(timeout=30))
    async with asyncio.timeout(5):
        assert await older == CONFLICT
    await sitora.sends("салом")
    async with asyncio.timeout(5):
        assert len(await younger) == 1
    assert world.violations == []


async def test_conflicts_come_three_seconds_apart(bot: Caller, clock: RehearsalClock) -> None:
    polls = []
    for _ in range(3):
        polls.append(asyncio.create_task(bot.refused("getUpdates", timeout=30)))
        await asyncio.sleep(0.01)
    first, second, third = polls
    async with asyncio.timeout(5):
        assert await first == CONFLICT
    assert not second.done()
    later(clock, 3.1)
    async with asyncio.timeout(5):
        assert await second == CONFLICT
    third.cancel()


async def test_a_webhook_ends_the_poll_that_waits(bot: Caller) -> None:
    poll = asyncio.create_task(bot.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.01)
    await bot("setWebhook", url="https://a.tj/x")
    async with asyncio.timeout(5):
        assert await poll == "409 Conflict: terminated by setWebhook request"


async def test_a_cancelled_poll_leaves_nothing_behind(bot: Caller, sitora: Account) -> None:
    poll = asyncio.create_task(bot.updates(timeout=30))
    await asyncio.sleep(0.01)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        await poll
    await sitora.sends("салом")
    assert len(await bot.updates(timeout=1)) == 1


async def test_only_what_was_asked_for_is_sent(bot: Caller, sitora: Account, clock: RehearsalClock) -> None:
    said = await sitora.sends("яке")
    await sitora.reacts(said, "👍")
    assert len(await bot.updates()) == 1, "reactions are not sent unless the bot asks for them"
    await bot.updates(offset=-1, allowed_updates=["message_reaction"])
    await sitora.sends("ду")
    await sitora.reacts(said, "❤")
    assert [list(update) for update in await bot.updates()] == [
        ["update_id", "message"],
        ["update_id", "message_reaction"],
    ]
    await bot.updates(allowed_updates='["message"]')
    await sitora.blocks()
    later(clock, 1)
    assert len(await bot.updates()) == 2


async def test_a_tap_waits_for_two_and_a_half_minutes_and_a_message_for_a_day(
    bot: Caller, sitora: Account, world: World, clock: RehearsalClock
) -> None:
    lost: list[object] = []
    world.updates.losses.append(lost.append)
    await bot("sendMessage", chat_id=sitora.id, text="?", reply_markup=keyboard("Ҳа"))
    tap = await sitora.presses("Ҳа")
    later(clock, 140)
    second = await sitora.presses("Ҳа")
    await sitora.sends("баъд")
    later(clock, 20)
    assert [list(update)[1] for update in await bot.updates()] == ["callback_query", "message"]
    assert lost == [tap]
    later(clock, 140)
    assert [list(update)[1] for update in await bot.updates()] == ["message"]
    assert lost == [tap, second]
    assert world.updates.lost == 2


async def test_a_tap_that_has_arrived_is_not_lost_when_that_is_said_late(
    bot: Caller, sitora: Account, world: World, clock: RehearsalClock
) -> None:
    await bot("sendMessage", chat_id=sitora.id, text="?", reply_markup=keyboard("Ҳа"))
    await sitora.presses("Ҳа")
    [tap] = await ids(bot)
    later(clock, 200)
    assert await ids(bot, offset=tap + 1) == []
    assert world.updates.lost == 0


async def test_after_a_silent_week_updates_are_counted_from_another_number(
    bot: Caller, sitora: Account, clock: RehearsalClock
) -> None:
    before = (await sitora.sends("пеш"), (await ids(bot))[0])[1]
    later(clock, 6 * 24 * 3600)
    await sitora.sends("дар миён")
    assert await ids(bot, offset=before + 1) == [before + 1]
    later(clock, 7 * 24 * 3600)
    await sitora.sends("баъд")
    assert (await ids(bot))[0] > before + 1000


async def test_updates_expire_after_a_day(bot: Caller, sitora: Account, clock: RehearsalClock) -> None:
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
