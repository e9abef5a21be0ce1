import pytest

from rehearsal.telegram import Account, BotApi, GroupChat, World
from tests.rehearsal.telegram.callers import Caller, keyboard


async def test_a_group_has_its_own_messages_and_buttons(bot: Caller, sitora: Account, world: World) -> None:
    group = GroupChat(world, "Ташкилкунандагон", [sitora])
    await sitora.sends("/stats@HamrohRehearsalBot", chat=group)
    joined, said = await bot.updates()
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert said["message"]["chat"] == {"id": group.id, "title": "Ташкилкунандагон", "type": "supergroup"}
    assert said["message"]["message_id"] == 1, "a supergroup counts its own messages"
    assert said["message"]["entities"][0]["length"] == 25
    await bot("sendMessage", chat_id=group.id, text="?", reply_markup=keyboard("Дидам"))
    assert group.shows("?")
    await sitora.presses("Дидам", chat=group)
    assert (await bot.updates(offset=-1))[-1]["callback_query"]["message"]["chat"]["id"] == group.id
    with pytest.raises(LookupError):
        await sitora.presses("Дидам")


async def test_members(bot: Caller, sitora: Account, world: World) -> None:
    daler, stranger = Account(world, "Далер"), Account(world, "Бегона")
    group = GroupChat(world, "Гурӯҳ", [sitora])
    group.joins(daler)
    group.admins.append(daler)

    async def status(user_id: object) -> str:
        return str((await bot("getChatMember", chat_id=group.id, user_id=user_id))["status"])

    assert [await status(who) for who in (sitora.id, daler.id, stranger.id, world.me["id"])] == [
        "creator", "administrator", "left", "administrator",
    ]  # fmt: skip
    assert await bot("getChatMemberCount", chat_id=group.id) == 3
    assert len(await bot("getChatAdministrators", chat_id=group.id)) == 3
    group.leaves(daler)
    assert await status(daler.id) == "left"
    assert [list(update["message"])[-1] for update in (await bot.updates())[-2:]] == [
        "new_chat_members",
        "left_chat_member",
    ]
    assert "PARTICIPANT" in await bot.refused("getChatMember", chat_id=group.id, user_id=5)
    private = {"chat_id": sitora.id}
    assert (await bot("getChatMember", user_id=sitora.id, **private))["status"] == "member"
    assert await bot("getChatMemberCount", **private) == 2
    assert "member not found" in await bot.refused("getChatMember", user_id=daler.id, **private)
    assert "no administrators" in await bot.refused("getChatAdministrators", **private)
    assert (await bot("getUserProfilePhotos", user_id=sitora.id))["total_count"] == 0
    assert "user not found" in await bot.refused("getUserProfilePhotos", user_id=5)


async def test_a_bot_that_is_removed_or_leaves(bot: Caller, sitora: Account, world: World) -> None:
    group = GroupChat(world, "Гурӯҳ", [sitora])
    group.removes_bot()
    kicked = "403 Forbidden: bot was kicked from the supergroup chat"
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == kicked
    for method in ("getChat", "getChatMemberCount", "getChatAdministrators"):
        assert await bot.refused(method, chat_id=group.id) == kicked
    group.bot_joins()
    await bot("sendMessage", chat_id=group.id, text="x")
    await bot("leaveChat", chat_id=group.id)
    left = "403 Forbidden: bot is not a member of the supergroup chat"
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == left
    assert "private chats" in await bot.refused("leaveChat", chat_id=sitora.id)


async def test_a_group_that_migrates(bot: Caller, sitora: Account, world: World) -> None:
    group = GroupChat(world, "Гурӯҳ", [sitora])
    await bot("sendMessage", chat_id=group.id, text="пеш")
    old = group.id
    group.migrates()
    assert await BotApi(world).call("sendMessage", {"chat_id": old, "text": "x"}) == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": group.id},
        },
    )
    await bot("sendMessage", chat_id=group.id, text="баъд")
    assert group.shows("пеш")
    assert world.violations == [], "a bot cannot know before it is told"
    told = [update["message"] for update in await bot.updates() if "message" in update]
    assert told[0]["migrate_to_chat_id"] == told[1]["chat"]["id"] == group.id
    assert told[1]["migrate_from_chat_id"] == told[0]["chat"]["id"] == old


