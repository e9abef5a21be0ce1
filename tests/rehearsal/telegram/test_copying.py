from rehearsal.telegram import AcceptedCall, Account, GroupChat, Message, World
from tests.rehearsal.telegram.callers import Caller, keyboard, png


async def test_copies_and_forwards(bot: Caller, sitora: Account, world: World) -> None:
    daler = Account(world, "Далер")
    await daler.starts()
    original = await bot(
        "sendMessage", chat_id=sitora.id, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard("y")
    )
    source = {"from_chat_id": sitora.id, "message_id": original["message_id"]}
    copy = await bot("copyMessage", chat_id=daler.id, **source)
    assert copy == {"message_id": daler.chat[-1].id}
    assert daler.chat[-1].entities == [{"type": "bold", "offset": 0, "length": 1}]
    assert not daler.chat[-1].keyboard
    forward = await bot("forwardMessage", chat_id=daler.id, **source)
    assert forward["forward_origin"]["sender_user"]["is_bot"] is True
    ids = [original["message_id"], 999]
    assert len(await bot("copyMessages", chat_id=daler.id, from_chat_id=sitora.id, message_ids=ids)) == 1
    missing = {"chat_id": daler.id, "from_chat_id": sitora.id, "message_id": 999}
    assert await bot.refused("copyMessage", **missing) == "400 Bad Request: message to copy not found"
    assert await bot.refused("forwardMessage", **missing) == "400 Bad Request: message to forward not found"


CANNOT = "400 Bad Request: the message can't be copied"


async def test_what_cannot_be_copied_or_forwarded(bot: Caller, sitora: Account, world: World) -> None:
    to = {"chat_id": sitora.id, "from_chat_id": sitora.id}

    async def copied(message: Message) -> str:
        return await bot.refused("copyMessage", message_id=message.id, **to)

    async def forwarded(message: Message) -> str:
        return await bot.refused("forwardMessage", message_id=message.id, **to)

    secret = await bot("sendMessage", chat_id=sitora.id, text="x", protect_content=True)
    assert await forwarded(sitora.messages[secret["message_id"]]) == "400 Bad Request: message can't be forwarded"
    for kind in ("paid_media", "giveaway", "checklist", "self_destructing"):
        assert await copied(await sitora.sends_uncopyable(kind)) == CANNOT, kind
    assert await copied(await sitora.sends_quiz()) == CANNOT, "nobody tells a bot the answer of a forwarded quiz"
    assert "can't be forwarded" in await forwarded(await sitora.sends_uncopyable("self_destructing"))
    group = GroupChat(world, "Гурӯҳ", [sitora])
    group.joins(Account(world, "Далер"))
    to["from_chat_id"] = group.id
    assert await copied(group.chat[-1]) == CANNOT
    assert "can't be forwarded" in await forwarded(group.chat[-1])
    assert "no messages to copy" in await bot.refused("copyMessages", message_ids=[998, group.chat[-1].id], **to)
    assert "1 to 100" in await bot.refused("copyMessages", message_ids=[], **to)
    assert [one.description for one in world.violations if "copied" in one.description] == [], "no bot can foresee it"


async def test_copies_of_quizzes_dice_and_albums(bot: Caller, sitora: Account, world: World) -> None:
    to = {"chat_id": sitora.id, "from_chat_id": sitora.id}
    quiz = await sitora.sends_quiz(known=True)
    await bot("copyMessage", message_id=quiz.id, **to)
    copy = sitora.chat[-1].poll
    assert copy is not None
    assert copy["id"] != (quiz.poll or {})["id"], "a poll of its own"
    dice = await sitora.sends_dice("🎰")
    seen = set()
    for _ in range(8):
        await bot("copyMessage", message_id=dice.id, **to)
        seen.add(str(sitora.chat[-1].content["dice"]))
    assert len(seen) > 1, "thrown again"
    album = [message.id for message in await sitora.sends_album(png(), png(5, 5))]
    calls: list[AcceptedCall] = []
    world.on_accept.append(calls.append)
    await bot("copyMessages", message_ids=album, **to)
    assert (calls[0].message_id, *calls[0].others) == tuple(message.id for message in sitora.chat[-2:])
    groups = {message.extra["media_group_id"] for message in sitora.chat[-2:]}
    assert len(groups) == 1
    assert groups != {sitora.messages[album[0]].extra["media_group_id"]}


async def test_who_takes_no_voice_takes_no_round_video_either(bot: Caller, sitora: Account, world: World) -> None:
    daler = Account(world, "Далер")
    await daler.starts()
    daler.refuses_voice = True
    to = {"chat_id": daler.id, "from_chat_id": sitora.id}
    refusal = "400 Bad Request: VOICE_MESSAGES_FORBIDDEN"
    for message in (await sitora.sends_voice(), await sitora.sends_video_note()):
        assert await bot.refused("copyMessage", message_id=message.id, **to) == refusal
    assert await bot.refused("sendVoice", {"voice": ("a.ogg", b"OggS")}, chat_id=daler.id) == refusal
    voice = [(await sitora.sends("пеш")).id, (await sitora.sends_voice()).id]
    assert await bot.refused("copyMessages", message_ids=voice, **to) == refusal
    assert not daler.shows("пеш"), "all of them or none"
    await bot("copyMessage", message_id=(await sitora.sends_video()).id, **to)
    assert world.violations == []


async def test_a_copy_can_have_another_caption(bot: Caller, sitora: Account) -> None:
    photo = await bot("sendPhoto", {"photo": ("a.png", png())}, chat_id=sitora.id, caption="пеш")
    source = {"from_chat_id": sitora.id, "message_id": photo["message_id"]}
    await bot("copyMessage", chat_id=sitora.id, caption="<b>баъд</b>", parse_mode="HTML", **source)
    assert (sitora.chat[-1].caption, sitora.chat[-1].photo) == ("баъд", png())
    assert sitora.chat[-2].caption == "пеш"
