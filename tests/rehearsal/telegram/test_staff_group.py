"""What happens to a group with topics and the bot in it: who comes and goes, rights, topics, another id."""

from typing import Any

import pytest

from rehearsal.telegram import Account, GroupChat, World
from rehearsal.telegram.forum import delete_topic, open_topic, rename_topic, set_topic_closed
from tests.rehearsal.telegram.callers import Caller

ALL = ["message", "my_chat_member", "chat_member"]
WANTED = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True}
DENIED = dict.fromkeys(
    ("is_anonymous", "can_manage_chat", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
     "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories"), False
)  # fmt: skip
REQUEST: dict[str, object] = {
    "request_id": 7, "chat_is_channel": False, "chat_is_forum": True, "bot_is_member": True, "request_title": True,
    "user_administrator_rights": {**DENIED, **WANTED}, "bot_administrator_rights": {**DENIED, **WANTED},
}  # fmt: skip


def heard(world: World) -> list[Any]:
    return [content for update in world.updates.take() for kind, content in update.items() if kind != "update_id"]


async def test_a_group_is_picked_by_a_button(bot: Caller, sitora: Account, world: World) -> None:
    daler = Account(world, "Далер")
    forum = GroupChat(world, "Кормандон", [sitora, daler], forum=True, with_bot=False)
    GroupChat(world, "Автобус", [sitora], with_bot=False)
    assert not daler.known_to_bot
    markup = {"keyboard": [[{"text": "Гурӯҳ", "request_chat": REQUEST}]], "one_time_keyboard": True}
    await bot("sendMessage", chat_id=sitora.id, text="?", reply_markup=markup)
    assert sitora.groups_for(REQUEST) == [forum]
    assert daler.groups_for(REQUEST) == [], "who cannot make the bot an administrator is not offered it"
    await sitora.presses("Гурӯҳ")
    joined, added, shared = heard(world)
    assert added["new_chat_members"] == [world.me], "it reads of itself, too"
    assert joined["new_chat_member"]["status"] == "administrator"
    assert {right for right in WANTED if joined["new_chat_member"][right]} == set(WANTED)
    assert joined["new_chat_member"]["can_invite_users"] is False
    assert shared["chat_shared"] == {"request_id": 7, "chat_id": forum.id, "title": "Кормандон"}
    assert sitora.keyboard_buttons() == [], "for one use"
    assert (await bot("getChatMember", chat_id=forum.id, user_id=world.me["id"]))["can_manage_topics"] is True
    everywhere = {"chat_id": forum.id, "text": "?", "reply_markup": markup}
    assert "Chats can be requested in private chats only" in await bot.refused("sendMessage", **everywhere)
    few = {**REQUEST, "user_administrator_rights": {**DENIED, **dict.fromkeys(WANTED, False)}}
    wrong = {"keyboard": [[{"text": "Гурӯҳ", "request_chat": few}]]}
    assert "subset" in await bot.refused("sendMessage", chat_id=sitora.id, text="?", reply_markup=wrong)


async def test_places_and_numbers_are_asked_for_by_buttons(bot: Caller, sitora: Account, world: World) -> None:
    markup = {"keyboard": [[{"text": "Ҷой", "request_location": True}, {"text": "Рақам", "request_contact": True}]]}
    await bot("sendMessage", chat_id=sitora.id, text="?", reply_markup=markup)
    sitora.position = (36.5, 127.25)
    await sitora.presses("Ҷой")
    await sitora.presses("Рақам")
    await sitora.sends_contact("Модар", "+992900000000")
    place, own, mother = heard(world)
    assert place["location"] == {"latitude": 36.5, "longitude": 127.25}
    assert (own["contact"]["user_id"], mother["contact"]["first_name"]) == (sitora.id, "Модар")
    await bot("sendMessage", chat_id=sitora.id, text="x", reply_markup={"remove_keyboard": True})
    assert sitora.keyboard_buttons() == []


async def test_who_comes_and_goes(bot: Caller, sitora: Account, world: World) -> None:
    await bot.updates(allowed_updates=ALL)
    group, stranger = GroupChat(world, "Гурӯҳ", [sitora]), Account(world, "Бегона")
    world.updates.take()
    group.joins(stranger, by=sitora)
    change, message = heard(world)
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")
    assert change["from"] == message["from"] == sitora.user
    assert message["new_chat_members"] == [stranger.user]
    group.promotes(stranger)
    assert [one["new_chat_member"]["status"] for one in heard(world)] == ["administrator"]
    group.leaves(stranger)
    assert heard(world)[-1]["left_chat_member"] == stranger.user
    group.demotes_bot()
    world.updates.take()
    group.joins(stranger)
    assert [list(one)[-1] for one in heard(world)] == ["new_chat_members"], "a plain member reads what Telegram says"
    with pytest.raises(LookupError):
        await Account(world, "Далер").sends("?", chat=group)


