"""What is pinned, by the bot and by hand, and who is told."""

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, FloodLimits, GroupChat, World
from tests.rehearsal.telegram.callers import Caller


async def send(bot: Caller, chat_id: int, *texts: str) -> list[int]:
    return [(await bot("sendMessage", chat_id=chat_id, text=text))["message_id"] for text in texts]


def bar(chat: Account | GroupChat) -> list[str]:
    return [message.text for message in chat.pinned]


async def test_several_are_pinned_and_the_newest_message_stands_first(bot: Caller, sitora: Account) -> None:
    ids = await send(bot, sitora.id, "0", "1", "2")
    for number in (ids[1], ids[2], ids[0]):
        assert await bot("pinChatMessage", chat_id=sitora.id, message_id=number) is True
    assert bar(sitora) == ["2", "1", "0"], "by when they were sent, not by when they were pinned"
    assert (await bot("getChat", chat_id=sitora.id))["pinned_message"]["text"] == "2"
    await bot("unpinChatMessage", chat_id=sitora.id)
    assert bar(sitora) == ["1", "0"]
    await bot("unpinChatMessage", chat_id=sitora.id, message_id=ids[0])
    assert bar(sitora) == ["1"]
    await bot("deleteMessage", chat_id=sitora.id, message_id=ids[1])
    assert bar(sitora) == []
    assert "pinned_message" not in await bot("getChat", chat_id=sitora.id)


async def test_the_chat_says_what_was_pinned_and_the_bot_hears_of_its_own_pin(bot: Caller, sitora: Account) -> None:
    (number,) = await send(bot, sitora.id, "имрӯз")
    await bot("pinChatMessage", chat_id=sitora.id, message_id=number)
    (told,) = [update["message"] for update in await bot.updates()]
    assert told["from"] == bot.world.me
    assert (told["pinned_message"]["message_id"], told["pinned_message"]["text"]) == (number, "имрӯз")
    said = sitora.chat[-1]
    assert (said.id, said.from_bot, said.silent) == (told["message_id"], True, True)
    await bot("deleteMessage", chat_id=sitora.id, message_id=said.id)
    assert bar(sitora) == ["имрӯз"], "the line may go, the pin stays"


async def test_what_is_pinned_already_changes_nothing(bot: Caller, sitora: Account) -> None:
    first, second = await send(bot, sitora.id, "a", "b")
    for number in (first, second, first, first):
        await bot("pinChatMessage", chat_id=sitora.id, message_id=number)
    assert bar(sitora) == ["b", "a"]
    assert len(await bot.updates()) == 2
    assert [message.text for message in sitora.chat] == ["/start", "a", "b", "", ""]


async def test_a_pinned_message_is_edited_in_its_place(bot: Caller, sitora: Account) -> None:
    (number,) = await send(bot, sitora.id, "09:00")
    await bot("pinChatMessage", chat_id=sitora.id, message_id=number)
    await bot("editMessageText", chat_id=sitora.id, message_id=number, text="10:00")
    assert bar(sitora) == ["10:00"]


async def test_all_are_unpinned_at_once(bot: Caller, sitora: Account) -> None:
    for number in await send(bot, sitora.id, "a", "b"):
        await bot("pinChatMessage", chat_id=sitora.id, message_id=number)
    assert await bot("unpinAllChatMessages", chat_id=sitora.id) is True
    assert not any(message.pinned for message in sitora.chat)
    assert await bot("unpinAllChatMessages", chat_id=sitora.id) is True


async def test_a_person_pins_and_unpins_by_hand(bot: Caller, sitora: Account) -> None:
    (number,) = await send(bot, sitora.id, "a")
    await sitora.pins(sitora.messages[number])
    (told,) = [update["message"] for update in await bot.updates()]
    assert (told["from"]["id"], told["pinned_message"]["text"]) == (sitora.id, "a")
    await sitora.unpins(sitora.messages[number])
    assert bar(sitora) == []
    assert len(await bot.updates()) == 1, "nobody is told"
    refusal = await bot.refused("unpinChatMessage", chat_id=sitora.id, message_id=number)
    assert refusal == "400 Bad Request: message to unpin not found"
    assert bot.world.violations == [], "the bot could not know"


