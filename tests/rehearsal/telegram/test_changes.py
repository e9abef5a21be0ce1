"""What people do about messages that are there, and what the bot hears of it."""

from typing import Any

import pytest

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, GroupChat, World
from rehearsal.telegram.account_media import picture
from rehearsal.telegram.forum import open_topic
from tests.rehearsal.telegram.callers import Caller, later


def heard(world: World) -> list[tuple[str, Any]]:
    return [
        (kind, content) for update in world.updates.take() for kind, content in update.items() if kind != "update_id"
    ]


async def test_swiping_a_message_answers_it_with_the_marked_part(bot: Caller, sitora: Account, world: World) -> None:
    sent = await bot("sendMessage", chat_id=sitora.id, text="😀 The bus leaves at 9")
    answer = await sitora.replies(sitora.messages[sent["message_id"]], "From where?", quote="bus")
    [(_, message)] = heard(world)
    assert message["reply_to_message"]["message_id"] == sent["message_id"]
    assert message["quote"] == {"text": "bus", "position": 7, "is_manual": True}
    with pytest.raises(LookupError):
        await sitora.replies(answer, "?", quote="not in it")
    await bot("sendMessage", chat_id=sitora.id, text="x", reply_parameters={"message_id": answer.id, "quote": "where"})
    assert sitora.chat[-1].extra["quote"] == {"text": "where", "position": 5, "is_manual": True}
    wrong = {"message_id": answer.id, "quote": "when"}
    assert "QUOTE_TEXT_INVALID" in await bot.refused("sendMessage", chat_id=sitora.id, text="x", reply_parameters=wrong)


async def test_people_change_what_they_wrote_for_two_days(
    bot: Caller, sitora: Account, world: World, clock: RehearsalClock
) -> None:
    said = await sitora.sends("пеш")
    shared = await sitora.shares_location(38, 68, period=3600)
    world.updates.take()
    await sitora.edits(said, "баъд")
    await sitora.moves(shared, 39, 69)
    await sitora.stops_sharing(shared)
    changes = heard(world)
    assert [kind for kind, _ in changes] == ["edited_message"] * 3
    places = [message["location"] for _, message in changes[1:]]
    assert places == [
        {"latitude": 39, "longitude": 69, "live_period": 3600},
        {"latitude": 39, "longitude": 69},
    ]
    with pytest.raises(LookupError, match="ended"):
        await sitora.moves(shared, 40, 70)
    sent = await bot("sendMessage", chat_id=sitora.id, text="x")
    with pytest.raises(LookupError, match="wrote"):
        await sitora.edits(sitora.messages[sent["message_id"]], "y")
    later(clock, 49 * 3600)
    with pytest.raises(LookupError, match="48 hours"):
        await sitora.edits(said, "дер")


async def test_the_bot_does_not_hear_what_people_delete(bot: Caller, sitora: Account, world: World) -> None:
    said, sent = await sitora.sends("салом"), await bot("sendMessage", chat_id=sitora.id, text="x")
    world.updates.take()
    await sitora.deletes(said, sitora.messages[sent["message_id"]])
    assert heard(world) == []
    assert [message.text for message in sitora.chat] == ["/start"]
    to = {"chat_id": sitora.id, "message_id": sent["message_id"]}
    assert "message to edit not found" in await bot.refused("editMessageText", text="y", **to)
    answer = {"message_id": said.id}
    assert "replied not found" in await bot.refused("sendMessage", chat_id=sitora.id, text="y", reply_parameters=answer)
    assert "to copy not found" in await bot.refused(
        "copyMessage", from_chat_id=sitora.id, chat_id=sitora.id, message_id=said.id
    )
    assert world.violations == [], "it could not know"
    group = GroupChat(world, "Гурӯҳ", [Account(world, "Далер"), sitora])
    theirs = await bot("sendMessage", chat_id=group.id, text="x")
    with pytest.raises(LookupError):
        await sitora.deletes(group.messages[theirs["message_id"]])


