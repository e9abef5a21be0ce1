"""Every update and every Message that the stand-in makes is one for aiogram, which reads the Bot API strictly."""

from datetime import UTC, datetime
from typing import Any

import pytest

from rehearsal.clock import RehearsalClock
from rehearsal.telegram import Account, GroupChat, World
from rehearsal.telegram.forum import open_topic, rename_topic, set_topic_closed
from tests.rehearsal.telegram.callers import Caller, keyboard, png

KINDS = {
    "message", "edited_message", "callback_query", "my_chat_member", "chat_member", "poll", "poll_answer",
    "message_reaction",
}  # fmt: skip


def strict(content: Any, seen: Any, where: str = "") -> None:
    """What was said is what was understood: no field that aiogram does not know, none that it lost."""
    if isinstance(content, dict):
        for key, value in content.items():
            assert key in seen, f"{where}.{key} is not of the Bot API"
            strict(value, seen[key], f"{where}.{key}")
    elif isinstance(content, list):
        assert len(content) == len(seen), where
        for one, other in zip(content, seen, strict=True):
            strict(one, other, where)


def check(name: str, content: Any) -> None:
    from aiogram import types  # seconds of every worker that only looks through the tests, at the top

    model: type[Any] = getattr(types, name)
    strict(content, model.model_validate(content).model_dump(by_alias=True, exclude_none=True, mode="python"))


@pytest.fixture
async def world() -> World:
    world = World(RehearsalClock(datetime(2025, 8, 4, tzinfo=UTC), speed=0), flood=None)
    await Caller(world).updates(allowed_updates=sorted(KINDS))
    return world


async def send_everything(person: Account, bot: Caller) -> None:
    world = bot.world
    await person.starts("CODE")
    await bot("sendMessage", chat_id=person.id, text="?", reply_markup=keyboard("a"))
    message = person.chat[-1]
    await person.presses("a")
    await bot("pinChatMessage", chat_id=person.id, message_id=message.id)
    await bot("deleteMessage", chat_id=person.id, message_id=message.id)
    await person.presses_payload("a", on=message)
    said = await person.sends("/x салом", reply_to=person.chat[0])
    await person.edits(said, "салом")
    await person.reacts(said, "👍")
    await person.pins(said)
    await person.sends_photo(png(), "акс")
    await person.sends_document("a.txt", b"1")
    await person.sends_sticker()
    await person.sends_voice()
    await person.sends_location(1, 2)
    await person.sends_contact()
    await person.sends_album(png(), png(5, 5), caption="ду акс")
    await person.sends_video("видео")
    await person.sends_video_note()
    await person.sends_dice("🎰")
    await person.sends_marked('<b>a</b> <a href="https://a.tj">b</a> @daler_77 #c t.me/x d@e.tj')
    await person.forwards("x")
    await person.forwards("x", origin="channel")
    await person.sends_quiz()
    await person.sends_quiz(known=True)
    for kind in ("paid_media", "giveaway", "checklist", "self_destructing"):
        await person.sends_uncopyable(kind)
    forum = GroupChat(world, "Гурӯҳ", [person], forum=True)
    await person.picks_chat(forum, 3)
    thread = (await bot("createForumTopic", chat_id=forum.id, name="x"))["message_thread_id"]
    await person.sends("дар гурӯҳ", chat=forum, thread_id=thread)
    await bot("sendPoll", chat_id=person.id, question="?", options=[{"text": "a"}, {"text": "b"}], is_anonymous=False)
    await person.votes(person.chat[-1], 1)
    await person.votes(person.chat[-1])
    await play_in_group(forum, person)
    await person.taps_again()
    forum.removes_bot()
    await person.blocks()
    await person.unblocks()