async def test_topics(bot: Caller, sitora: Account, world: World) -> None:
    forum = GroupChat(world, "Саволҳо", [sitora], forum=True)
    topic = await bot("createForumTopic", chat_id=forum.id, name="Ситора")
    thread = {"chat_id": forum.id, "message_thread_id": topic["message_thread_id"]}
    message = await bot("sendMessage", text="ҷавоб", **thread)
    assert message["is_topic_message"] is True
    await sitora.sends("савол", chat=forum, thread_id=topic["message_thread_id"])
    assert (await bot.updates())[-1]["message"]["message_thread_id"] == topic["message_thread_id"]
    await bot("editForumTopic", name="Ситора Р.", **thread)
    assert "NOT_MODIFIED" in await bot.refused("editForumTopic", name="Ситора Р.", **thread)
    await bot("closeForumTopic", **thread)
    assert "TOPIC_CLOSED" in await bot.refused("sendMessage", text="x", **thread)
    assert "NOT_MODIFIED" in await bot.refused("closeForumTopic", **thread)
    await bot("reopenForumTopic", **thread)
    await bot("deleteForumTopic", **thread)
    assert forum.chat == []
    assert "thread not found" in await bot.refused("sendMessage", text="x", **thread)
    assert "thread not found" in await bot.refused("closeForumTopic", **thread)
    assert "not a forum" in await bot.refused("createForumTopic", chat_id=sitora.id, name="x")
    assert "TITLE_TOO_LONG" in await bot.refused("createForumTopic", chat_id=forum.id, name="x" * 129)
    forum.demotes_bot()
    assert "not enough rights" in await bot.refused("createForumTopic", chat_id=forum.id, name="x")


async def test_a_quiz_is_voted_on(bot: Caller, sitora: Account) -> None:
    quiz = {
        "chat_id": sitora.id,
        "question": "2 + 2?",
        "options": [{"text": "3"}, {"text": "4"}],
        "type": "quiz",
        "correct_option_ids": [1],
        "explanation": "<b>4</b>",
        "explanation_parse_mode": "HTML",
        "is_anonymous": False,
    }
    sent = await bot("sendPoll", **quiz)
    assert sent["poll"]["explanation"] == "4"
    assert sitora.shows("2 + 2?")
    message = sitora.chat[-1]
    await sitora.votes(message, 0)
    await sitora.votes(message, 1)
    answers = [update["poll_answer"]["option_ids"] for update in await bot.updates() if "poll_answer" in update]
    assert answers == [[0], [1]]
    final = await bot("stopPoll", chat_id=sitora.id, message_id=message.id)
    assert [option["voter_count"] for option in final["options"]] == [0, 1]
    assert (final["total_voter_count"], final["is_closed"]) == (1, True)
    with pytest.raises(LookupError):
        await sitora.votes(message, 1)
    assert "already been closed" in await bot.refused("stopPoll", chat_id=sitora.id, message_id=message.id)
    wrong: list[tuple[dict[str, object], str]] = [
        ({"correct_option_ids": []}, "QUIZ_CORRECT_ANSWERS_EMPTY"),
        ({"correct_option_ids": [2]}, "wrong correct option ID specified"),
        ({"options": []}, "poll must have 1 to 12 options"),
        ({"options": [{"text": "x" * 101}]}, "poll option length must not exceed 100"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"question": " "}, "poll question must be non-empty"),
    ]
    for change, refusal in wrong:
        assert await bot.refused("sendPoll", **{**quiz, **change}) == f"400 Bad Request: {refusal}"


async def test_a_plain_member_hears_only_what_is_meant_for_it(bot: Caller, sitora: Account, world: World) -> None:
    group = GroupChat(world, "Гурӯҳ", [sitora], bot_is_admin=False)
    said = await bot("sendMessage", chat_id=group.id, text="?")
    world.updates.take()
    await sitora.sends("салом", chat=group)
    await sitora.sends("/stats@OtherBot", chat=group)
    await sitora.sends("@daler_77 салом", chat=group)
    assert world.updates.take() == []
    await sitora.sends("/stats", chat=group)
    await sitora.sends("😀 /stats@hamrohrehearsalbot", chat=group)
    await sitora.sends("салом, @HamrohRehearsalBot!", chat=group)
    await sitora.sends("ҳа", chat=group, reply_to=group.messages[said["message_id"]])
    group.joins(Account(world, "Далер"))
    assert len(world.updates.take()) == 5
    world.privacy = False
    await sitora.sends("салом", chat=group)
    assert len(world.updates.take()) == 1
    group.removes_bot()
    world.updates.take()
    await sitora.sends("/stats", chat=group)
    group.leaves(sitora)
    assert world.updates.take() == [], "it is gone"