async def test_forwards_say_whose_words_they_are(bot: Caller, sitora: Account, world: World) -> None:
    daler = Account(world, "Далер")
    group = GroupChat(world, "Гурӯҳ", [sitora, daler])
    said = await daler.sends("салом", chat=group)
    album = await daler.sends_album(picture(1), picture(2), caption="ду", chat=group)
    world.updates.take()
    [forwarded] = await sitora.forwards_messages(said)
    daler.hides_forwards = True
    await sitora.forwards_messages(*album)
    await sitora.forwards_messages(forwarded)
    first, *pictures, again = [message for _, message in heard(world)]
    assert (first["text"], first["forward_origin"]) == (
        "салом", {"type": "user", "sender_user": daler.user, "date": said.date},
    )  # fmt: skip
    assert again["forward_origin"] == first["forward_origin"], "of the first who wrote it"
    assert {one["forward_origin"]["sender_user_name"] for one in pictures} == {"Далер"}
    assert len({one["media_group_id"] for one in pictures}) == 1
    assert pictures[0]["media_group_id"] != album[0].extra["media_group_id"]
    to = {"chat_id": sitora.id, "from_chat_id": group.id}
    sent = await bot("forwardMessages", message_ids=[one.id for one in album] + [998], **to)
    assert [message.id for message in sitora.chat[-2:]] == [one["message_id"] for one in sent]
    assert sitora.chat[-1].extra["forward_origin"]["type"] == "hidden_user"  # type: ignore[index]
    assert "no messages to forward" in await bot.refused("forwardMessages", message_ids=[998], **to)
    info = await bot("getChat", chat_id=daler.id)
    assert info["has_private_forwards"] is True
    secret = await bot("sendMessage", chat_id=sitora.id, text="x", protect_content=True)
    with pytest.raises(LookupError, match="forward"):
        await sitora.forwards_messages(sitora.messages[secret["message_id"]])


async def test_what_is_sent_at_a_place_goes_there(sitora: Account, world: World) -> None:
    forum = GroupChat(world, "Гурӯҳ", [sitora], forum=True)
    topic = open_topic(forum, "Автобус", sitora.user)
    world.updates.take()
    with sitora.at(forum, topic.id):
        await sitora.sends_voice()
        await sitora.sends_album(picture(1), picture(2))
        asked = await sitora.sends_poll("Кай?", "9", "10")
    await sitora.sends("ба бот")
    messages = [message for _, message in heard(world)]
    assert [message.get("message_thread_id") for message in messages] == [topic.id] * 4 + [None]
    assert messages[0]["reply_to_message"]["forum_topic_created"]["name"] == "Автобус", "as Telegram has it in topics"
    await sitora.votes(asked, 1)
    assert heard(world) == [], "a bot hears of votes in its own polls alone"
    answer = await sitora.replies(asked, "10")
    assert answer.thread_id == topic.id
    stranger = Account(world, "Бегона")
    with pytest.raises(LookupError):
        await stranger.sends("?", chat=forum)


async def test_a_live_location_of_the_bot(bot: Caller, sitora: Account, clock: RehearsalClock) -> None:
    sent = await bot("sendLocation", chat_id=sitora.id, latitude=1, longitude=2, live_period=600)
    to: dict[str, Any] = {"chat_id": sitora.id, "message_id": sent["message_id"]}
    await bot("editMessageLiveLocation", latitude=3, longitude=4, live_period=1200, **to)
    same = await bot.refused("editMessageLiveLocation", latitude=3, longitude=4, **to)
    assert "message is not modified" in same
    later(clock, 900)
    moved = await bot("editMessageLiveLocation", latitude=5, longitude=6, **to)
    assert moved["location"] == {"latitude": 5.0, "longitude": 6.0, "live_period": 1200}
    later(clock, 400)
    cannot = "400 Bad Request: message can't be edited"
    assert await bot.refused("editMessageLiveLocation", latitude=7, longitude=8, **to) == cannot
    again = await bot("sendLocation", chat_id=sitora.id, latitude=1, longitude=2, live_period=600)
    to["message_id"] = again["message_id"]
    await bot("stopMessageLiveLocation", **to)
    assert sitora.chat[-1].location == {"latitude": 1.0, "longitude": 2.0}
    assert await bot.refused("stopMessageLiveLocation", **to) == cannot
