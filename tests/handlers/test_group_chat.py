"""In a group the bot leads to the private chat, and is silent otherwise."""

from rehearsal.telegram import BotApi, GroupChat
from tests.kit import System


async def test_commands_in_groups_lead_to_the_private_chat_and_chatter_is_ignored(system: System) -> None:
    teacher, someone = await system.teacher(), system.stranger()
    group = GroupChat(system.world, "Bus", [teacher, someone])
    await system.wait_idle()
    before = len(group.chat)
    for words in ("hello all", "/nonsense", "/today@another_bot", "/start@another_bot"):
        await teacher.sends(words, chat=group)
    await someone.sends_sticker(chat=group)
    assert len(group.chat) == before + 5
    for who, words in ((teacher, "/today"), (someone, f"/start@{system.world.me['username']}")):
        await who.sends(words, chat=group)
        assert group.chat[-1].words == "I speak with each of you in private."
    assert teacher.chat == []
    await someone.presses("Open our chat", chat=group)
    assert someone.opened


async def test_coming_to_a_group_is_announced_and_leaving_is_not(system: System) -> None:
    teacher = await system.teacher()
    group = GroupChat(system.world, "Bus", [teacher])
    group.bot_joins()
    await system.wait_idle()
    spoken = [one for one in group.chat if one.from_bot]
    group.removes_bot()
    await system.wait_idle()
    assert [one for one in group.chat if one.from_bot] == spoken
    assert system.rows("SELECT * FROM inbox WHERE state = 'failed'") == []


async def test_start_in_a_group_leads_to_the_private_chat(system: System) -> None:
    someone = system.stranger()
    group = GroupChat(system.world, "Bus", [someone])
    await someone.sends("/start", chat=group)
    assert group.shows("I speak with each of you in private.")
    assert system.rows("SELECT * FROM person") == []


async def test_an_answer_follows_a_group_that_has_moved(system: System) -> None:
    teacher = await system.teacher()
    group = GroupChat(system.world, "Bus", [teacher])
    await system.wait_idle()
    async with system.without_bot():
        await teacher.sends("/start", chat=group)
        group.migrates()
    assert group.chat[-1].from_bot
    assert system.value("SELECT count(*) FROM inbox WHERE state <> 'done' OR attempts > 1") == 0


async def test_an_answer_goes_into_the_topic_that_was_spoken_in(system: System) -> None:
    teacher = await system.teacher()
    forum = GroupChat(system.world, "Seminar", [teacher], forum=True)
    BotApi(system.world).answer("createForumTopic", {"chat_id": forum.id, "name": "Bus"})
    [topic] = forum.topics
    await teacher.sends("/start", chat=forum, thread_id=topic)
    assert forum.chat[-1].from_bot
    assert forum.chat[-1].extra["message_thread_id"] == topic
    await teacher.sends("/start", chat=forum)
    assert forum.chat[-1].from_bot
    assert "message_thread_id" not in forum.chat[-1].extra


async def test_an_answer_to_a_topic_that_was_deleted_meanwhile_is_no_failure(system: System) -> None:
    teacher = await system.teacher()
    forum = await system.group("Seminar", teacher)
    await forum.opens_topic(teacher, "Bus")
    async with system.without_waiting():
        await teacher.writes_in(forum, "Bus", "/start")
        await forum.loses_topic("Bus")
    await forum.opens_topic(teacher, "Bus")
    await teacher.writes_in(forum, "Bus", "/start")
    assert [message.from_bot for message in forum.messages("Bus")] == [False, True]
    assert forum.shows("I speak with each of you in private.", topic="Bus")
    assert system.rows("SELECT * FROM inbox WHERE state = 'failed'") == []