async def play_in_group(forum: GroupChat, person: Account) -> None:
    daler = Account(forum.world, "Далер", last_name="Каримов", username="daler", language_code="ru")
    forum.joins(daler)
    await daler.sends_poll("?", "a", "b", chat=forum)
    await person.forwards_messages(*await daler.sends_album(png(), png(5, 5), chat=forum))
    live = await daler.shares_location(1, 2, chat=forum)
    await daler.moves(live, 3, 4)
    await daler.stops_sharing(live)
    await daler.replies(live, "x")
    await daler.replies(forum.messages[live.id + 1], "y", quote="x")
    topic = open_topic(forum, "x", person.user)
    await daler.sends("дар мавзӯъ", chat=forum, thread_id=topic.id)
    rename_topic(forum, topic, "y", person.user)
    for closed in (True, False):
        set_topic_closed(forum, topic, person.user, closed=closed)
    forum.promotes(daler)
    forum.leaves(daler)
    forum.takes_rights("can_manage_topics")
    forum.demotes_bot()
    forum.restricts_bot()
    forum.bot_joins()
    forum.migrates()


async def test_every_kind_of_update(world: World) -> None:
    await send_everything(Account(world, "Ситора", username="sitora"), Caller(world))
    updates = world.updates.take()
    assert {key for update in updates for key in update} - {"update_id"} == KINDS
    for update in updates:
        check("Update", update)


async def test_every_kind_of_message_and_answer(world: World) -> None:
    bot, person = Caller(world), Account(world, "Ситора")
    await person.starts()
    group = GroupChat(world, "Гурӯҳ", [person])
    to: dict[str, Any] = {"chat_id": person.id}
    html = (
        '<b>a</b><i>b</i><u>c</u><s>d</s><tg-spoiler>e</tg-spoiler><code>f</code><pre>g</pre>'
        '<pre><code class="language-py">h</code></pre><blockquote>i</blockquote>'
        '<blockquote expandable>j</blockquote><a href="https://a.tj">k</a>'
        f'<a href="tg://user?id={person.id}">l</a><tg-emoji emoji-id="5">m</tg-emoji>'
        '<tg-time unix="5" format="wDT">n</tg-time>'
    )  # fmt: skip
    text = await bot("sendMessage", **to, text=html, parse_mode="HTML", reply_markup=keyboard("a"))
    assert len(text["entities"]) == 14
    number = text["message_id"]
    messages = [
        text,
        await bot("sendMessage", **to, text="x", reply_parameters={"message_id": number}),
        await bot("sendMessage", **to, text="x", protect_content=True, link_preview_options={"is_disabled": True}),
        await bot("sendPhoto", {"photo": ("a.png", png())}, **to, caption="<b>a</b>", parse_mode="HTML"),
        await bot("sendDocument", {"document": ("a.txt", b"1")}, **to),
        await bot("sendVoice", {"voice": ("a.ogg", b"1")}, **to),
        await bot("sendVideo", {"video": ("a.mp4", b"1")}, **to),
        await bot("sendAudio", {"audio": ("a.mp3", b"1")}, **to),
        await bot("sendAnimation", {"animation": ("a.mp4", b"1")}, **to),
        await bot("sendVideoNote", {"video_note": ("a.mp4", b"1")}, **to),
        await bot("sendSticker", {"sticker": ("a.webp", b"1")}, **to),
        await bot("sendVenue", **to, latitude=1, longitude=2, title="a", address="b"),
        await bot("sendLocation", **to, latitude=1, longitude=2),
        await bot("sendContact", **to, phone_number="1", first_name="a"),
        await bot("sendPoll", **to, question="?", options=[{"text": "a"}], type="quiz", correct_option_ids=[0]),
        await bot("editMessageText", **to, message_id=number, text="y"),
        await bot("forwardMessage", chat_id=group.id, from_chat_id=person.id, message_id=number),
    ]
    album = [{"type": "document", "media": "attach://a"}] * 2
    messages += await bot("sendMediaGroup", {"a": ("a", b"1")}, **to, media=album)
    for message in messages:
        check("Message", message)
    check("User", await bot("getMe"))
    await bot("pinChatMessage", **to, message_id=number)
    check("ChatFullInfo", await bot("getChat", **to))
    check("ChatMemberAdministrator", await bot("getChatMember", chat_id=group.id, user_id=world.me["id"]))
    check("File", await bot("getFile", file_id=messages[4]["document"]["file_id"]))
    check("WebhookInfo", await bot("getWebhookInfo"))
    quiz = next(message for message in messages if "poll" in message)
    check("Poll", await bot("stopPoll", **to, message_id=quiz["message_id"]))