async def test_rights_are_taken_and_given_back(bot: Caller, sitora: Account, world: World) -> None:
    forum = GroupChat(world, "Гурӯҳ", [sitora], forum=True)
    topic = open_topic(forum, "Автобус", sitora.user)
    said = await sitora.sends("салом", chat=forum)
    world.updates.take()
    to: dict[str, Any] = {"chat_id": forum.id, "message_thread_id": topic.id}
    forum.takes_rights("can_manage_topics", "can_delete_messages", "can_pin_messages")
    [change] = heard(world)
    assert change["old_chat_member"]["can_manage_topics"] is True
    assert change["new_chat_member"]["can_manage_topics"] is False

    async def no_rights(method: str, **params: object) -> str:
        refusal = await bot.refused(method, **params)
        return refusal.removeprefix("400 Bad Request: not enough rights to ")

    assert await no_rights("createForumTopic", chat_id=forum.id, name="x") == "create a topic"
    assert await no_rights("closeForumTopic", **to) == "edit the topic"
    assert await no_rights("deleteForumTopic", **to) == "delete the topic"
    assert "pinned" in await no_rights("pinChatMessage", chat_id=forum.id, message_id=said.id)
    cannot = await bot.refused("deleteMessage", chat_id=forum.id, message_id=said.id)
    assert cannot == "400 Bad Request: message can't be deleted"
    await bot("sendMessage", text="x", **to)
    forum.restricts_bot()
    assert await no_rights("sendMessage", text="x", **to) == "send text messages to the chat"
    forum.bot_joins()
    await bot("closeForumTopic", **to)
    assert [one.description for one in world.violations] == ["Bad Request: message can't be deleted"]


async def test_members_open_rename_close_and_delete_topics(bot: Caller, sitora: Account, world: World) -> None:
    daler = Account(world, "Далер")
    forum = GroupChat(world, "Гурӯҳ", [sitora, daler], forum=True)
    world.updates.take()
    topic = open_topic(forum, "Автобус", sitora.user)
    rename_topic(forum, topic, "Автобуси 2", sitora.user)
    set_topic_closed(forum, topic, sitora.user, closed=True)
    told = heard(world)
    assert [list(message)[-1] for message in told] == [
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
    ]
    assert {message["message_thread_id"] for message in told} == {topic.id}
    with pytest.raises(LookupError, match="closed"):
        await daler.sends("?", chat=forum, thread_id=topic.id)
    await sitora.sends("!", chat=forum, thread_id=topic.id)
    to = {"chat_id": forum.id, "message_thread_id": topic.id}
    assert await bot.refused("sendMessage", text="x", **to) == "400 Bad Request: TOPIC_CLOSED"
    set_topic_closed(forum, topic, sitora.user, closed=False)
    sent = await bot("sendMessage", text="x", **to)
    world.updates.take()
    delete_topic(forum, topic)
    assert heard(world) == [], "Telegram tells nobody"
    for method, params in (
        ("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"}),
        ("sendLocation", {"latitude": 1, "longitude": 2}),
        ("copyMessage", {"from_chat_id": sitora.id, "message_id": sitora.chat[0].id}),
    ):  # fmt: skip
        assert await bot.refused(method, **to, **params) == "400 Bad Request: message thread not found"
    edit = {"chat_id": forum.id, "message_id": sent["message_id"], "text": "y"}
    assert "message to edit not found" in await bot.refused("editMessageText", **edit)
    assert world.violations == []
    await bot("closeGeneralForumTopic", chat_id=forum.id)
    assert "TOPIC_CLOSED" in await bot.refused("sendMessage", chat_id=forum.id, text="x")
    await bot("reopenGeneralForumTopic", chat_id=forum.id)
    await bot("sendMessage", chat_id=forum.id, text="x")
    assert "NOT_MODIFIED" in await bot.refused("reopenGeneralForumTopic", chat_id=forum.id)


async def test_a_basic_group_that_gets_topics_becomes_a_supergroup(bot: Caller, sitora: Account, world: World) -> None:
    group = GroupChat(world, "Гурӯҳ", [sitora], basic=True)
    assert (await bot("getChat", chat_id=group.id))["type"] == "group"
    before, old = await bot("sendMessage", chat_id=group.id, text="пеш"), group.id
    group.becomes_forum()
    assert group.to_api() == {"id": group.id, "title": "Гурӯҳ", "type": "supergroup", "is_forum": True}
    assert (group.id == old, group.shows("пеш")) == (False, True)
    moved = {"chat_id": group.id, "message_id": before["message_id"], "text": "баъд"}
    assert "message to edit not found" in await bot.refused("editMessageText", **moved)
    assert "upgraded to a supergroup" in await bot.refused("sendMessage", chat_id=old, text="x")
    assert (await bot("createForumTopic", chat_id=group.id, name="x"))["message_thread_id"] > 1
    assert world.violations == []