async def test_what_cannot_be_pinned(bot: Caller, sitora: Account, world: World) -> None:
    place = {"chat_id": sitora.id}
    assert "identifier is not specified" in await bot.refused("pinChatMessage", message_id=0, **place)
    missing = await bot.refused("pinChatMessage", message_id=999, **place)
    assert missing == "400 Bad Request: message to pin not found"
    assert await bot.refused("unpinChatMessage", **place) == "400 Bad Request: message to unpin not found"
    (number,) = await send(bot, sitora.id, "a")
    await bot("pinChatMessage", message_id=number, **place)
    line = sitora.chat[-1].id
    service = await bot.refused("pinChatMessage", message_id=line, **place)
    assert service == "400 Bad Request: a service message can't be pinned"
    keys = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    edited = await bot.refused("editMessageReplyMarkup", message_id=line, reply_markup=keys, **place)
    assert "can't be edited" in edited
    await sitora.blocks()
    for method in ("pinChatMessage", "unpinChatMessage"):
        blocked = await bot.refused(method, message_id=number, **place)
        assert blocked == "403 Forbidden: bot was blocked by the user"
    assert len(world.violations) == 4


async def test_in_a_group_only_an_administrator_pins_aloud_or_silently(
    bot: Caller, sitora: Account, world: World
) -> None:
    group = GroupChat(world, "Гурӯҳ", [sitora])
    loud, quiet = await send(bot, group.id, "a", "b")
    await bot("pinChatMessage", chat_id=group.id, message_id=loud)
    await bot("pinChatMessage", chat_id=group.id, message_id=quiet, disable_notification=True)
    assert bar(group) == ["b", "a"]
    assert [message.silent for message in group.chat[-2:]] == [False, True]
    member = GroupChat(world, "Гурӯҳ 2", [sitora], bot_is_admin=False)
    (number,) = await send(bot, member.id, "x")
    for method in ("pinChatMessage", "unpinChatMessage", "unpinAllChatMessages"):
        which = {} if method == "unpinAllChatMessages" else {"message_id": number}
        refusal = await bot.refused(method, chat_id=member.id, **which)
        assert refusal == "400 Bad Request: not enough rights to manage pinned messages in the chat"


async def test_a_pin_in_a_topic_is_told_in_that_topic(bot: Caller, sitora: Account, world: World) -> None:
    forum = GroupChat(world, "Саволҳо", [sitora], forum=True)
    topic = (await bot("createForumTopic", chat_id=forum.id, name="Ситора"))["message_thread_id"]
    sent = await bot("sendMessage", chat_id=forum.id, text="ҷавоб", message_thread_id=topic)
    await bot("pinChatMessage", chat_id=forum.id, message_id=sent["message_id"])
    assert forum.chat[-1].thread_id == topic


async def test_a_bot_that_was_removed_does_not_hear_of_pins(bot: Caller, sitora: Account, world: World) -> None:
    group = GroupChat(world, "Гурӯҳ", [sitora])
    (number,) = await send(bot, group.id, "a")
    group.removes_bot()
    await sitora.pins(group.messages[number])
    assert bar(group) == ["a"]
    assert not any("message" in update for update in await bot.updates())


async def test_pins_are_calls_like_others_to_flood_control(clock: RehearsalClock) -> None:
    world = World(clock, flood=FloodLimits(per_method_per_second=2))
    bot, sitora = Caller(world), Account(world, "Ситора")
    await sitora.starts()
    ids = await send(bot, sitora.id, "a", "b", "c")
    for number in ids[:2]:
        await bot("pinChatMessage", chat_id=sitora.id, message_id=number)
    refusal = await bot.refused("pinChatMessage", chat_id=sitora.id, message_id=ids[2])
    assert refusal == "429 Too Many Requests: retry after 1"
    assert bar(sitora) == ["b", "a"]
