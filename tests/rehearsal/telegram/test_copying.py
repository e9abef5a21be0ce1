from bot.rehearsal.telegram import Account, World
from tests.rehearsal.telegram.callers import Caller, keyboard, png


async def test_copies_and_forwards(bot: Caller, sitora: Account, world: World) -> None:
    daler = world.account("Далер")
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


async def test_what_cannot_be_copied_or_forwarded(bot: Caller, sitora: Account) -> None:
    secret = await bot("sendMessage", chat_id=sitora.id, text="x", protect_content=True)
    poll = await bot("sendPoll", chat_id=sitora.id, question="?", options=[{"text": "a"}])
    to = {"chat_id": sitora.id, "from_chat_id": sitora.id}
    protected = await bot.refused("forwardMessage", message_id=secret["message_id"], **to)
    assert protected == "400 Bad Request: message can't be forwarded"
    assert "polls can't be copied" in await bot.refused("copyMessage", message_id=poll["message_id"], **to)
    assert "no messages to copy" in await bot.refused("copyMessages", message_ids=[998, 999], **to)
    assert "1 to 100" in await bot.refused("copyMessages", message_ids=[], **to)


async def test_a_copy_can_have_another_caption(bot: Caller, sitora: Account) -> None:
    photo = await bot("sendPhoto", {"photo": ("a.png", png())}, chat_id=sitora.id, caption="пеш")
    source = {"from_chat_id": sitora.id, "message_id": photo["message_id"]}
    await bot("copyMessage", chat_id=sitora.id, caption="<b>баъд</b>", parse_mode="HTML", **source)
    assert (sitora.chat[-1].caption, sitora.chat[-1].photo) == ("баъд", png())
    assert sitora.chat[-2].caption == "пеш"
